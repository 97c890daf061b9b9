// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memslots: which guest physical addresses have memory, and where it is.
 *
 * Each address space has two sets of slots.  Readers use the active one under
 * SRCU.  An update changes the inactive one, makes it active, waits until
 * nobody reads the other any more, and changes that one, too:
 *
 *            set A               set B               generation
 *            active   1 2 3      inactive 1 2 3      4
 *   replace  active   1 2 3      inactive 1 2' 3
 *   swap     inactive 1 2 3      active   1 2' 3     4 | IN_PROGRESS
 *   wait for SRCU readers                            6
 *   replace  inactive 1 2' 3     active   1 2' 3
 *
 * A slot that is deleted or moved becomes INVALID first, by an update of its
 * own, so that no mapping of it is made while the mappings that exist are
 * zapped.
 */
#include <linux/bitops.h>
#include <linux/kvm_host.h>
#include <linux/uaccess.h>

#include "kvm_mm.h"

/* ---- Looking up ------------------------------------------------------- */

struct kvm_memory_slot *__gfn_to_memslot(struct kvm_memslots *slots, gfn_t gfn)
{
	struct kvm_memory_slot *slot;

	kvm_for_each_memslot_in_gfn_range(slot, slots, gfn, gfn + 1)
		return slot;
	return NULL;
}

struct kvm_memory_slot *gfn_to_memslot(struct kvm *kvm, gfn_t gfn)
{
	return __gfn_to_memslot(kvm_memslots(kvm), gfn);
}

struct kvm_memory_slot *id_to_memslot(struct kvm_memslots *slots, int id)
{
	struct kvm_memory_slot *slot;

	kvm_for_each_memslot(slot, slots) {
		if (slot->id == id)
			return slot;
	}
	return NULL;
}

unsigned long gfn_to_hva_memslot(struct kvm_memory_slot *slot, gfn_t gfn)
{
	if (!slot || slot->flags & KVM_MEMSLOT_INVALID)
		return KVM_HVA_ERR_BAD;
	if (slot->flags & KVM_MEM_READONLY)
		return KVM_HVA_ERR_RO_BAD;
	return __gfn_to_hva_memslot(slot, gfn);
}

/* ---- Dirty pages ------------------------------------------------------ */

void mark_page_dirty_in_slot(struct kvm *kvm,
			     const struct kvm_memory_slot *slot, gfn_t gfn)
{
	if (slot && slot->dirty_bitmap)
		set_bit(gfn - slot->base_gfn, slot->dirty_bitmap);
}

static void kvm_destroy_dirty_bitmap(struct kvm_memory_slot *slot)
{
	kvfree(slot->dirty_bitmap);
	slot->dirty_bitmap = NULL;
}

/* Pass the bitmap on to @new, or give it one, as its flags want. */
static int kvm_prepare_dirty_bitmap(const struct kvm_memory_slot *old,
				    struct kvm_memory_slot *new)
{
	new->dirty_bitmap = NULL;
	if (!kvm_slot_dirty_track_enabled(new))
		return 0;

	if (old && old->dirty_bitmap)
		new->dirty_bitmap = old->dirty_bitmap;
	else
		new->dirty_bitmap = kvzalloc(kvm_dirty_bitmap_bytes(new),
					     GFP_KERNEL_ACCOUNT);
	return new->dirty_bitmap ? 0 : -ENOMEM;
}

/* ---- Life ------------------------------------------------------------- */

void kvm_init_memslots(struct kvm *kvm)
{
	struct kvm_memslots *slots;
	int i, j;

	mutex_init(&kvm->slots_lock);
	mutex_init(&kvm->slots_arch_lock);

	for (i = 0; i < kvm_arch_nr_memslot_as_ids(kvm); i++) {
		for (j = 0; j < 2; j++) {
			slots = &kvm->__memslots[i][j];
			INIT_LIST_HEAD(&slots->list);
			slots->node_idx = j;
			/* No two address spaces ever share a generation. */
			slots->generation = i;
		}
		rcu_assign_pointer(kvm->memslots[i], &kvm->__memslots[i][0]);
	}
}

/* Nobody can find @slot any more. */
static void kvm_free_memslot(struct kvm *kvm, struct kvm_memory_slot *slot)
{
	if (kvm_slot_has_gmem(slot))
		kvm_gmem_unbind(slot);
	kvm_destroy_dirty_bitmap(slot);
	kvm_arch_free_memslot(kvm, slot);
	kfree(slot);
}

