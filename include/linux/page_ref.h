/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Counting of references to pages.
 *
 * Fidelity: EMULATED - see linux/mm.h for get and put.
 */
#ifndef _LINUX_PAGE_REF_H
#define _LINUX_PAGE_REF_H

#include <linux/mm_types.h>
#include <linux/page-flags.h>

static inline int page_ref_count(const struct page *page)
{
	unsigned long held = READ_ONCE(page->held_all);

	return (held & 0xffff) + (held >> 16 & 0xffff) + (held >> 32 & 0xffff) +
	       (held >> 48);
}

static inline int page_count(const struct page *page)
{
	return page_ref_count(page);
}

static inline int folio_ref_count(const struct folio *folio)
{
	return page_ref_count(&folio->page);
}

#endif /* _LINUX_PAGE_REF_H */
