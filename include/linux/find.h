/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Searches in bitmaps.
 *
 * Every search returns the size where no bit is found.
 *
 * Fidelity: EMULATED - same results as the kernel's.
 */
#ifndef PFNSIM_LINUX_FIND_H
#define PFNSIM_LINUX_FIND_H

#include <linux/types.h>

unsigned long find_next_bit(const unsigned long *addr, unsigned long size,
			    unsigned long start);
unsigned long find_next_zero_bit(const unsigned long *addr, unsigned long size,
				 unsigned long start);
unsigned long find_last_bit(const unsigned long *addr, unsigned long size);
#define find_first_bit(addr, size) find_next_bit(addr, size, 0)
#define find_first_zero_bit(addr, size) find_next_zero_bit(addr, size, 0)
#define find_next_bit_le(addr, size, start)                                    \
	find_next_bit((const unsigned long *)(addr), size, start)

#endif /* PFNSIM_LINUX_FIND_H */