void kvm_free_memslots(struct kvm *kvm)
{
	struct kvm_memory_slot *slot, *next;
	int i;

	/* Either set holds every slot: free those of one. */
	for (i = 0; i < kvm_arch_nr_memslot_as_ids(kvm); i++)
		list_for_each_entry_safe(slot, next,
					 &kvm->__memslots[i][0].list, node[0])
			kvm_free_memslot(kvm, slot);
}

/* ---- The two sets ----------------------------------------------------- */

static struct kvm_memslots *kvm_get_inactive_memslots(struct kvm *kvm,
						      int as_id)
{
	return &kvm->__memslots[as_id][!__kvm_memslots(kvm, as_id)->node_idx];
}

/* In the inactive set. NULL @old only adds, NULL @new only removes. */
static void kvm_replace_memslot(struct kvm *kvm, struct kvm_memory_slot *old,
				struct kvm_memory_slot *new)
{
	int as_id = old ? old->as_id : new->as_id;
	struct kvm_memslots *slots = kvm_get_inactive_memslots(kvm, as_id);
	struct kvm_memory_slot *next;

	if (old)
		list_del(&old->node[slots->node_idx]);
	if (!new)
		return;

	kvm_for_each_memslot(next, slots) {
		if (next->base_gfn > new->base_gfn)
			break;
	}
	/* Before @next, which is the list's head where there is none. */
	list_add_tail(&new->node[slots->node_idx],
		      &next->node[slots->node_idx]);
}

/* Wait with invalidate_lock held until no invalidation is under way. */
static void kvm_wait_for_invalidations(struct kvm *kvm)
{
	lockdep_assert_held(&kvm->invalidate_lock);

	prepare_to_rcuwait(&kvm->memslots_update_rcuwait);
	while (kvm->active_invalidate_count) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		spin_unlock(&kvm->invalidate_lock);
		schedule();
		spin_lock(&kvm->invalidate_lock);
	}
	finish_rcuwait(&kvm->memslots_update_rcuwait);
}

/* Make the inactive set the active one. Drops slots_arch_lock. */
static void kvm_swap_active_memslots(struct kvm *kvm, int as_id)
{
	struct kvm_memslots *slots = kvm_get_inactive_memslots(kvm, as_id);
	u64 gen = __kvm_memslots(kvm, as_id)->generation;

	WARN_ON(gen & KVM_MEMSLOT_GEN_UPDATE_IN_PROGRESS);
	slots->generation = gen | KVM_MEMSLOT_GEN_UPDATE_IN_PROGRESS;

	/* The end of an invalidation must find the slots of its start. */
	spin_lock(&kvm->invalidate_lock);
	kvm_wait_for_invalidations(kvm);
	rcu_assign_pointer(kvm->memslots[as_id], slots);
	spin_unlock(&kvm->invalidate_lock);

	/* A reader under SRCU may be waiting for it. */
	mutex_unlock(&kvm->slots_arch_lock);

	/* From here on, nobody reads the set that was active. */
	synchronize_srcu_expedited(&kvm->srcu);

	/* In steps that keep the generations of address spaces apart. */
	gen += kvm_arch_nr_memslot_as_ids(kvm);
	kvm_arch_memslots_updated(kvm, gen);
	slots->generation = gen;
}

/* Activate the set that @new is in instead of @old, and adapt the other. */
static void kvm_activate_memslot(struct kvm *kvm, struct kvm_memory_slot *old,
				 struct kvm_memory_slot *new)
{
	kvm_swap_active_memslots(kvm, old ? old->as_id : new->as_id);
	kvm_replace_memslot(kvm, old, new);
}

/* ---- Updates ---------------------------------------------------------- */

/*
 * Put an INVALID copy of @old into the active set and zap what maps @old,
 * which stays in the inactive set so that a failure can bring it back.
 */
static void kvm_invalidate_memslot(struct kvm *kvm, struct kvm_memory_slot *old,
				   struct kvm_memory_slot *invalid)
{
	*invalid = *old;
	invalid->flags |= KVM_MEMSLOT_INVALID;
	/* Bindings know @old only. */
	invalid->gmem.file = NULL;

