/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The architecture under KVM: an x86-like machine with software protected VMs.
 *
 * A VM has one shadow page table for shared and private memory, as x86's
 * software protected VMs have.  struct kvm_arch belongs to struct kvm and its
 * page table is protected by kvm->mmu_lock: held for read to install, for
 * write to zap.
 *
 * Fidelity: EMULATED - 4 KiB mappings only; the table holds NR_SPTES entries
 * and makes room by zapping the oldest, as a limit on shadow pages does.
 */
#ifndef _ASM_KVM_HOST_H
#define _ASM_KVM_HOST_H

#include <linux/io.h>
#include <linux/ktime.h>
#include <linux/kvm_types.h>
#include <linux/math64.h>
#include <linux/types.h>
#include <linux/vmstat.h>

struct kvm;
struct kvm_vcpu;
struct module;

#define KVM_MAX_VCPUS 8
#define KVM_MAX_NR_ADDRESS_SPACES 2
#define KVM_HALT_POLL_NS_DEFAULT 0
#define KVM_HAVE_MMU_RWLOCK
#define KVM_DIRTY_LOG_MANUAL_CAPS                                              \
	(KVM_DIRTY_LOG_MANUAL_PROTECT_ENABLE | KVM_DIRTY_LOG_INITIALLY_SET)

#define __KVM_HAVE_ARCH_FLUSH_REMOTE_TLBS
#define __KVM_HAVE_ARCH_FLUSH_REMOTE_TLBS_RANGE

#define NR_SPTES 32

/* One entry of the shadow page table: the guest's @gfn is at @pfn. */
struct pfnsim_spte {
	gfn_t gfn;
	kvm_pfn_t pfn;
	/* page_life() of the page when it was mapped. */
	unsigned int life;
	bool present;
	bool writable;
};

struct kvm_arch {
	unsigned long vm_type;
	/* The entry that is replaced next. */
	unsigned int next_spte;
	struct pfnsim_spte sptes[NR_SPTES];
};

struct kvm_arch_memory_slot {
};

struct kvm_vcpu_arch {
};

struct kvm_vm_stat {
	struct kvm_vm_stat_generic generic;
};

struct kvm_vcpu_stat {
	struct kvm_vcpu_stat_generic generic;
};

#define kvm_arch_has_private_mem(kvm)                                          \
	((kvm)->arch.vm_type == KVM_X86_SW_PROTECTED_VM)
/* As on x86: a VM with private memory has no system management mode. */
#define kvm_arch_nr_memslot_as_ids(kvm) (kvm_arch_has_private_mem(kvm) ? 1 : 2)
#define kvm_arch_vcpu_memslots_id(vcpu) 0

/* Makes sure that the TLBs hold nothing that was zapped; returns 0. */
int kvm_arch_flush_remote_tlbs(struct kvm *kvm);
int kvm_arch_flush_remote_tlbs_range(struct kvm *kvm, gfn_t gfn, u64 nr_pages);

static inline void kvm_arch_sched_in(struct kvm_vcpu *vcpu, int cpu)
{
}
static inline void kvm_arch_vcpu_blocking(struct kvm_vcpu *vcpu)
{
}
static inline void kvm_arch_vcpu_unblocking(struct kvm_vcpu *vcpu)
{
}

#endif /* _ASM_KVM_HOST_H */
