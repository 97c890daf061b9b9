// SPDX-License-Identifier: GPL-2.0-only
/*
 * pfn caches: pages of guest memory that the kernel itself accesses.
 *
 * A refresh looks a page up without any lock that would keep it in place:
 *
 *   refresh                              invalidation
 *   -------                              ------------
 *   valid = false                        active_invalidate_count++
 *   sample gpc_invalidate_seq            clear valid of each cache in range
 *   unlock gpc->lock                     take the page away
 *   find the page, map it                gpc_invalidate_seq++
 *   lock gpc->lock                       active_invalidate_count--
 *   count != 0 or seq moved: again
 *   valid = true
 *   unlock gpc->lock
 *
 * Whatever began before the last test makes the refresh go round again: it is
 * either under way, and shows in the count, or over, and shows in the sequence.
 * Whatever begins later finds the cache valid, because it has to wait for
 * gpc->lock.
 */
#include <linux/cleanup.h>
#include <linux/highmem.h>
#include <linux/io.h>
#include <linux/kvm_host.h>
#include <linux/set_memory.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>

#include "kvm_mm.h"

/* What one round of a refresh found. */
struct gpc_page {
	kvm_pfn_t pfn;
	/* Holds a reference; NULL where pages have none. */
	struct page *page;
	/* Of the start of the page. */
	void *khva;
	bool gmem;
};

static bool gpc_overlaps(const struct gfn_to_pfn_cache *gpc,
			 unsigned long start, unsigned long end)
{
	return gpc->valid && !is_error_noslot_pfn(gpc->pfn) &&
	       gpc->uhva >= start && gpc->uhva < end;
}

void gpc_invalidate_hva_range_start(struct kvm *kvm, unsigned long start,
				    unsigned long end)
{
	struct gfn_to_pfn_cache *gpc;
	bool overlaps;

	/* gpc_lock keeps a cache on the list from going away. */
	spin_lock(&kvm->gpc_lock);
	list_for_each_entry(gpc, &kvm->gpc_list, list) {
		/* Most caches are elsewhere: do not disturb their users. */
		read_lock_irq(&gpc->lock);
		overlaps = gpc_overlaps(gpc, start, end);
		read_unlock_irq(&gpc->lock);
		if (!overlaps)
			continue;

		write_lock_irq(&gpc->lock);
		/* A refresh may have moved the cache in between. */
		if (gpc_overlaps(gpc, start, end))
			gpc->valid = false;
		write_unlock_irq(&gpc->lock);
	}
	spin_unlock(&kvm->gpc_lock);
}

void gpc_invalidate_memslot_range_start(struct kvm *kvm,
					const struct kvm_memory_slot *slot,
					gfn_t start, gfn_t end)
{
	/*
	 * gfn_to_hva_memslot() is of no use for @end, which may be one past
	 * the slot: it clamps such a gfn to the slot's first.
	 */
	unsigned long hva = slot->userspace_addr +
			    ((start - slot->base_gfn) << PAGE_SHIFT);
	unsigned long size = (end - start) << PAGE_SHIFT;

	gpc_invalidate_hva_range_start(kvm, hva, hva + size);
}

static bool kvm_gpc_is_valid_len(gpa_t gpa, unsigned long uhva,
				 unsigned long len)
{
	unsigned long offset = offset_in_page(uhva);

	if (!kvm_is_error_gpa(gpa))
		offset = offset_in_page(gpa);
	return len <= PAGE_SIZE - offset;
}

bool kvm_gpc_check(struct gfn_to_pfn_cache *gpc, unsigned long len)
{
	struct kvm_memslots *slots = kvm_memslots(gpc->kvm);

	if (!gpc->active || !gpc->valid)
		return false;

	/* Another generation may have other memory at the same gpa. */
	if (!kvm_is_error_gpa(gpc->gpa) && gpc->generation != slots->generation)
		return false;

	return !kvm_is_error_hva(gpc->uhva) &&
	       kvm_gpc_is_valid_len(gpc->gpa, gpc->uhva, len);
}

/* ---- Finding the page ------------------------------------------------- */

/*
 * True where the guest's page comes from guest_memfd and not from the uhva.
 * An attribute update can make the answer wrong at any time: use it for a
 * lookup only where the result is tested by gpc_invalidate_retry().
 */
static bool gpc_is_gmem_backed(struct gfn_to_pfn_cache *gpc)
{
	if (kvm_is_error_gpa(gpc->gpa))
		return false;

	return kvm_memslot_is_gmem_only(gpc->memslot) ||
	       kvm_mem_is_private(gpc->kvm, gpa_to_gfn(gpc->gpa));
}

