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
	return page->refs;
}

static inline int page_count(const struct page *page)
{
	return page->refs;
}

static inline int folio_ref_count(const struct folio *folio)
{
	return folio->refs;
}

#endif /* _LINUX_PAGE_REF_H */
