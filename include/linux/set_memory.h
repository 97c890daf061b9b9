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
int set_direct_map_invalid_noflush(struct page *page);
int set_direct_map_default_noflush(struct page *page);
int set_direct_map_valid_noflush(struct page *page, unsigned int nr,
				 bool valid);
bool kernel_page_present(struct page *page);

static inline bool can_set_direct_map(void)
{
	return true;
}

#endif /* _LINUX_SET_MEMORY_H */
