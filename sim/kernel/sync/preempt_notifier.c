// SPDX-License-Identifier: GPL-2.0-only
/*
 * Preemption notifiers of vCPUs.
 *
 * Fidelity: STUB - counts nothing. The count only switches on a branch of the
 * scheduler that calls notifiers of running vCPUs, and no vCPU is ever made.
 */
#include <linux/preempt.h>

void preempt_notifier_inc(void)
{
}

void preempt_notifier_dec(void)
{
}
