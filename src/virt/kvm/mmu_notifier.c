// SPDX-License-Identifier: GPL-2.0-only
/*
 * What KVM does when memory goes away under a guest.
 */
#include <linux/kvm_host.h>

#include "kvm_mm.h"

/* ---- The bracket around every invalidation ---------------------------- */

void kvm_active_invalidate_start(struct kvm *kvm)
{
	/*
	 * The lock orders this with the swap of memslots: a swap sees the
	 * count and waits, or both ends of the invalidation see its memslots.
	 */
	spin_lock(&kvm->invalidate_lock);
	kvm->active_invalidate_count++;
	spin_unlock(&kvm->invalidate_lock);
}

void kvm_active_invalidate_end(struct kvm *kvm)
{
	bool wake;

	spin_lock(&kvm->invalidate_lock);
	/* Always: a cache's uhva need not lie in any memslot. */
	kvm->gpc_invalidate_seq++;
	/* Sequence before count; pairs with gpc_invalidate_retry(). */
	smp_wmb();
	if (!WARN_ON_ONCE(!kvm->active_invalidate_count))
		kvm->active_invalidate_count--;
	wake = !kvm->active_invalidate_count;
	spin_unlock(&kvm->invalidate_lock);

	/* slots_lock leaves room for one waiter. */
	if (wake)
		rcuwait_wake_up(&kvm->memslots_update_rcuwait);
}

/* ---- Shadow pages ----------------------------------------------------- */

void kvm_flush_remote_tlbs(struct kvm *kvm)
{
	kvm_arch_flush_remote_tlbs(kvm);
}

void kvm_flush_remote_tlbs_memslot(struct kvm *kvm,
				   const struct kvm_memory_slot *slot)
{
	kvm_arch_flush_remote_tlbs_range(kvm, slot->base_gfn, slot->npages);
}

void kvm_mmu_invalidate_start(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);

	/* Forget the ranges of earlier ones only when none is left. */
	if (!kvm->mmu_invalidate_in_progress++) {
		kvm->mmu_invalidate_range_start = INVALID_GPA;
		kvm->mmu_invalidate_range_end = 0;
	}
}

void kvm_mmu_invalidate_range_add(struct kvm *kvm, gfn_t start, gfn_t end)
{
	lockdep_assert_held_write(&kvm->mmu_lock);
	WARN_ON_ONCE(!kvm->mmu_invalidate_in_progress);

	/* One range that covers all is enough to be safe. */
	if (start < kvm->mmu_invalidate_range_start)
		kvm->mmu_invalidate_range_start = start;
	if (end > kvm->mmu_invalidate_range_end)
		kvm->mmu_invalidate_range_end = end;
}

void kvm_mmu_invalidate_end(struct kvm *kvm)
{
	lockdep_assert_held_write(&kvm->mmu_lock);

	/* What was invalidated must have been said since the start. */
	WARN_ON_ONCE(kvm->mmu_invalidate_range_start == INVALID_GPA);
	KVM_BUG_ON(kvm->mmu_invalidate_in_progress <= 0, kvm);

	kvm->mmu_invalidate_seq++;
	/* For a fault that looks without mmu_lock before it takes it. */
	smp_wmb();
	kvm->mmu_invalidate_in_progress--;
}

bool kvm_mmu_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range)
{
	kvm_mmu_invalidate_range_add(kvm, range->start, range->end);
	return kvm_unmap_gfn_range(kvm, range);
}

/* ---- The notifier ----------------------------------------------------- */

static struct kvm *mmu_notifier_to_kvm(struct mmu_notifier *mn)
{
	return container_of(mn, struct kvm, mmu_notifier);
}

static bool kvm_hva_range_has_memslot(struct kvm *kvm, unsigned long start,
				      unsigned long end)
{
	struct kvm_memory_slot *slot;
	struct kvm_memslots *slots;
	int i;

	for (i = 0; i < kvm_arch_nr_memslot_as_ids(kvm); i++) {
		slots = __kvm_memslots(kvm, i);
		kvm_for_each_memslot_in_hva_range(slot, slots, start, end)
			return true;
	}
	return false;
}

/* The part of [@start, @end) that is in @slot. */
static struct kvm_gfn_range slot_hva_range(struct kvm_memory_slot *slot,
					   unsigned long start,
					   unsigned long end)
{
	unsigned long slot_end = slot->userspace_addr +
				 (slot->npages << PAGE_SHIFT);

	start = max(start, slot->userspace_addr);
	end = min(end, slot_end);
	return (struct kvm_gfn_range){
		.start = hva_to_gfn_memslot(start, slot),
		.end = hva_to_gfn_memslot(end + PAGE_SIZE - 1, slot),
		.slot = slot,
		/* User space maps no private memory. */
		.attr_filter = KVM_FILTER_SHARED,
	};
}

static bool kvm_unmap_slot_hva_range(struct kvm *kvm,
				     struct kvm_memory_slot *slot,
				     const struct mmu_notifier_range *range)
{
	struct kvm_gfn_range gfn_range = slot_hva_range(slot, range->start,
							range->end);

	gfn_range.may_block = mmu_notifier_range_blockable(range);
	return kvm_mmu_unmap_gfn_range(kvm, &gfn_range);
}

/* With mmu_lock held. */
static void kvm_unmap_hva_range(struct kvm *kvm,
				const struct mmu_notifier_range *range)
{
	struct kvm_memory_slot *slot;
	struct kvm_memslots *slots;
	bool flush = false;
	int i;

	for (i = 0; i < kvm_arch_nr_memslot_as_ids(kvm); i++) {
		slots = __kvm_memslots(kvm, i);
		kvm_for_each_memslot_in_hva_range(slot, slots, range->start,
						  range->end)
			flush |= kvm_unmap_slot_hva_range(kvm, slot, range);
	}

	/* Under mmu_lock, so that nobody relies on a zap not yet flushed. */
	if (flush)
		kvm_flush_remote_tlbs(kvm);
}

