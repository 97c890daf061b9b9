/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The shadow page table of a VM, and the guest that runs on it.
 *
 * kvm->mmu_lock protects the table: held for read to install an entry, for
 * write to zap.
 *
 * Fidelity: EMULATED - see asm/kvm_host.h.
 */
#ifndef PFNSIM_ARCH_MMU_H
#define PFNSIM_ARCH_MMU_H

#include <linux/kvm_host.h>

/* The entry that maps @gfn, or NULL. */
struct pfnsim_spte *spte_lookup(struct kvm *kvm, gfn_t gfn);
/* Maps @gfn to @pfn in place of whatever it mapped. */
void spte_install(struct kvm *kvm, gfn_t gfn, kvm_pfn_t pfn, bool writable);

/*
 * A guest's load or store of @len bytes at @gpa, within one page.  0, or
 * -EFAULT where the access leaves the guest for the VMM (no memslot, or memory
 * that is not as private as the attributes say), -EHWPOISON on a bad page.
 */
int guest_access(struct kvm *kvm, gpa_t gpa, void *buf, unsigned long len,
		 bool write);

#endif /* PFNSIM_ARCH_MMU_H */
