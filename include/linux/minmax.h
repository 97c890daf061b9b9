/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Minimum, maximum, clamp, swap.
 *
 * Fidelity: EMULATED - same results as the kernel's; the check that both
 * arguments have one signedness is left to the compiler's warnings.
 */
#ifndef PFNSIM_LINUX_MINMAX_H
#define PFNSIM_LINUX_MINMAX_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/const.h>
#include <linux/types.h>

#define __pick(op, a, b, x, y)                                                 \
	({                                                                     \
		__auto_type x = (a);                                           \
		__auto_type y = (b);                                           \
		x op y ? x : y;                                                \
	})
#define min(a, b) __pick(<, a, b, __UNIQUE_ID(min_a), __UNIQUE_ID(min_b))
#define max(a, b) __pick(>, a, b, __UNIQUE_ID(max_a), __UNIQUE_ID(max_b))
#define min_t(type, a, b) min((type)(a), (type)(b))
#define max_t(type, a, b) max((type)(a), (type)(b))
#define umin(a, b) min((a) + 0UL, (b) + 0UL)
#define umax(a, b) max((a) + 0UL, (b) + 0UL)
#define min3(a, b, c) min(min(a, b), c)
#define max3(a, b, c) max(max(a, b), c)
#define min_not_zero(a, b)                                                     \
	({                                                                     \
		__auto_type __a = (a);                                         \
		__auto_type __b = (b);                                         \
		!__a ? __b : !__b ? __a : min(__a, __b);                       \
	})
#define clamp(v, lo, hi) min((__typeof__(v))max(v, lo), hi)
#define clamp_t(type, v, lo, hi) clamp((type)(v), (type)(lo), (type)(hi))
#define clamp_val(v, lo, hi) clamp_t(__typeof__(v), v, lo, hi)
#define MIN(a, b) ((a) < (b) ? (a) : (b))
#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define MIN_T(type, a, b) MIN((type)(a), (type)(b))
#define MAX_T(type, a, b) MAX((type)(a), (type)(b))
#define swap(a, b)                                                             \
	do {                                                                   \
		__typeof__(a) __swap = (a);                                    \
		(a) = (b);                                                     \
		(b) = __swap;                                                  \
	} while (0)

static inline bool in_range64(u64 value, u64 start, u64 len)
{
	return value - start < len;
}
#define in_range(value, start, len) in_range64(value, start, len)

#endif /* PFNSIM_LINUX_MINMAX_H */
