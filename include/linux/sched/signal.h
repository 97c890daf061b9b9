/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Signals.
 *
 * Fidelity: STUB - no signal is ever sent to a task, see sched.h.
 */
#ifndef PFNSIM_LINUX_SCHED_SIGNAL_H
#define PFNSIM_LINUX_SCHED_SIGNAL_H

#include <linux/sched.h>

#endif /* PFNSIM_LINUX_SCHED_SIGNAL_H */
