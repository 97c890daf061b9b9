/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Integer logarithms.
 *
 * Fidelity: EMULATED - same results as the kernel's.
 */
#ifndef PFNSIM_LINUX_LOG2_H
#define PFNSIM_LINUX_LOG2_H

#include <linux/bitops.h>
#include <linux/types.h>

#define ilog2(n)                                                               \
	(__builtin_constant_p(n) ? ((n) < 2 ? 0 : 63 - __builtin_clzll(n)) :   \
				   (int)fls64(n) - 1)

static __always_inline bool is_power_of_2(unsigned long n)
{
	return n && !(n & (n - 1));
}

static inline unsigned long __roundup_pow_of_two(unsigned long n)
{
	return 1UL << fls_long(n - 1);
}

#define roundup_pow_of_two(n) __roundup_pow_of_two(n)
#define rounddown_pow_of_two(n) (1UL << (fls_long(n) - 1))
#define order_base_2(n) ((n) > 1 ? ilog2((n)-1) + 1 : 0)

#endif /* PFNSIM_LINUX_LOG2_H */
