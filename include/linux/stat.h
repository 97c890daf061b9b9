/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Modes and attributes of files.
 *
 * Fidelity: EMULATED - the numbers are the interface's; struct kstat has only
 * what generic_fillattr() sets here.
 */
#ifndef _LINUX_STAT_H
#define _LINUX_STAT_H

#include <linux/types.h>

#define S_IFMT 0170000
#define S_IFREG 0100000
#define S_IFCHR 0020000
#define S_IFDIR 0040000

#define S_ISREG(mode) (((mode)&S_IFMT) == S_IFREG)

#define S_IRUSR 0400
#define S_IWUSR 0200
#define S_IXUSR 0100
#define S_IRUGO 0444
#define S_IWUGO 0222

struct kstat {
	umode_t mode;
	loff_t size;
};

#endif /* _LINUX_STAT_H */
