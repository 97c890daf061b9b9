/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Fidelity: EMULATED - a kernel without transparent huge pages.
 */
#ifndef _LINUX_HUGE_MM_H
#define _LINUX_HUGE_MM_H

#include <linux/mm_types.h>

#define HPAGE_PMD_SHIFT PMD_SHIFT
#define HPAGE_PMD_SIZE PMD_SIZE
#define HPAGE_PMD_ORDER (PMD_SHIFT - PAGE_SHIFT)
#define HPAGE_PMD_NR (1 << HPAGE_PMD_ORDER)

static inline bool thp_disabled_by_hw(void)
{
	return true;
}

#endif /* _LINUX_HUGE_MM_H */
