/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Modes of fallocate().
 *
 * Fidelity: REAL - the numbers of the interface.
 */
#ifndef _LINUX_FALLOC_H
#define _LINUX_FALLOC_H

#define FALLOC_FL_KEEP_SIZE 0x01
#define FALLOC_FL_PUNCH_HOLE 0x02
#define FALLOC_FL_NO_HIDE_STALE 0x04
#define FALLOC_FL_COLLAPSE_RANGE 0x08
#define FALLOC_FL_ZERO_RANGE 0x10

#endif /* _LINUX_FALLOC_H */
