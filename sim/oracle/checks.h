/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The host's own oracles: is the page of a cache the right one, and is
 * everything given back at the end?  What the shim sees by itself (locks,
 * references, poison) it reports through the border.
 */
#ifndef PFNSIM_ORACLE_CHECKS_H
#define PFNSIM_ORACLE_CHECKS_H

#include "kernel.h"
#include "loader.h"
#include "vm_model.h"

/*
 * Checks the page behind @khva, which a user of @cache is about to touch after
 * a successful check: reports V_STALE_PAGE where it is not the page that the
 * guest has now.  @cache_name is for the report.  Returns the page's pfn, or
 * HOST_NO_PFN where no mapping is known.
 */
unsigned long check_access(const struct vm_model *model,
			   const struct kernel_desc *kernel, unsigned int cache,
			   const char *cache_name, unsigned long khva);

/*
 * At the end of an execution, no operation under way: a cache that would pass
 * its check must hold the right page.
 */
void check_cache_at_end(const struct vm_model *model,
			const struct kernel_desc *kernel, unsigned int cache,
			const char *cache_name);

/* Invalidation counters must be back at zero. */
void check_balance(const struct kernel_desc *kernel, int vm_fd);

/*
 * After everything was closed: reports V_LEAK for each counter that is above
 * @before, the counters of the machine before the VM was made.
 */
void check_leaks(const struct kernel_desc *kernel,
		 const unsigned long before[NR_COUNTERS]);

/* "P3" for page frames, "D0" for device pages, "no page"; static storage of 4. */
const char *page_name(unsigned long pfn);

#endif /* PFNSIM_ORACLE_CHECKS_H */