	kvm_replace_memslot(kvm, old, invalid);
	kvm_swap_active_memslots(kvm, old->as_id);

	kvm_arch_flush_shadow_memslot(kvm, old);

	mutex_lock(&kvm->slots_arch_lock);
	/* Its owner may have changed it where readers found it. */
	old->arch = invalid->arch;
}

static int kvm_prepare_memory_region(struct kvm *kvm,
				     const struct kvm_memory_slot *old,
				     struct kvm_memory_slot *new,
				     enum kvm_mr_change change)
{
	int r;

	if (new) {
		r = kvm_prepare_dirty_bitmap(old, new);
		if (r)
			return r;
	}

	r = kvm_arch_prepare_memory_region(kvm, old, new, change);
	if (r && new && !(old && old->dirty_bitmap))
		kvm_destroy_dirty_bitmap(new);
	return r;
}

static void kvm_commit_memory_region(struct kvm *kvm,
				     struct kvm_memory_slot *old,
				     struct kvm_memory_slot *new,
				     enum kvm_mr_change change)
{
	if (change == KVM_MR_DELETE)
		kvm->nr_memslot_pages -= old->npages;
	else if (change == KVM_MR_CREATE)
		kvm->nr_memslot_pages += new->npages;

	kvm_arch_commit_memory_region(kvm, old, new, change);

	if (change == KVM_MR_DELETE) {
		kvm_free_memslot(kvm, old);
	} else if (old) {
		/* @new has taken over all but a bitmap it does not want. */
		if (!new->dirty_bitmap)
			kvm_destroy_dirty_bitmap(old);
		kfree(old);
	}
}

/*
 * DELETE has no @new, CREATE no @old.  @old is gone on success, and @new
 * belongs to the memslots; nothing has changed on failure.
 */
static int kvm_set_memslot(struct kvm *kvm, struct kvm_memory_slot *old,
			   struct kvm_memory_slot *new,
			   enum kvm_mr_change change)
{
	struct kvm_memory_slot *invalid = NULL;
	int r;

	/* kvm_swap_active_memslots() drops it. */
	mutex_lock(&kvm->slots_arch_lock);

	if (change == KVM_MR_DELETE || change == KVM_MR_MOVE) {
		invalid = kzalloc(sizeof(*invalid), GFP_KERNEL_ACCOUNT);
		if (!invalid) {
			mutex_unlock(&kvm->slots_arch_lock);
			return -ENOMEM;
		}
		kvm_invalidate_memslot(kvm, old, invalid);
	}

	r = kvm_prepare_memory_region(kvm, old, new, change);
	if (!r) {
		kvm_replace_memslot(kvm, old, new);
		kvm_activate_memslot(kvm, invalid ? invalid : old, new);
		kvm_commit_memory_region(kvm, old, new, change);
	} else if (invalid) {
		kvm_activate_memslot(kvm, invalid, old);
	} else {
		mutex_unlock(&kvm->slots_arch_lock);
	}

	/* No reader is left: activation has waited for them. */
	kfree(invalid);
	return r;
}

/* ---- The ioctl's arguments -------------------------------------------- */

static int
check_memory_region_flags(const struct kvm_userspace_memory_region2 *mem)
{
	u32 valid = KVM_MEM_LOG_DIRTY_PAGES | KVM_MEM_READONLY;

	/*
	 * Neither works on guest_memfd: nobody logs what the guest writes
	 * there, and a write to a read-only slot is emulated as MMIO.
	 */
	if (mem->flags & KVM_MEM_GUEST_MEMFD)
		valid = KVM_MEM_GUEST_MEMFD;

	return mem->flags & ~valid ? -EINVAL : 0;
}

