/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Chains of callbacks on events of the machine.
 *
 * Fidelity: STUB - the machine neither suspends nor reboots, so that only the
 * type is needed.
 */
#ifndef _LINUX_NOTIFIER_H
#define _LINUX_NOTIFIER_H

#include <linux/srcu.h>

struct notifier_block;

typedef int (*notifier_fn_t)(struct notifier_block *nb, unsigned long action,
			     void *data);

struct notifier_block {
	notifier_fn_t notifier_call;
	struct notifier_block *next;
	int priority;
};

#endif /* _LINUX_NOTIFIER_H */
