/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Allocation of page frames.
 *
 * A page is returned with one reference, which belongs to the caller.
 * __get_free_page() gives memory that can be dereferenced; it has no struct
 * page here.
 *
 * Fidelity: EMULATED - order 0 only, any other order traps.  Frames come in a
 * fixed order or last freed first; without __GFP_ZERO they hold poison.
 */
#ifndef _LINUX_GFP_H
#define _LINUX_GFP_H

#include <linux/gfp_types.h>
#include <asm/page.h>

struct folio;
struct page;

/* NULL where no frame is left or the scenario makes "alloc_page" fail. */
struct page *alloc_pages(gfp_t gfp, unsigned int order);
void __free_pages(struct page *page, unsigned int order);
struct folio *folio_alloc(gfp_t gfp, unsigned int order);

#define alloc_page(gfp) alloc_pages(gfp, 0)
#define alloc_pages_node(node, gfp, order)                                     \
	((void)(node), alloc_pages(gfp, order))
#define __free_page(page) __free_pages(page, 0)

/* A page of the heap as a number, or 0. */
unsigned long __get_free_pages(gfp_t gfp, unsigned int order);
unsigned long get_zeroed_page(gfp_t gfp);
void free_pages(unsigned long addr, unsigned int order);

#define __get_free_page(gfp) __get_free_pages(gfp, 0)
#define free_page(addr) free_pages(addr, 0)

static inline bool gfpflags_allow_blocking(gfp_t gfp)
{
	return gfp & __GFP_DIRECT_RECLAIM;
}

#endif /* _LINUX_GFP_H */
