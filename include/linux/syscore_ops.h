/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Callbacks of suspend, resume and shutdown.
 *
 * Fidelity: STUB - the machine does none of them.
 */
#ifndef _LINUX_SYSCORE_OPS_H
#define _LINUX_SYSCORE_OPS_H

#include <linux/list.h>

struct syscore_ops {
	int (*suspend)(void);
	void (*resume)(void);
	void (*shutdown)(void);
};

#endif /* _LINUX_SYSCORE_OPS_H */
