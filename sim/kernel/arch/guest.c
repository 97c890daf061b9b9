// SPDX-License-Identifier: GPL-2.0-only
/*
 * A guest's loads and stores, and the page faults that they take.
 *
 * Fidelity: EMULATED - the fault follows x86's two-dimensional paging: sample
 * the sequence, find the memslot, get the page, take mmu_lock for read, check
 * for an invalidation, install.  An access that finds its entry is one step:
 * the hardware does not let go of a translation half way.
 */
#include <linux/kvm_host.h>
#include <linux/srcu.h>
#include <pfnsim/page.h>

#include "border.h"
#include "mmu.h"
#include "../glue/compat.h"

struct fault {
	struct kvm_memory_slot *slot;
	gfn_t gfn;
	bool write, is_private;
	unsigned long mmu_seq;
	struct compat_page page;
};

static int fault_private(struct kvm *kvm, struct fault *fault)
{
	if (!(fault->slot->flags & KVM_MEM_GUEST_MEMFD))
		return -EFAULT;
	return compat_gmem_get_page(kvm, fault->slot, fault->gfn, &fault->page);
}

static int fault_shared(struct fault *fault)
{
	kvm_pfn_t pfn;

	compat_faultin_page(fault->slot, fault->gfn, fault->write,
			    &fault->page);
	pfn = fault->page.pfn;
	if (!is_error_noslot_pfn(pfn))
		return 0;
	return pfn == KVM_PFN_ERR_HWPOISON ? -EHWPOISON : -EFAULT;
}

/*
 * Gets the page of fault->gfn with a reference.  -EAGAIN where an invalidation
 * or a memslot update makes it pointless to go on.
 */
static int fault_in(struct kvm *kvm, struct fault *fault)
{
	fault->mmu_seq = kvm->mmu_invalidate_seq;
	smp_rmb();

	fault->slot = gfn_to_memslot(kvm, fault->gfn);
	if (!fault->slot)
		return -EFAULT;
	if (fault->slot->flags & KVM_MEMSLOT_INVALID)
		return -EAGAIN;
	if (mmu_invalidate_retry_gfn_unsafe(kvm, fault->mmu_seq, fault->gfn))
		return -EAGAIN;
	if (fault->is_private != kvm_mem_is_private(kvm, fault->gfn))
		return -EAGAIN;
	if (fault->is_private || compat_gmem_only(fault->slot))
		return fault_private(kvm, fault);
	return fault_shared(fault);
}

static int fault_map(struct kvm *kvm, struct fault *fault)
{
	int ret = 0;

	read_lock(&kvm->mmu_lock);
	if (mmu_invalidate_retry_gfn(kvm, fault->mmu_seq, fault->gfn)) {
		ret = -EAGAIN;
	} else {
		bool writable = fault->page.writable;

		if (kvm_slot_dirty_track_enabled(fault->slot)) {
			writable &= fault->write;
			if (writable)
				mark_page_dirty_in_slot(kvm, fault->slot,
							fault->gfn);
		}
		spte_install(kvm, fault->gfn, fault->page.pfn, writable);
	}
	read_unlock(&kvm->mmu_lock);
	return ret;
}

static int page_fault(struct kvm *kvm, gfn_t gfn, bool write)
{
	struct fault fault = { .gfn = gfn, .write = write };
	int idx = srcu_read_lock(&kvm->srcu);
	int ret;

	fault.is_private = kvm_mem_is_private(kvm, gfn);
	ret = fault_in(kvm, &fault);
	if (!ret) {
		if (write && !fault.page.writable)
			ret = -EFAULT;
		else
			ret = fault_map(kvm, &fault);
		compat_release_page(&fault.page);
	}
	srcu_read_unlock(&kvm->srcu, idx);
	return ret;
}

static void check_alive(const struct pfnsim_spte *spte, bool write)
{
	if (page_alive(spte->pfn, spte->life))
		return;
	host_report(
		V_USE_AFTER_FREE, spte->pfn,
		"guest %s through the spte of gfn 0x%llx, whose page was freed",
		write ? "store" : "load", (unsigned long long)spte->gfn);
}

int guest_access(struct kvm *kvm, gpa_t gpa, void *buf, unsigned long len,
		 bool write)
{
	struct pfnsim_spte *spte;
	int ret;

	for (;;) {
		spte = spte_lookup(kvm, gpa_to_gfn(gpa));
		if (spte && (!write || spte->writable))
			break;
		ret = page_fault(kvm, gpa_to_gfn(gpa), write);
		if (ret && ret != -EAGAIN)
			return ret;
		if (ret)
			cond_resched();
	}
	check_alive(spte, write);
	if (!spte->accessed)
		spte->accessed = true;
	if (write)
		page_poke(spte->pfn, offset_in_page(gpa), buf, len);
	else
		page_peek(spte->pfn, offset_in_page(gpa), buf, len);
	return 0;
}
