/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Atomic integers.
 *
 * Read-modify-write operations are scheduling points; atomic_read() and
 * atomic_set() are not, as READ_ONCE() and WRITE_ONCE() are not.
 *
 * Fidelity: EMULATED - sequentially consistent: relaxed, acquire and release
 * forms are as strong as the full ones.  On native threads they are real.
 */
#ifndef PFNSIM_LINUX_ATOMIC_H
#define PFNSIM_LINUX_ATOMIC_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/cmpxchg.h>

#ifdef PFNSIM_NATIVE
#include <pfnsim/native/atomic.h>
#else

/* One operation: @body sees v->counter and the value before it, old. */
#define __ATOMIC_OP(type, ret, name, params, body)                             \
	static __always_inline ret name params                                 \
	{                                                                      \
		type old;                                                      \
                                                                               \
		__atomic_point_enter(v);                                       \
		old = v->counter;                                              \
		body;                                                          \
		__atomic_point_leave(v);                                       \
		return (ret)old;                                               \
	}

#define __ATOMIC_VOID(type, name, params, expr)                                \
	static __always_inline void name params                                \
	{                                                                      \
		__atomic_point_enter(v);                                       \
		v->counter = (expr);                                           \
		__atomic_point_leave(v);                                       \
	}

#define __ATOMIC_FAMILY(p, atomic, type)                                       \
	static __always_inline type p##_read(const atomic *v)                  \
	{                                                                      \
		return READ_ONCE(v->counter);                                  \
	}                                                                      \
	static __always_inline void p##_set(atomic *v, type i)                 \
	{                                                                      \
		WRITE_ONCE(v->counter, i);                                     \
	}                                                                      \
	__ATOMIC_VOID(type, p##_add, (type i, atomic * v), v->counter + i)     \
	__ATOMIC_VOID(type, p##_sub, (type i, atomic * v), v->counter - i)     \
	__ATOMIC_VOID(type, p##_or, (type i, atomic * v), v->counter | i)      \
	__ATOMIC_VOID(type, p##_and, (type i, atomic * v), v->counter &i)      \
	__ATOMIC_VOID(type, p##_andnot, (type i, atomic * v), v->counter & ~i) \
	__ATOMIC_VOID(type, p##_inc, (atomic * v), v->counter + 1)             \
	__ATOMIC_VOID(type, p##_dec, (atomic * v), v->counter - 1)             \
	__ATOMIC_OP(type, type, p##_fetch_add, (type i, atomic * v),           \
		    v->counter = old + i)                                      \
	__ATOMIC_OP(type, type, p##_fetch_or, (type i, atomic * v),            \
		    v->counter = old | i)                                      \
	__ATOMIC_OP(type, type, p##_fetch_and, (type i, atomic * v),           \
		    v->counter = old & i)                                      \
	__ATOMIC_OP(type, type, p##_fetch_andnot, (type i, atomic * v),        \
		    v->counter = old & ~i)                                     \
	__ATOMIC_OP(type, type, p##_xchg, (atomic * v, type i),                \
		    v->counter = i)                                            \
	__ATOMIC_OP(type, type, p##_cmpxchg, (atomic * v, type want, type i),  \
		    if (old == want) v->counter = i)                           \
	__ATOMIC_OP(type, type, p##_fetch_add_unless,                          \
		    (atomic * v, type i, type unless),                         \
		    if (old != unless) v->counter = old + i)                   \
	__ATOMIC_OP(type, type, p##_fetch_dec_positive, (atomic * v),          \
		    if (old > 0) v->counter = old - 1)                         \
	static __always_inline type p##_add_return(type i, atomic *v)          \
	{                                                                      \
		return p##_fetch_add(i, v) + i;                                \
	}                                                                      \
	static __always_inline bool p##_try_cmpxchg(atomic *v, type *want,     \
						    type i)                    \
	{                                                                      \
		type was = *want;                                              \
                                                                               \
		*want = p##_cmpxchg(v, was, i);                                \
		return *want == was;                                           \
	}                                                                      \
	static __always_inline type p##_dec_if_positive(atomic *v)             \
	{                                                                      \
		return p##_fetch_dec_positive(v) - 1;                          \
	}

__ATOMIC_FAMILY(atomic, atomic_t, int)
__ATOMIC_FAMILY(atomic_long, atomic_long_t, long)
__ATOMIC_FAMILY(atomic64, atomic64_t, s64)

#include <linux/atomic/derived.h>

#endif

#endif /* PFNSIM_LINUX_ATOMIC_H */
