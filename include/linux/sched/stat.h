/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Counts of tasks.
 *
 * Fidelity: STUB - nothing depends on them.
 */
#ifndef PFNSIM_LINUX_SCHED_STAT_H
#define PFNSIM_LINUX_SCHED_STAT_H

#include <linux/types.h>

#endif /* PFNSIM_LINUX_SCHED_STAT_H */
