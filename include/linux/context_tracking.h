/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Accounting of time spent in user space and in guests.
 *
 * Fidelity: STUB - there is no time, and no vCPU enters a guest.
 * guest_state_enter_irqoff() and its relatives are kvm_host.h's own.
 */
#ifndef _LINUX_CONTEXT_TRACKING_H
#define _LINUX_CONTEXT_TRACKING_H

#include <linux/types.h>

static inline bool context_tracking_guest_enter(void)
{
	return false;
}

static inline bool context_tracking_guest_exit(void)
{
	return false;
}

static inline void vtime_account_guest_enter(void)
{
}

static inline void vtime_account_guest_exit(void)
{
}

#endif /* _LINUX_CONTEXT_TRACKING_H */
