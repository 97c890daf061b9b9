/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Counters of memory management.
 *
 * Fidelity: STUB - nobody reads them; VIEW_COUNTERS has this machine's own.
 */
#ifndef _LINUX_VMSTAT_H
#define _LINUX_VMSTAT_H

enum node_stat_item { NR_SECONDARY_PAGETABLE };

#define mod_lruvec_page_state(page, item, nr)                                  \
	do {                                                                   \
	} while (0)

#endif /* _LINUX_VMSTAT_H */
