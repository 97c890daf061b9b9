// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the host does to memory of the process behind its back, or at its wish:
 * MADV_DONTNEED, taking entries away for a while, ageing, migration.
 *
 * Fidelity: EMULATED - DONTNEED after mm/madvise.c.  mm_invalidate() is NUMA
 * balancing's change_prot_numa() of whole ranges at once.  mm_age() is the walk
 * of mm/vmscan.c under mmap_lock; the process's own entries have no accessed bit.  Migration is that of
 * one anonymous page after mm/migrate.c: it gives up where somebody holds a
 * reference; file pages are never moved.  It holds mmap_lock for read all the
 * while, where the kernel lets go of it after it isolated the page.
 */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/pagemap.h>
#include <linux/preempt.h>

#include "user.h"

static bool bad_range(unsigned long uva, unsigned long len)
{
	return !PAGE_ALIGNED(uva) || len > TASK_SIZE || uva > TASK_SIZE - len;
}

/* Zaps what the areas have of [@start, @end); -ENOMEM if there are holes. */
static long zap_user_range(unsigned long start, unsigned long end,
			   const struct zap *zap)
{
	unsigned long seen = start;
	struct vm_area_struct *vma;
	long ret = 0;

	list_for_each_entry(vma, &the_mm->areas, mm_link) {
		unsigned long from = max(start, vma->vm_start);
		unsigned long to = min(end, vma->vm_end);

		if (from >= to)
			continue;
		if (from > seen)
			ret = -ENOMEM;
		if (zap->action == ZAP_DROP && vma->vm_flags & VM_PFNMAP)
			return -EINVAL;
		zap_area(vma, from, to, zap);
		seen = to;
	}
	return seen < end ? -ENOMEM : ret;
}

static long zap_user(unsigned long uva, unsigned long len,
		     const struct zap *zap)
{
	long ret;

	len = PAGE_ALIGN(len);
	if (bad_range(uva, len))
		return -EINVAL;
	mmap_read_lock(the_mm);
	ret = zap_user_range(uva, uva + len, zap);
	mmap_read_unlock(the_mm);
	return ret;
}

long mm_dontneed(unsigned long uva, unsigned long len)
{
	return zap_user(uva, len, &(struct zap){ .event = MMU_NOTIFY_CLEAR });
}

long mm_invalidate(unsigned long uva, unsigned long len)
{
	return zap_user(uva, len,
			&(struct zap){ .event = MMU_NOTIFY_PROTECTION_VMA,
				       .action = ZAP_PROTNONE });
}

/* ---- Ageing ----------------------------------------------------------- */

/* Under the page table's lock, so that notifiers must not sleep. */
static bool age_page(unsigned long addr, enum ageing how)
{
	bool young;

	preempt_disable();
	if (how == AGE_CLEAR_FLUSH)
		young = mmu_notifier_clear_flush_young(the_mm, addr,
						       addr + PAGE_SIZE);
	else if (how == AGE_CLEAR)
		young = mmu_notifier_clear_young(the_mm, addr,
						 addr + PAGE_SIZE);
	else
		young = mmu_notifier_test_young(the_mm, addr);
	preempt_enable();
	return young;
}

long mm_age(unsigned long uva, unsigned long len, enum ageing how)
{
	unsigned long addr;
	bool young = false;

	if (bad_range(uva, len))
		return -EINVAL;
	mmap_read_lock(the_mm);
	for (addr = uva; addr < uva + len; addr += PAGE_SIZE) {
		if (pte_usable(pte_walk(the_mm, addr), false))
			young |= age_page(addr, how);
	}
	mmap_read_unlock(the_mm);
	return young;
}

/* ---- Migration -------------------------------------------------------- */

struct vm_area_struct *anon_page_area(const struct page *page,
				      unsigned long *addr)
{
	*addr = page->index << PAGE_SHIFT;
	return vma_lookup((struct mm_struct *)page->private, *addr);
}

/* The anonymous page at @uva with a reference, or NULL with *@err set. */
static struct folio *isolate(unsigned long uva, long *err)
{
	user_pte pte = pte_walk(the_mm, uva);
	struct page *page = pte_page_held(pte);

	*err = -EFAULT;
	if (!page || is_zero_pfn(pte_pfn(pte)))
		return NULL;
	*err = -EBUSY;
	if (!PageAnon(page) || pte_kind(pte) == PTE_MIGRATION)
		return NULL;
	get_page(page);
	return page_folio(page);
}

static void copy_folio(struct folio *to, struct folio *from)
{
	to->state = from->state;
	to->private = from->private;
	to->index = from->index;
	to->flags |= from->flags & ~(1UL << PG_locked);
	copy_highpage(&to->page, &from->page);
}

/*
 * Puts @folio where the migration entry of its old page is.  False: a zap was
 * faster, and dropped the entry's reference to the old page.
 */
static bool remove_migration_entry(struct vm_area_struct *vma,
				   unsigned long addr, user_pte old,
				   struct folio *folio)
{
	return pte_install(vma, addr, old,
			   pte_make(folio_pfn(folio), PTE_PRESENT,
				    old & PTE_WRITE));
}

/*
 * The entry's and this task's references are expected; with any other one the
 * old page goes back, because its holder would not see what is stored later.
 */
static long move_folio(struct vm_area_struct *vma, unsigned long addr,
		       struct folio *old)
{
	user_pte pte = pte_load(vma, addr);
	struct folio *new;

	if (pte_kind(pte) != PTE_MIGRATION || pte_pfn(pte) != folio_pfn(old))
		return -EAGAIN;
	new = folio_alloc(GFP_HIGHUSER_MOVABLE, 0);
	if (!new || folio_ref_count(old) != 2) {
		remove_migration_entry(vma, addr, pte, old);
		if (new)
			folio_put(new);
		return new ? -EAGAIN : -ENOMEM;
	}
	copy_folio(new, old);
	if (!remove_migration_entry(vma, addr, pte, new)) {
		folio_put(new);
		return -EAGAIN;
	}
	/* The entry's reference. */
	old->mapcount--;
	folio_put(old);
	return 0;
}

static long migrate_folio(struct folio *folio)
{
	struct zap zap = {
		.event = MMU_NOTIFY_CLEAR,
		.action = ZAP_MIGRATION,
		.folio = folio,
	};
	struct vm_area_struct *vma;
	unsigned long addr;

	vma = anon_page_area(&folio->page, &addr);
	if (!vma || !folio_mapped(folio))
		return -EAGAIN;
	zap_area(vma, addr, addr + PAGE_SIZE, &zap);
	return move_folio(vma, addr, folio);
}

long mm_migrate(unsigned long uva)
{
	struct folio *folio;
	long ret;

	mmap_read_lock(the_mm);
	folio = isolate(uva & PAGE_MASK, &ret);
	if (folio) {
		folio_lock(folio);
		ret = migrate_folio(folio);
		folio_unlock(folio);
		folio_put(folio);
	}
	mmap_read_unlock(the_mm);
	return ret;
}
