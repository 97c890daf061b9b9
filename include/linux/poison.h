/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Values of invalid pointers and of freed memory.
 *
 * Fidelity: EMULATED - x86-64's values.
 */
#ifndef PFNSIM_LINUX_POISON_H
#define PFNSIM_LINUX_POISON_H

#define POISON_POINTER_DELTA 0xdead000000000000UL
#define LIST_POISON1 ((void *)(POISON_POINTER_DELTA + 0x100))
#define LIST_POISON2 ((void *)(POISON_POINTER_DELTA + 0x122))
#define POISON_INUSE 0x5a
#define POISON_FREE 0x6b
#define POISON_END 0xa5

#endif /* PFNSIM_LINUX_POISON_H */
