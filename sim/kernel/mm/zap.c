// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page table entries of the process, and taking them away.
 *
 * Fidelity: EMULATED - the order is that of mm/memory.c: zap_page_range_single()
 * and unmap_vmas() call the notifiers' start, clear entries, gather the pages,
 * call end.  The gathered pages may be freed before end (tlb_flush_mmu(), when
 * the batch is full) or after it (tlb_finish_mmu()); here they always go before
 * end, the earlier and more demanding choice.  There is no TLB.
 */
#include <linux/mmu_notifier.h>
#include <linux/rmap.h>

#include "user.h"

/* Pages that are gathered before they are freed. */
#define BATCH 32

struct gather {
	const struct zap *zap;
	struct vm_area_struct *vma;
	unsigned int nr;
	struct page *pages[BATCH];
};

/* ---- Entries ---------------------------------------------------------- */

static unsigned long pte_index(const struct vm_area_struct *vma,
			       unsigned long addr)
{
	return (addr - vma->page_table->base) >> PAGE_SHIFT;
}

user_pte pte_load(const struct vm_area_struct *vma, unsigned long addr)
{
	return page_tree_load(&vma->page_table->entries, pte_index(vma, addr));
}

void pte_store(struct vm_area_struct *vma, unsigned long addr, user_pte pte)
{
	page_tree_store(&vma->page_table->entries, pte_index(vma, addr), pte);
}

user_pte pte_walk(struct mm_struct *mm, unsigned long addr)
{
	const struct vm_area_struct *vma = vma_lookup(mm, addr);

	return vma ? pte_load(vma, addr) : PTE_NONE;
}

struct page *pte_page_held(user_pte pte)
{
	switch (pte_kind(pte)) {
	case PTE_PRESENT:
	case PTE_PROTNONE:
	case PTE_MIGRATION:
		return pfn_valid(pte_pfn(pte)) ? pfn_to_page(pte_pfn(pte)) :
						 NULL;
	default:
		return NULL;
	}
}

/* Entries of the zero page and of device memory count no references. */
static bool pte_counts(const struct vm_area_struct *vma, user_pte pte)
{
	return !(vma->vm_flags & VM_PFNMAP) && !is_zero_pfn(pte_pfn(pte)) &&
	       pte_page_held(pte);
}

bool pte_install(struct vm_area_struct *vma, unsigned long addr, user_pte old,
		 user_pte new)
{
	bool done;

	host_enter(CALL_SET_PTE, vma->vm_mm, NULL);
	done = pte_load(vma, addr) == old;
	if (done) {
		if (pte_counts(vma, new) && pte_pfn(new) != pte_pfn(old)) {
			pte_page_held(new)->mapcount++;
			page_refs_give(pte_page_held(new));
		}
		pte_store(vma, addr, new);
		host_note(NOTE_PTE_SET, pte_pfn(new), addr, NULL);
	}
	host_leave(CALL_SET_PTE, vma->vm_mm, NULL);
	return done;
}

/* ---- Zapping ---------------------------------------------------------- */

/* What becomes of @pte; @drop says whether its reference goes. */
static user_pte zapped_pte(const struct zap *zap, user_pte pte, bool *drop)
{
	*drop = false;
	switch (zap->action) {
	case ZAP_PROTNONE:
		return pte_kind(pte) == PTE_PRESENT ?
			       pte_with_kind(pte, PTE_PROTNONE) :
			       pte;
	case ZAP_MIGRATION:
		return pte_with_kind(pte, PTE_MIGRATION);
	case ZAP_HWPOISON:
		*drop = true;
		return pte_with_kind(pte, PTE_HWPOISON);
	default:
		*drop = true;
		return PTE_NONE;
	}
}

/* Whether the zap is about @pte at all. */
static bool zap_concerns(const struct zap *zap, user_pte pte)
{
	if (!zap->folio)
		return pte_kind(pte) != PTE_NONE;
	return pte_page_held(pte) == &zap->folio->page;
}

static void clear_entry(struct gather *gather, unsigned long addr)
{
	struct vm_area_struct *vma = gather->vma;
	user_pte pte, new;
	bool drop;

	host_enter(CALL_ZAP_PTE, vma->vm_mm, NULL);
	pte = pte_load(vma, addr);
	if (zap_concerns(gather->zap, pte)) {
		new = zapped_pte(gather->zap, pte, &drop);
		pte_store(vma, addr, new);
		if (pte_kind(pte) == PTE_PRESENT && new != pte)
			host_note(NOTE_PTE_CLEAR, pte_pfn(pte), addr, NULL);
		if (drop && pte_counts(vma, pte)) {
			pte_page_held(pte)->mapcount--;
			gather->pages[gather->nr++] = pte_page_held(pte);
		}
	}
	host_leave(CALL_ZAP_PTE, vma->vm_mm, NULL);
}

static void free_gathered(struct gather *gather)
{
	unsigned int i;

	for (i = 0; i < gather->nr; i++)
		put_page(gather->pages[i]);
	gather->nr = 0;
}

static void clear_area(struct gather *gather, unsigned long start,
		       unsigned long end)
{
	struct vm_area_struct *vma = gather->vma;
	unsigned long index = pte_index(vma, start);
	unsigned long last = pte_index(vma, end - 1);

	for (; page_tree_next(&vma->page_table->entries, &index, last);
	     index++) {
		clear_entry(gather,
			    vma->page_table->base + (index << PAGE_SHIFT));
		if (gather->nr == BATCH)
			free_gathered(gather);
	}
}

/*
 * The one place that holds the order of an invalidation: start, clear, free,
 * end.  @areas links the areas in the range by mm_link; NULL for one, @vma.
 */
static void zap_range(struct mm_struct *mm, struct list_head *areas,
		      struct vm_area_struct *vma, unsigned long start,
		      unsigned long end, const struct zap *zap)
{
	struct gather gather = { .zap = zap };
	struct mmu_notifier_range range;

	mmu_notifier_range_init(&range, zap->event, 0, mm, start, end);
	mmu_notifier_invalidate_range_start(&range);
	if (vma) {
		gather.vma = vma;
		clear_area(&gather, start, end);
	} else {
		list_for_each_entry(gather.vma, areas, mm_link)
			clear_area(&gather, max(start, gather.vma->vm_start),
				   min(end, gather.vma->vm_end));
	}
	free_gathered(&gather);
	mmu_notifier_invalidate_range_end(&range);
}

void zap_area(struct vm_area_struct *vma, unsigned long start,
	      unsigned long end, const struct zap *zap)
{
	zap_range(vma->vm_mm, NULL, vma, start, end, zap);
}

void zap_areas(struct mm_struct *mm, struct list_head *areas,
	       unsigned long start, unsigned long end, const struct zap *zap)
{
	zap_range(mm, areas, NULL, start, end, zap);
}

void zap_vma_ptes(struct vm_area_struct *vma, unsigned long address,
		  unsigned long size)
{
	zap_area(vma, address, address + size,
		 &(struct zap){ .event = MMU_NOTIFY_CLEAR });
}
