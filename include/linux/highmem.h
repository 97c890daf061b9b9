/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Temporary kernel mappings of pages, and access to a page's contents.
 *
 * kmap() gives the page's alias, kunmap() ends what one kmap() began: it takes
 * the page, not the address.  The addresses cannot be dereferenced.
 *
 * Fidelity: EMULATED - as mm/highmem.c with CONFIG_HIGHMEM: while a page is
 * mapped, every kmap() of it returns the same, counted address; the last
 * kunmap() ends the address for good.  Stricter than x86-64, where kunmap()
 * does nothing.  As on x86-64 an access needs the page to be in the direct map.
 */
#ifndef _LINUX_HIGHMEM_H
#define _LINUX_HIGHMEM_H

#include <linux/mm.h>
#include <linux/uaccess.h>

/* Never fails; may sleep. */
void *kmap(struct page *page);
void kunmap(struct page *page);
void *kmap_local_page(struct page *page);
void *kmap_local_folio(struct folio *folio, size_t offset);
void *kmap_local_pfn(unsigned long pfn);
void kunmap_local(const void *addr);

void clear_page(void *addr);
void clear_highpage(struct page *page);
void copy_highpage(struct page *to, struct page *from);
void memcpy_from_page(char *to, struct page *page, size_t offset, size_t len);
void memcpy_to_page(struct page *page, size_t offset, const char *from,
		    size_t len);
void memzero_page(struct page *page, size_t offset, size_t len);

static inline void clear_user_highpage(struct page *page, unsigned long uva)
{
	clear_highpage(page);
}

static inline void folio_zero_range(struct folio *folio, size_t start,
				    size_t len)
{
	memzero_page(&folio->page, start, len);
}

static inline void folio_zero_segment(struct folio *folio, size_t start,
				      size_t end)
{
	memzero_page(&folio->page, start, end - start);
}

static inline void flush_dcache_page(struct page *page)
{
}

static inline void flush_dcache_folio(struct folio *folio)
{
}

#endif /* _LINUX_HIGHMEM_H */
