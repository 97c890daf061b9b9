/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interrupt context.
 *
 * Fidelity: EMULATED - only RCU callbacks run in interrupt context.
 */
#ifndef PFNSIM_LINUX_HARDIRQ_H
#define PFNSIM_LINUX_HARDIRQ_H

#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>

#endif /* PFNSIM_LINUX_HARDIRQ_H */