static int
kvm_mmu_notifier_invalidate_range_start(struct mmu_notifier *mn,
					const struct mmu_notifier_range *range)
{
	struct kvm *kvm = mmu_notifier_to_kvm(mn);
	int idx;

	/* Before the walk, or a refresh could install what it has just passed. */
	kvm_active_invalidate_start(kvm);

	/* Without mmu_lock: a user of a cache can keep the walk waiting. */
	gpc_invalidate_hva_range_start(kvm, range->start, range->end);

	idx = srcu_read_lock(&kvm->srcu);
	if (kvm_hva_range_has_memslot(kvm, range->start, range->end)) {
		KVM_MMU_LOCK(kvm);
		kvm_mmu_invalidate_start(kvm);
		kvm_unmap_hva_range(kvm, range);
		KVM_MMU_UNLOCK(kvm);
	}
	srcu_read_unlock(&kvm->srcu, idx);
	return 0;
}

static void
kvm_mmu_notifier_invalidate_range_end(struct mmu_notifier *mn,
				      const struct mmu_notifier_range *range)
{
	struct kvm *kvm = mmu_notifier_to_kvm(mn);
	int idx;

	/* The memslots are those of the start: the count kept them. */
	idx = srcu_read_lock(&kvm->srcu);
	if (kvm_hva_range_has_memslot(kvm, range->start, range->end)) {
		KVM_MMU_LOCK(kvm);
		kvm_mmu_invalidate_end(kvm);
		KVM_MMU_UNLOCK(kvm);
	}
	srcu_read_unlock(&kvm->srcu, idx);

	kvm_active_invalidate_end(kvm);
}

/* ---- Ageing ----------------------------------------------------------- */

/*
 * With @flush, the guest's next access is noted for sure.
 *
 * Nothing goes, so that neither counts nor caches are concerned.  A cache is no
 * access of the guest's: who uses it resolves the page again once it went.
 */
static bool kvm_age_hva_range(
	struct mmu_notifier *mn, unsigned long start, unsigned long end,
	bool (*age)(struct kvm *kvm, struct kvm_gfn_range *range), bool flush)
{
	struct kvm *kvm = mmu_notifier_to_kvm(mn);
	struct kvm_gfn_range range;
	struct kvm_memory_slot *slot;
	struct kvm_memslots *slots;
	bool young = false;
	int idx, i;

	idx = srcu_read_lock(&kvm->srcu);
	KVM_MMU_LOCK(kvm);
	for (i = 0; i < kvm_arch_nr_memslot_as_ids(kvm); i++) {
		slots = __kvm_memslots(kvm, i);
		kvm_for_each_memslot_in_hva_range(slot, slots, start, end) {
			range = slot_hva_range(slot, start, end);
			young |= age(kvm, &range);
		}
	}
	if (young && flush)
		kvm_flush_remote_tlbs(kvm);
	KVM_MMU_UNLOCK(kvm);
	srcu_read_unlock(&kvm->srcu, idx);
	return young;
}

static mmu_young_t kvm_mmu_notifier_clear_flush_young(struct mmu_notifier *mn,
						      struct mm_struct *mm,
						      unsigned long start,
						      unsigned long end)
{
	return kvm_age_hva_range(mn, start, end, kvm_age_gfn, true);
}

static mmu_young_t kvm_mmu_notifier_clear_young(struct mmu_notifier *mn,
						struct mm_struct *mm,
						unsigned long start,
						unsigned long end)
{
	return kvm_age_hva_range(mn, start, end, kvm_age_gfn, false);
}

static mmu_young_t kvm_mmu_notifier_test_young(struct mmu_notifier *mn,
					       struct mm_struct *mm,
					       unsigned long address)
{
	return kvm_age_hva_range(mn, address, address + 1, kvm_test_age_gfn,
				 false);
}

static void kvm_mmu_notifier_release(struct mmu_notifier *mn,
				     struct mm_struct *mm)
{
	struct kvm *kvm = mmu_notifier_to_kvm(mn);
	int idx;

	idx = srcu_read_lock(&kvm->srcu);
	kvm_arch_flush_shadow_all(kvm);
	srcu_read_unlock(&kvm->srcu, idx);
}

static const struct mmu_notifier_ops kvm_mmu_notifier_ops = {
	.release = kvm_mmu_notifier_release,
	.invalidate_range_start = kvm_mmu_notifier_invalidate_range_start,
	.invalidate_range_end = kvm_mmu_notifier_invalidate_range_end,
	.clear_flush_young = kvm_mmu_notifier_clear_flush_young,
	.clear_young = kvm_mmu_notifier_clear_young,
	.test_young = kvm_mmu_notifier_test_young,
};

int kvm_init_mmu_notifier(struct kvm *kvm)
{
	spin_lock_init(&kvm->invalidate_lock);
	rcuwait_init(&kvm->memslots_update_rcuwait);

	kvm->mmu_notifier.ops = &kvm_mmu_notifier_ops;
	return mmu_notifier_register(&kvm->mmu_notifier, kvm->mm);
}

void kvm_destroy_mmu_notifier(struct kvm *kvm)
{
	mmu_notifier_unregister(&kvm->mmu_notifier, kvm->mm);

	/*
	 * An invalidation that was between its start and its end misses the
	 * end.  Nobody is left to wait for it, so its count may go.
	 */
	if (kvm->active_invalidate_count)
		kvm->active_invalidate_count = 0;
	else
		WARN_ON(kvm->mmu_invalidate_in_progress);
}
