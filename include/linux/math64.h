/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * 64-bit arithmetic.
 *
 * Fidelity: EMULATED - plain C on a 64-bit machine.
 */
#ifndef PFNSIM_LINUX_MATH64_H
#define PFNSIM_LINUX_MATH64_H

#include <linux/math.h>
#include <linux/types.h>

#define do_div(n, base)                                                        \
	({                                                                     \
		u32 __rem = (n) % (u32)(base);                                 \
		(n) /= (u32)(base);                                            \
		__rem;                                                         \
	})
#define div64_u64(n, d) ((u64)(n) / (u64)(d))
#define div64_s64(n, d) ((s64)(n) / (s64)(d))
#define div_u64(n, d) ((u64)(n) / (u32)(d))
#define div_s64(n, d) ((s64)(n) / (s32)(d))
#define div64_ul(n, d) ((unsigned long)(n) / (d))

static inline u64 mul_u64_u64_shr(u64 a, u64 b, unsigned int shift)
{
	return (u64)((u128)a * b >> shift);
}

#endif /* PFNSIM_LINUX_MATH64_H */
