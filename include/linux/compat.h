/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 32-bit system calls.
 *
 * Fidelity: EMULATED - no task is ever a 32-bit one.
 */
#ifndef _LINUX_COMPAT_H
#define _LINUX_COMPAT_H

#include <linux/types.h>

static inline bool is_compat_task(void)
{
	return false;
}

static inline bool in_compat_syscall(void)
{
	return false;
}

#endif /* _LINUX_COMPAT_H */
