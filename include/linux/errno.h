/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Error numbers that never reach user space.
 *
 * Fidelity: EMULATED - the kernel's numbers.
 */
#ifndef PFNSIM_LINUX_ERRNO_H
#define PFNSIM_LINUX_ERRNO_H

#include <asm/errno.h>

enum {
	ERESTARTSYS = 512,
	ERESTARTNOINTR = 513,
	ENOIOCTLCMD = 515,
	EPROBE_DEFER = 517,
	ENOTSUPP = 524,
	EIOCBQUEUED = 529,
};

#endif /* PFNSIM_LINUX_ERRNO_H */
