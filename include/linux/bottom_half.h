/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Switching soft interrupts off.
 *
 * Fidelity: EMULATED - counts as atomic context.
 */
#ifndef PFNSIM_LINUX_BOTTOM_HALF_H
#define PFNSIM_LINUX_BOTTOM_HALF_H

#include <linux/preempt.h>

#define local_bh_disable() sim_preempt_add(SOFTIRQ_OFFSET)
#define local_bh_enable() sim_preempt_sub(SOFTIRQ_OFFSET)

#endif /* PFNSIM_LINUX_BOTTOM_HALF_H */
