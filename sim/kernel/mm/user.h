/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The process's page table and areas, below the kernel's interfaces; for
 * sim/kernel/mm only.
 *
 * An entry changes in one step, as under the kernel's page table lock.
 *
 * Fidelity: EMULATED - the emulation's own interface.
 */
#ifndef PFNSIM_USER_H
#define PFNSIM_USER_H

#include <linux/mmu_notifier.h>

#include "frames.h"

/*
 *  bit 63 .. 4   3          2 .. 0
 *  pfn           writable   kind
 */
enum pte_kind {
	PTE_NONE,
	PTE_PRESENT,
	PTE_PROTNONE,  /* taken away for a while; still holds its reference */
	PTE_MIGRATION, /* its page is being moved; wait for the folio lock  */
	PTE_HWPOISON,  /* its page was lost; holds no reference             */
};

#define PTE_WRITE 8UL

typedef unsigned long user_pte;

static inline user_pte pte_make(unsigned long pfn, enum pte_kind kind,
				bool write)
{
	return pfn << 4 | (write ? PTE_WRITE : 0) | kind;
}

static inline enum pte_kind pte_kind(user_pte pte)
{
	return pte & 7;
}

static inline unsigned long pte_pfn(user_pte pte)
{
	return pte >> 4;
}

static inline user_pte pte_with_kind(user_pte pte, enum pte_kind kind)
{
	return (pte & ~7UL) | kind;
}

/* Whether hardware could use the entry. */
static inline bool pte_usable(user_pte pte, bool write)
{
	return pte_kind(pte) == PTE_PRESENT && (!write || pte & PTE_WRITE);
}

user_pte pte_load(const struct vm_area_struct *vma, unsigned long addr);
void pte_store(struct vm_area_struct *vma, unsigned long addr, user_pte pte);
/* The entry at @addr, PTE_NONE outside of all areas. */
user_pte pte_walk(struct mm_struct *mm, unsigned long addr);
/*
 * Installs @pfn where the entry still is @old, as one scheduling point.  The
 * caller's reference to the page becomes the entry's.  False: the entry had
 * changed, nothing was done.
 */
bool pte_install(struct vm_area_struct *vma, unsigned long addr, user_pte old,
		 user_pte new);
/* The page that an entry holds a reference to, or NULL. */
struct page *pte_page_held(user_pte pte);

/* What zapping does to the entries that it finds. */
enum zap_action {
	ZAP_DROP,      /* drop the reference; the default         */
	ZAP_PROTNONE,  /* keep page and reference                 */
	ZAP_MIGRATION, /* keep page and reference, make GUP wait  */
	ZAP_HWPOISON,  /* drop the reference, poison the entry    */
};

struct zap {
	enum mmu_notifier_event event;
	enum zap_action action;
	struct folio *folio; /* only this one; NULL: any */
};

/* Zaps [@start, @end) of one area. */
void zap_area(struct vm_area_struct *vma, unsigned long start,
	      unsigned long end, const struct zap *zap);
/* Zaps [@start, @end), which the areas on @areas (by mm_link) cover. */
void zap_areas(struct mm_struct *mm, struct list_head *areas,
	       unsigned long start, unsigned long end, const struct zap *zap);

/* The area and user address of an anonymous page, or NULL. */
struct vm_area_struct *anon_page_area(const struct page *page,
				      unsigned long *addr);

extern const struct vm_operations_struct device_vm_ops;

/* The process; NULL before mm_create() and after mm_exit(). */
extern struct mm_struct *the_mm;

#endif /* PFNSIM_USER_H */
