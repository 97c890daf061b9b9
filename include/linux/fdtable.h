/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file descriptor table as its owner sees it.
 *
 * Fidelity: EMULATED - see linux/file.h.
 */
#ifndef _LINUX_FDTABLE_H
#define _LINUX_FDTABLE_H

#include <linux/file.h>

/* Takes @fd out of the table and drops its reference: 0 or -EBADF. */
int close_fd(unsigned int fd);

#endif /* _LINUX_FDTABLE_H */
