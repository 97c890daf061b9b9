/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Literal suffixes that C and assembly share.
 *
 * Fidelity: EMULATED - same values as the kernel's.
 */
#ifndef PFNSIM_LINUX_CONST_H
#define PFNSIM_LINUX_CONST_H

#define __PFNSIM_PASTE(x, y) (x##y)
#define _AC(x, suffix) __PFNSIM_PASTE(x, suffix)
#define _AT(type, x) ((type)(x))
#define _UL(x) _AC(x, UL)
#define _ULL(x) _AC(x, ULL)
#define UL(x) _UL(x)
#define ULL(x) _ULL(x)
#define _BITUL(n) (_UL(1) << (n))
#define _BITULL(n) (_ULL(1) << (n))

#define __ALIGN_KERNEL_MASK(x, m) (((x) + (m)) & ~(m))
#define __ALIGN_KERNEL(x, a) __ALIGN_KERNEL_MASK(x, (__typeof__(x))(a)-1)
#define __KERNEL_DIV_ROUND_UP(n, d) (((n) + (d)-1) / (d))
#define const_true(x) __builtin_choose_expr(__builtin_constant_p(x), x, 0)
#define __is_constexpr(x)                                                      \
	(sizeof(int) == sizeof(*(8 ? ((void *)((long)(x)*0L)) : (int *)8)))

#endif /* PFNSIM_LINUX_CONST_H */
