/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Branch hints, compiler barriers, READ_ONCE() and WRITE_ONCE().
 *
 * Marked accesses are plain volatile accesses and no scheduling points; a build
 * with access hooks sees them as what they are.
 *
 * Fidelity: EMULATED - data_race() tells a search what is meant to race; the KCSAN
 * assertions are no-ops: exclusive access is not checked.
 */
#ifndef PFNSIM_LINUX_COMPILER_H
#define PFNSIM_LINUX_COMPILER_H

#include <linux/compiler_types.h>

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)
#define likely_notrace(x) likely(x)
#define unlikely_notrace(x) unlikely(x)
#define unreachable() __builtin_unreachable()
#define barrier() __asm__ __volatile__("" : : : "memory")
#define barrier_data(p) __asm__ __volatile__("" : : "r"(p) : "memory")
#define OPTIMIZER_HIDE_VAR(v) __asm__("" : "=r"(v) : "0"(v))
#define RELOC_HIDE(p, off) ((__typeof__(p))((unsigned long)(p) + (off)))
#define absolute_pointer(v) RELOC_HIDE((void *)(v), 0)
#define __UNIQUE_ID(prefix) __PASTE(__PASTE(pfnsim_##prefix, _), __COUNTER__)
#define __ADDRESSABLE(sym)
#define annotate_unreachable()
#ifdef PFNSIM_HOOKED_CODE
void sim_data_race(int change);
#define data_race(expr)                                                        \
	({                                                                     \
		sim_data_race(1);                                              \
		__typeof__(({ expr; })) __dr = ({ expr; });                    \
		sim_data_race(-1);                                             \
		__dr;                                                          \
	})
#else
#define data_race(expr) ({ expr; })
#endif
#define __data_racy
#define ASSERT_EXCLUSIVE_WRITER(v) ((void)0)
#define ASSERT_EXCLUSIVE_ACCESS(v) ((void)0)
#define ASSERT_EXCLUSIVE_BITS(v, m) ((void)0)
#define prevent_tail_call_optimization() barrier()
#define is_signed_type(t) (((t)(-1)) < (t)1)
#define is_unsigned_type(t) (!is_signed_type(t))
#define statically_true(x) (__builtin_constant_p(x) && (x))
#define __is_array(a) (!__same_type((a), &(a)[0]))
#define __must_be_array(a)                                                     \
	(sizeof(struct { int array_expected : __is_array(a) ? 1 : -1; }) * 0)
#define __must_be_cstr(p) 0

#define __compiletime_check(cond, msg, fn)                                     \
	do {                                                                   \
		__attribute__((__error__(msg))) extern void fn(void);          \
		if (!(cond))                                                   \
			fn();                                                  \
	} while (0)
#define compiletime_assert(cond, msg)                                          \
	__compiletime_check(cond, msg, __UNIQUE_ID(compiletime_assert))
#define compiletime_assert_rwonce_type(t) ((void)0)

#include <asm/rwonce.h>

#endif /* PFNSIM_LINUX_COMPILER_H */
