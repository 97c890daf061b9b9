/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Taking pages out of the direct map and putting them back.
 *
 * Fidelity: EMULATED - one bit per page.  A page may be taken out twice; a page
 * that is freed while it is out is a V_LEAK.  Stricter than the kernel: without
 * a TLB the change takes effect at once.
 */
#ifndef _LINUX_SET_MEMORY_H
#define _LINUX_SET_MEMORY_H

#include <linux/types.h>

struct page;

/* 0, or -ENOMEM where "direct_map" is made to fail. */
int pfnsim_direct_map_set(struct page *page, unsigned int nr, bool valid);
bool kernel_page_present(struct page *page);

/* A page or, in series under review, its address in the direct map. */
#define pfnsim_direct_map_page(where)                                          \
	_Generic((where), struct page *                                        \
		 : (where), default                                            \
		 : virt_to_page((const void *)(where)))
#define set_direct_map_invalid_noflush(where)                                  \
	pfnsim_direct_map_set(pfnsim_direct_map_page(where), 1, false)
#define set_direct_map_default_noflush(where)                                  \
	pfnsim_direct_map_set(pfnsim_direct_map_page(where), 1, true)
#define set_direct_map_valid_noflush(where, nr, valid)                         \
	pfnsim_direct_map_set(pfnsim_direct_map_page(where), nr, valid)

/*
 * Of series under review: 0 or a negative errno.  Some do not look at what
 * folio_restore_direct_map() returns.
 */
struct folio;
int folio_zap_direct_map(struct folio *folio);
int folio_restore_direct_map(struct folio *folio);

static inline bool can_set_direct_map(void)
{
	return true;
}

#endif /* _LINUX_SET_MEMORY_H */