/* The page behind the cache, with a reference. 0 or -EFAULT. */
static int gpc_to_pfn(struct gfn_to_pfn_cache *gpc, struct gpc_page *new)
{
	struct kvm_follow_pfn kfp = {
		.hva = gpc->uhva,
		.flags = FOLL_WRITE,
		.refcounted_page = &new->page,
	};

	new->page = NULL;
	new->gmem = gpc_is_gmem_backed(gpc);
	if (!new->gmem) {
		new->pfn = hva_to_pfn(&kfp);
		return is_error_noslot_pfn(new->pfn) ? -EFAULT : 0;
	}

	/* The memslot stays as long as the caller's SRCU section. */
	if (kvm_gmem_get_pfn(gpc->kvm, gpc->memslot, gpa_to_gfn(gpc->gpa),
			     &new->pfn, &new->page, NULL))
		return -EFAULT;
	return 0;
}

/* ---- Mapping it ------------------------------------------------------- */

static void *gpc_khva_page(const struct gfn_to_pfn_cache *gpc)
{
	return (void *)PAGE_ALIGN_DOWN((unsigned long)gpc->khva);
}

static void *gpc_map(kvm_pfn_t pfn, bool use_vmap)
{
	struct page *page;

	if (!pfn_valid(pfn))
		return memremap(pfn_to_hpa(pfn), PAGE_SIZE, MEMREMAP_WB);

	page = pfn_to_page(pfn);
	if (use_vmap)
		return vmap(&page, 1, VM_MAP, PAGE_KERNEL);
	return kmap(page);
}

/*
 * May sleep.  @khva itself says how it was made: the page's state may be
 * another by now, and so may its owner.
 */
static void gpc_unmap(kvm_pfn_t pfn, void *khva)
{
	if (is_error_noslot_pfn(pfn) || !khva)
		return;

	/* memremap() uses the vmalloc range, too: look at the pfn first. */
	if (!pfn_valid(pfn))
		memunmap(khva);
	else if (is_vmalloc_addr(khva))
		vunmap(khva);
	else
		kunmap(pfn_to_page(pfn));
}

/*
 * Give @new a khva: the cache's own where that still fits, else a new one.
 * The pfn alone does not tell, because the frame may have left the direct map
 * in another owner's hands since it was mapped.
 */
static int gpc_map_page(struct gfn_to_pfn_cache *gpc, struct gpc_page *new)
{
	void *old_khva = gpc_khva_page(gpc);
	bool use_vmap, fits = new->pfn == gpc->pfn;

	/* The reference keeps the page in or out of the direct map. */
	use_vmap = new->page && !kernel_page_present(new->page);
	if (pfn_valid(new->pfn))
		fits = fits && use_vmap == is_vmalloc_addr(old_khva);

	new->khva = fits ? old_khva : gpc_map(new->pfn, use_vmap);
	return new->khva ? 0 : -EFAULT;
}

/* ---- Refresh ---------------------------------------------------------- */

/*
 * True where what was looked up since @seq was sampled may be gone.  The count
 * cannot be mmu_invalidate_in_progress, which rises only after the caches were
 * walked, nor the sequence mmu_invalidate_seq, which stands still where no
 * memslot overlaps.
 */
static bool gpc_invalidate_retry(struct kvm *kvm, unsigned long seq)
{
	if (READ_ONCE(kvm->active_invalidate_count))
		return true;
	/*
	 * Count before sequence; pairs with smp_wmb() in
	 * kvm_active_invalidate_end(), which writes them the other way round.
	 */
	smp_rmb();
	return READ_ONCE(kvm->gpc_invalidate_seq) != seq;
}

/* Undo one round of the loop below. */
static void gpc_drop_page(struct gfn_to_pfn_cache *gpc, struct gpc_page *new)
{
	/* The cache still uses a khva that this round only borrowed. */
	if (new->khva != gpc_khva_page(gpc))
		gpc_unmap(new->pfn, new->khva);
	kvm_release_page_clean(new->page);
}

/*
 * Look the page up and install it.  Drops and retakes gpc->lock.  Nothing
 * bounds the number of rounds but the end of the invalidations.
 */
