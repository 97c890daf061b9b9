// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory attributes: whether a guest page is private or shared.
 */
#include <linux/kvm_host.h>

#include "kvm_mm.h"

u64 kvm_supported_mem_attributes(struct kvm *kvm)
{
	if (!kvm || kvm_arch_has_private_mem(kvm))
		return KVM_MEMORY_ATTRIBUTE_PRIVATE;
	return 0;
}

bool kvm_range_has_memory_attributes(struct kvm *kvm, gfn_t start, gfn_t end,
				     unsigned long mask, unsigned long attrs)
{
	gfn_t gfn;

	mask &= kvm_supported_mem_attributes(kvm);
	if (attrs & ~mask)
		return false;

	for (gfn = start; gfn < end; gfn++) {
		if ((kvm_get_memory_attributes(kvm, gfn) & mask) != attrs)
			return false;
	}
	return true;
}

/* An update of the attributes of [start, end). */
struct attr_update {
	gfn_t start, end;
	unsigned long attributes;
};

/* The part of @update that lies in @slot. */
static struct kvm_gfn_range attr_range_of(const struct attr_update *update,
					  struct kvm_memory_slot *slot)
{
	gfn_t slot_end = slot->base_gfn + slot->npages;

	return (struct kvm_gfn_range){
		.start = max(update->start, slot->base_gfn),
		.end = min(update->end, slot_end),
		.slot = slot,
		.arg.attributes = update->attributes,
		/* The flip ends mappings of either kind. */
		.attr_filter = KVM_FILTER_SHARED | KVM_FILTER_PRIVATE,
		.may_block = true,
	};
}

/* Of either origin: after the flip both point at the wrong page. */
static void kvm_attr_invalidate_caches(struct kvm *kvm,
				       const struct attr_update *update)
{
	/* Caches look gpas up in address space 0. */
	struct kvm_memslots *slots = kvm_memslots(kvm);
	struct kvm_memory_slot *slot;
	struct kvm_gfn_range range;

	kvm_for_each_memslot_in_gfn_range(slot, slots, update->start,
					  update->end) {
		range = attr_range_of(update, slot);
		gpc_invalidate_memslot_range_start(kvm, slot, range.start,
						   range.end);
	}
}

/* Call @handler for each slot in the range, with mmu_lock held. */
static bool kvm_attr_for_each_slot(struct kvm *kvm,
				   const struct attr_update *update,
				   bool (*handler)(struct kvm *kvm,
						   struct kvm_gfn_range *range))
{
	struct kvm_memory_slot *slot;
	struct kvm_memslots *slots;
	struct kvm_gfn_range range;
	bool flush = false;
	int i;

	for (i = 0; i < kvm_arch_nr_memslot_as_ids(kvm); i++) {
		slots = __kvm_memslots(kvm, i);
		kvm_for_each_memslot_in_gfn_range(slot, slots, update->start,
						  update->end) {
			range = attr_range_of(update, slot);
			flush |= handler(kvm, &range);
		}
	}
	return flush;
}

static void kvm_attr_invalidate_start(struct kvm *kvm,
				      const struct attr_update *update)
{
	kvm_active_invalidate_start(kvm);
	kvm_attr_invalidate_caches(kvm, update);

	KVM_MMU_LOCK(kvm);
	kvm_mmu_invalidate_start(kvm);
	/* Whether or not there is anything to zap: no new mappings now. */
	kvm_mmu_invalidate_range_add(kvm, update->start, update->end);
	if (kvm_attr_for_each_slot(kvm, update,
				   kvm_arch_pre_set_memory_attributes))
		kvm_flush_remote_tlbs(kvm);
	KVM_MMU_UNLOCK(kvm);
}

static void kvm_attr_invalidate_end(struct kvm *kvm,
				    const struct attr_update *update)
{
	KVM_MMU_LOCK(kvm);
	kvm_attr_for_each_slot(kvm, update,
			       kvm_arch_post_set_memory_attributes);
	kvm_mmu_invalidate_end(kvm);
	KVM_MMU_UNLOCK(kvm);

	kvm_active_invalidate_end(kvm);
}

/* With slots_lock held, which keeps the memslots and other updates away. */
static int kvm_vm_set_mem_attributes(struct kvm *kvm,
				     const struct attr_update *update)
{
	void *entry = NULL;
	gfn_t gfn;
	int r;

	if (update->attributes)
		entry = xa_mk_value(update->attributes);

	if (kvm_range_has_memory_attributes(kvm, update->start, update->end,
					    ~0UL, update->attributes))
		return 0;

	/* So that nothing fails once the first attribute is stored. */
	for (gfn = update->start; gfn < update->end; gfn++) {
		r = xa_reserve(&kvm->mem_attr_array, gfn, GFP_KERNEL_ACCOUNT);
		if (r)
			return r;
		cond_resched();
	}

	kvm_attr_invalidate_start(kvm, update);

	for (gfn = update->start; gfn < update->end; gfn++) {
		r = xa_err(xa_store(&kvm->mem_attr_array, gfn, entry,
				    GFP_KERNEL_ACCOUNT));
		KVM_BUG_ON(r, kvm);
		cond_resched();
	}

	kvm_attr_invalidate_end(kvm, update);
	return 0;
}

int kvm_vm_ioctl_set_mem_attributes(struct kvm *kvm,
				    struct kvm_memory_attributes *attrs)
{
	struct attr_update update;
	int r;

	if (attrs->flags ||
	    attrs->attributes & ~kvm_supported_mem_attributes(kvm))
		return -EINVAL;
	if (!PAGE_ALIGNED(attrs->address) || !PAGE_ALIGNED(attrs->size))
		return -EINVAL;
	if (attrs->address + attrs->size <= attrs->address)
		return -EINVAL;

	update.start = gpa_to_gfn(attrs->address);
	update.end = gpa_to_gfn(attrs->address + attrs->size);
	update.attributes = attrs->attributes;

	mutex_lock(&kvm->slots_lock);
	r = kvm_vm_set_mem_attributes(kvm, &update);
	mutex_unlock(&kvm->slots_lock);
	return r;
}