static int check_memory_region(struct kvm *kvm,
			       const struct kvm_userspace_memory_region2 *mem)
{
	if (check_memory_region_flags(mem))
		return -EINVAL;
	if (mem->slot >> 16 >= kvm_arch_nr_memslot_as_ids(kvm) ||
	    (u16)mem->slot >= KVM_MEM_SLOTS_NUM)
		return -EINVAL;

	if (!PAGE_ALIGNED(mem->memory_size) ||
	    mem->memory_size >> PAGE_SHIFT > KVM_MEM_MAX_NR_PAGES)
		return -EINVAL;
	if (!PAGE_ALIGNED(mem->guest_phys_addr) ||
	    mem->guest_phys_addr + mem->memory_size < mem->guest_phys_addr)
		return -EINVAL;
	if (!PAGE_ALIGNED(mem->userspace_addr) ||
	    !access_ok((void __user *)(unsigned long)mem->userspace_addr,
		       mem->memory_size))
		return -EINVAL;

	if (mem->flags & KVM_MEM_GUEST_MEMFD &&
	    (!PAGE_ALIGNED(mem->guest_memfd_offset) ||
	     mem->guest_memfd_offset + mem->memory_size <
		     mem->guest_memfd_offset))
		return -EINVAL;
	return 0;
}

#define KVM_MR_NOTHING (KVM_MR_FLAGS_ONLY + 1)

/* What @mem makes of @old: enum kvm_mr_change, KVM_MR_NOTHING or -EINVAL. */
static int memory_region_change(const struct kvm_memory_slot *old,
				const struct kvm_userspace_memory_region2 *mem)
{
	if (!mem->memory_size)
		return old ? KVM_MR_DELETE : -EINVAL;
	if (!old)
		return KVM_MR_CREATE;

	/*
	 * Slots with guest_memfd never change.  Look at @old, too: a change
	 * that does not mention the file would free the slot that is bound.
	 */
	if ((mem->flags | old->flags) & KVM_MEM_GUEST_MEMFD)
		return -EINVAL;
	if (mem->userspace_addr != old->userspace_addr ||
	    mem->memory_size >> PAGE_SHIFT != old->npages ||
	    (mem->flags ^ old->flags) & KVM_MEM_READONLY)
		return -EINVAL;

	if (gpa_to_gfn(mem->guest_phys_addr) != old->base_gfn)
		return KVM_MR_MOVE;
	return mem->flags != old->flags ? KVM_MR_FLAGS_ONLY : KVM_MR_NOTHING;
}

static bool kvm_check_memslot_overlap(struct kvm_memslots *slots, int id,
				      gfn_t start, gfn_t end)
{
	struct kvm_memory_slot *slot;

	kvm_for_each_memslot_in_gfn_range(slot, slots, start, end) {
		if (slot->id != id)
			return true;
	}
	return false;
}

static struct kvm_memory_slot *
kvm_alloc_memslot(const struct kvm_userspace_memory_region2 *mem)
{
	struct kvm_memory_slot *slot;

	slot = kzalloc(sizeof(*slot), GFP_KERNEL_ACCOUNT);
	if (!slot)
		return NULL;

	slot->as_id = mem->slot >> 16;
	slot->id = (u16)mem->slot;
	slot->flags = mem->flags;
	slot->base_gfn = gpa_to_gfn(mem->guest_phys_addr);
	slot->npages = mem->memory_size >> PAGE_SHIFT;
	slot->userspace_addr = mem->userspace_addr;
	return slot;
}

int kvm_set_memory_region(struct kvm *kvm,
			  const struct kvm_userspace_memory_region2 *mem)
{
	struct kvm_memory_slot *old, *new;
	struct kvm_memslots *slots;
	int change, r;

	lockdep_assert_held(&kvm->slots_lock);

	r = check_memory_region(kvm, mem);
	if (r)
		return r;

	slots = __kvm_memslots(kvm, mem->slot >> 16);
	old = id_to_memslot(slots, (u16)mem->slot);
	change = memory_region_change(old, mem);
	if (change < 0)
		return change;
	if (change == KVM_MR_NOTHING)
		return 0;
	if (change == KVM_MR_DELETE)
		return kvm_set_memslot(kvm, old, NULL, change);

	new = kvm_alloc_memslot(mem);
	if (!new)
		return -ENOMEM;

	r = -EEXIST;
	if (kvm_check_memslot_overlap(slots, new->id, new->base_gfn,
				      new->base_gfn + new->npages))
		goto err_free;

	if (kvm_slot_has_gmem(new)) {
		r = kvm_gmem_bind(kvm, new, mem->guest_memfd,
				  mem->guest_memfd_offset);
		if (r)
			goto err_free;
	}

	r = kvm_set_memslot(kvm, old, new, change);
	if (!r)
		return 0;

	if (kvm_slot_has_gmem(new))
		kvm_gmem_unbind(new);
err_free:
	kfree(new);
	return r;
}
