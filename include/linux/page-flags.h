/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Flags of a page.
 *
 * Fidelity: EMULATED - the kernel's names over this machine's own bit numbers.
 * PG_no_direct_map stands for the missing entry in the direct map.  Setting a
 * flag is no scheduling point; PG_locked has functions of its own.
 */
#ifndef _LINUX_PAGE_FLAGS_H
#define _LINUX_PAGE_FLAGS_H

#include <linux/mm_types.h>
#include <pfnsim/atomically.h>

/* A byte each for what different tasks change at the same time. */
enum pageflags {
	PG_locked,
	PG_referenced = 8,
	PG_dirty,
	PG_active,
	PG_uptodate = 16,
	PG_lru,
	PG_reserved,
	PG_private,
	PG_swapbacked,
	PG_unevictable,
	PG_mlocked,
	PG_anon,
	PG_writeback = 24,
	PG_hwpoison = 32,
	PG_no_direct_map = 40,
	__NR_PAGEFLAGS,
};

#define page_folio(page) ((struct folio *)(page))
#define folio_page(folio, n) (&(folio)->page + (n))

/* Of a word with the lowest byte first, the byte that holds @bit. */
#define __page_flag_byte(flags, bit) (((unsigned char *)(flags))[(bit) / 8])
#define __page_flag_mask(bit) (1U << (bit) % 8)

static __always_inline bool page_flag_test(const unsigned long *flags,
					   unsigned int bit)
{
	return read_atomically(&__page_flag_byte(flags, bit)) &
	       __page_flag_mask(bit);
}

static __always_inline void page_flag_set(unsigned long *flags,
					  unsigned int bit)
{
	set_atomically(&__page_flag_byte(flags, bit), __page_flag_mask(bit));
}

static __always_inline void page_flag_clear(unsigned long *flags,
					    unsigned int bit)
{
	clear_atomically(&__page_flag_byte(flags, bit), __page_flag_mask(bit));
}

#define PFNSIM_PAGE_FLAG(Name, name, bit)                                      \
	static inline bool folio_test_##name(const struct folio *folio)        \
	{                                                                      \
		return page_flag_test(&folio->flags, bit);                     \
	}                                                                      \
	static inline void folio_set_##name(struct folio *folio)               \
	{                                                                      \
		page_flag_set(&folio->flags, bit);                             \
	}                                                                      \
	static inline void folio_clear_##name(struct folio *folio)             \
	{                                                                      \
		page_flag_clear(&folio->flags, bit);                           \
	}                                                                      \
	static inline int Page##Name(const struct page *page)                  \
	{                                                                      \
		return page_flag_test(&page->flags, bit);                      \
	}                                                                      \
	static inline void SetPage##Name(struct page *page)                    \
	{                                                                      \
		page_flag_set(&page->flags, bit);                              \
	}                                                                      \
	static inline void ClearPage##Name(struct page *page)                  \
	{                                                                      \
		page_flag_clear(&page->flags, bit);                            \
	}                                                                      \
	static inline int TestSetPage##Name(struct page *page)                 \
	{                                                                      \
		int old = Page##Name(page);                                    \
                                                                               \
		SetPage##Name(page);                                           \
		return old;                                                    \
	}

PFNSIM_PAGE_FLAG(Locked, locked, PG_locked)
PFNSIM_PAGE_FLAG(Writeback, writeback, PG_writeback)
PFNSIM_PAGE_FLAG(Referenced, referenced, PG_referenced)
PFNSIM_PAGE_FLAG(Uptodate, uptodate, PG_uptodate)
PFNSIM_PAGE_FLAG(Dirty, dirty, PG_dirty)
PFNSIM_PAGE_FLAG(LRU, lru, PG_lru)
PFNSIM_PAGE_FLAG(Active, active, PG_active)
PFNSIM_PAGE_FLAG(Reserved, reserved, PG_reserved)
PFNSIM_PAGE_FLAG(Private, private, PG_private)
PFNSIM_PAGE_FLAG(SwapBacked, swapbacked, PG_swapbacked)
PFNSIM_PAGE_FLAG(Unevictable, unevictable, PG_unevictable)
PFNSIM_PAGE_FLAG(Mlocked, mlocked, PG_mlocked)
PFNSIM_PAGE_FLAG(HWPoison, hwpoison, PG_hwpoison)
PFNSIM_PAGE_FLAG(Anon, anon, PG_anon)
PFNSIM_PAGE_FLAG(NoDirectMap, no_direct_map, PG_no_direct_map)

static inline void folio_mark_uptodate(struct folio *folio)
{
	folio_set_uptodate(folio);
}

static inline bool folio_test_large(const struct folio *folio)
{
	return false;
}

static inline int PageTail(const struct page *page)
{
	return 0;
}

static inline int PageCompound(const struct page *page)
{
	return 0;
}

#define compound_head(page) (page)

#endif /* _LINUX_PAGE_FLAGS_H */