static int gpc_to_pfn_retry(struct gfn_to_pfn_cache *gpc)
{
	struct kvm *kvm = gpc->kvm;
	struct gpc_page new;
	unsigned long seq;
	bool again = false;

	/* Keeps others from replacing the khva that is borrowed here. */
	lockdep_assert_held(&gpc->refresh_lock);
	lockdep_assert_held_write(&gpc->lock);

	/* The gpa and the uhva are new already: check() must not pass. */
	gpc->valid = false;

	do {
		seq = READ_ONCE(kvm->gpc_invalidate_seq);
		/* Sample before the lookup, which needs no lock in common. */
		smp_rmb();
		write_unlock_irq(&gpc->lock);

		/* Unmapping may sleep. */
		if (again) {
			gpc_drop_page(gpc, &new);
			cond_resched();
		}
		again = true;

		if (gpc_to_pfn(gpc, &new))
			goto err_lock;
		if (gpc_map_page(gpc, &new))
			goto err_put;

		write_lock_irq(&gpc->lock);
		WARN_ON_ONCE(gpc->valid);
	} while (gpc_invalidate_retry(kvm, seq));

	gpc->pfn = new.pfn;
	gpc->khva = new.khva + offset_in_page(gpc->uhva);
	gpc->gmem = new.gmem;
	gpc->valid = true;

	/*
	 * The cache needs no reference: it is told before the page goes.  This
	 * is not the last one, as whoever takes the page away waits for
	 * gpc->lock first.
	 */
	kvm_release_page_clean(new.page);
	return 0;

err_put:
	kvm_release_page_clean(new.page);
err_lock:
	write_lock_irq(&gpc->lock);
	return -EFAULT;
}

/*
 * Let the cache stand for @gpa, or else for @uhva.  Returns true where another
 * page may be behind it now, even at the same uhva.
 */
static bool gpc_set_source(struct gfn_to_pfn_cache *gpc, gpa_t gpa,
			   unsigned long uhva)
{
	struct kvm_memslots *slots;
	bool moved;

	if (kvm_is_error_gpa(gpa)) {
		moved = !kvm_is_error_gpa(gpc->gpa);
		gpc->gpa = INVALID_GPA;
		gpc->memslot = NULL;
		gpc->uhva = uhva;
		return moved;
	}

	slots = kvm_memslots(gpc->kvm);
	moved = gpc->gpa != gpa || gpc->generation != slots->generation ||
		kvm_is_error_hva(gpc->uhva);
	if (!moved)
		return false;

	gpc->gpa = gpa;
	gpc->generation = slots->generation;
	gpc->memslot = __gfn_to_memslot(slots, gpa_to_gfn(gpa));
	gpc->uhva = gfn_to_hva_memslot(gpc->memslot, gpa_to_gfn(gpa));
	if (!kvm_is_error_hva(gpc->uhva))
		gpc->uhva += offset_in_page(gpa);
	return true;
}

/* True where the old khva can serve the cache's new source. */
static bool gpc_can_keep_page(struct gfn_to_pfn_cache *gpc,
			      unsigned long old_uhva, bool moved)
{
	if (!gpc->valid)
		return false;
	if (PAGE_ALIGN_DOWN(gpc->uhva) != PAGE_ALIGN_DOWN(old_uhva))
		return false;

	/*
	 * The uhva decides about the page only where neither the old nor the
	 * new one comes from guest_memfd: a slot that was made again at the
	 * same uhva can be bound to another file or offset, and nobody told
	 * the cache when the old binding went.
	 */
	return !moved || !(gpc->gmem || gpc_is_gmem_backed(gpc));
}

static int __kvm_gpc_refresh(struct gfn_to_pfn_cache *gpc, gpa_t gpa,
			     unsigned long uhva)
{
	unsigned long old_uhva;
	kvm_pfn_t old_pfn;
	void *old_khva;
	bool moved, unmap;
	int ret = 0;

	lockdep_assert_held(&gpc->refresh_lock);
	write_lock_irq(&gpc->lock);

	/* An inactive cache is not on the list, and is told of nothing. */
	if (!gpc->active) {
		write_unlock_irq(&gpc->lock);
		return -EINVAL;
	}

	old_uhva = gpc->uhva;
	old_pfn = gpc->pfn;
	old_khva = gpc_khva_page(gpc);

	moved = gpc_set_source(gpc, gpa, uhva);
	if (kvm_is_error_hva(gpc->uhva))
		ret = -EFAULT;
	else if (gpc_can_keep_page(gpc, old_uhva, moved))
		gpc->khva = old_khva + offset_in_page(gpc->uhva);
	else
		ret = gpc_to_pfn_retry(gpc);

	if (ret) {
		gpc->valid = false;
		/* Or the next refresh would take them for its own. */
		gpc->pfn = KVM_PFN_ERR_FAULT;
		gpc->khva = NULL;
	}

	/* Compare khvas: one pfn can have had two kinds of mappings. */
	unmap = old_khva != gpc_khva_page(gpc);
	write_unlock_irq(&gpc->lock);

	if (unmap)
		gpc_unmap(old_pfn, old_khva);
	return ret;
}

