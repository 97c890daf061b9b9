/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rounding and divisions.
 *
 * Fidelity: EMULATED - same results as the kernel's.
 */
#ifndef PFNSIM_LINUX_MATH_H
#define PFNSIM_LINUX_MATH_H

#include <linux/const.h>
#include <linux/types.h>

#define __round_mask(x, y) ((__typeof__(x))((y)-1))
#define round_up(x, y) ((((x)-1) | __round_mask(x, y)) + 1)
#define round_down(x, y) ((x) & ~__round_mask(x, y))
#define DIV_ROUND_UP(n, d) __KERNEL_DIV_ROUND_UP(n, d)
#define DIV_ROUND_UP_ULL(n, d) DIV_ROUND_UP((unsigned long long)(n), d)
#define DIV_ROUND_DOWN_ULL(n, d) ((unsigned long long)(n) / (d))
#define DIV_ROUND_CLOSEST(n, d) (((n) + (d) / 2) / (d))
#define roundup(x, y) (DIV_ROUND_UP(x, y) * (y))
#define rounddown(x, y) ((x) - (x) % (y))
#define mult_frac(x, n, d) ((x) / (d) * (n) + (x) % (d) * (n) / (d))
#define abs(x)                                                                 \
	({                                                                     \
		__typeof__(x) __abs = (x);                                     \
		__abs < 0 ? -__abs : __abs;                                    \
	})
#define abs_diff(a, b) ((a) > (b) ? (a) - (b) : (b) - (a))

#endif /* PFNSIM_LINUX_MATH_H */
