/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Isolated CPUs.
 *
 * Fidelity: STUB - there are none.
 */
#ifndef PFNSIM_LINUX_SCHED_ISOLATION_H
#define PFNSIM_LINUX_SCHED_ISOLATION_H

#include <linux/cpumask.h>

#endif /* PFNSIM_LINUX_SCHED_ISOLATION_H */
