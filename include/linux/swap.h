/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fidelity: EMULATED - page ageing only: there is no reclaim and no swap.
 */
#ifndef _LINUX_SWAP_H
#define _LINUX_SWAP_H

#include <linux/mm.h>
#include <linux/pagemap.h>

static inline void mark_page_accessed(struct page *page)
{
	folio_mark_accessed(page_folio(page));
}

static inline void folio_add_lru(struct folio *folio)
{
	folio_set_lru(folio);
}

#endif /* _LINUX_SWAP_H */