int kvm_gpc_refresh(struct gfn_to_pfn_cache *gpc, unsigned long len)
{
	unsigned long uhva = KVM_HVA_ERR_BAD;

	guard(mutex)(&gpc->refresh_lock);

	if (!kvm_gpc_is_valid_len(gpc->gpa, gpc->uhva, len))
		return -EINVAL;

	/* Only refreshes change what is read here: no gpc->lock needed. */
	if (kvm_is_error_gpa(gpc->gpa))
		uhva = gpc->uhva;
	return __kvm_gpc_refresh(gpc, gpc->gpa, uhva);
}

/* ---- Life ------------------------------------------------------------- */

void kvm_gpc_init(struct gfn_to_pfn_cache *gpc, struct kvm *kvm)
{
	mutex_init(&gpc->refresh_lock);
	rwlock_init(&gpc->lock);

	gpc->kvm = kvm;
	gpc->memslot = NULL;
	gpc->khva = NULL;
	gpc->uhva = KVM_HVA_ERR_BAD;
	gpc->gpa = INVALID_GPA;
	gpc->pfn = KVM_PFN_ERR_FAULT;
	gpc->gmem = false;
	gpc->active = false;
	gpc->valid = false;
}

static void gpc_list_cache(struct gfn_to_pfn_cache *gpc)
{
	struct kvm *kvm = gpc->kvm;

	spin_lock(&kvm->gpc_lock);
	list_add(&gpc->list, &kvm->gpc_list);
	spin_unlock(&kvm->gpc_lock);
}

static void gpc_unlist_cache(struct gfn_to_pfn_cache *gpc)
{
	struct kvm *kvm = gpc->kvm;

	spin_lock(&kvm->gpc_lock);
	list_del(&gpc->list);
	spin_unlock(&kvm->gpc_lock);
}

static int __kvm_gpc_activate(struct gfn_to_pfn_cache *gpc, gpa_t gpa,
			      unsigned long uhva, unsigned long len)
{
	if (!kvm_gpc_is_valid_len(gpa, uhva, len))
		return -EINVAL;

	guard(mutex)(&gpc->refresh_lock);
	if (gpc->active)
		return __kvm_gpc_refresh(gpc, gpa, uhva);

	if (KVM_BUG_ON(gpc->valid, gpc->kvm))
		return -EIO;

	gpc_list_cache(gpc);
	/* Only now: what is active must be within reach of the walk. */
	write_lock_irq(&gpc->lock);
	gpc->active = true;
	write_unlock_irq(&gpc->lock);

	return __kvm_gpc_refresh(gpc, gpa, uhva);
}

int kvm_gpc_activate_hva(struct gfn_to_pfn_cache *gpc, unsigned long uhva,
			 unsigned long len)
{
	if (!access_ok((void __user *)uhva, len))
		return -EINVAL;

	return __kvm_gpc_activate(gpc, INVALID_GPA, uhva, len);
}

int kvm_gpc_activate(struct gfn_to_pfn_cache *gpc, gpa_t gpa, unsigned long len)
{
	/* The one gpa that means "by uhva". */
	if (WARN_ON_ONCE(kvm_is_error_gpa(gpa)))
		return -EINVAL;

	return __kvm_gpc_activate(gpc, gpa, KVM_HVA_ERR_BAD, len);
}

void kvm_gpc_deactivate(struct gfn_to_pfn_cache *gpc)
{
	kvm_pfn_t old_pfn;
	void *old_khva;

	/* A refresh that sleeps without gpc->lock must finish first. */
	guard(mutex)(&gpc->refresh_lock);
	if (!gpc->active)
		return;

	/* First: what is off the list must not become valid again. */
	write_lock_irq(&gpc->lock);
	gpc->active = false;
	gpc->valid = false;
	old_pfn = gpc->pfn;
	gpc->pfn = KVM_PFN_ERR_FAULT;
	old_khva = gpc_khva_page(gpc);
	gpc->khva = NULL;
	write_unlock_irq(&gpc->lock);

	gpc_unlist_cache(gpc);
	gpc_unmap(old_pfn, old_khva);
}
