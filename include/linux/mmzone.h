/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fidelity: EMULATED - one zone of ordinary memory; there are no ZONE_DEVICE
 * pages and no NUMA nodes.
 */
#ifndef _LINUX_MMZONE_H
#define _LINUX_MMZONE_H

#include <linux/page-flags.h>

#define MAX_PAGE_ORDER 10

static inline bool is_zone_device_page(const struct page *page)
{
	return false;
}

static inline bool folio_is_zone_device(const struct folio *folio)
{
	return false;
}

static inline int page_to_nid(const struct page *page)
{
	return 0;
}

static inline int folio_nid(const struct folio *folio)
{
	return 0;
}

#endif /* _LINUX_MMZONE_H */
