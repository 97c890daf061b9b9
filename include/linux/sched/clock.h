/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Scheduler clock.
 *
 * Fidelity: STUB - there is no time.
 */
#ifndef PFNSIM_LINUX_SCHED_CLOCK_H
#define PFNSIM_LINUX_SCHED_CLOCK_H

#include <linux/types.h>

static inline u64 local_clock(void)
{
	return 0;
}
#define sched_clock() local_clock()

#endif /* PFNSIM_LINUX_SCHED_CLOCK_H */
