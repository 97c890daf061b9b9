/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Atomic integers on native threads; included by linux/atomic.h.
 *
 * Fidelity: EMULATED - the processor's own operations, each with the order that
 * its name promises: none where nothing is returned, full where something is.
 */
#ifndef PFNSIM_NATIVE_ATOMIC_H
#define PFNSIM_NATIVE_ATOMIC_H

#define __NATIVE_VOID(p, atomic, type, op, builtin)                            \
	static __always_inline void p##_##op(type i, atomic *v)                \
	{                                                                      \
		builtin(&v->counter, i, __ATOMIC_RELAXED);                     \
	}

#define __NATIVE_FETCH(p, atomic, type, op, builtin, sfx, order)               \
	static __always_inline type p##_fetch_##op##sfx(type i, atomic *v)     \
	{                                                                      \
		return builtin(&v->counter, i, order);                         \
	}

/* What returns something, in one order. */
#define __NATIVE_ORDERED(p, atomic, type, sfx, order, failed)                  \
	__NATIVE_FETCH(p, atomic, type, add, __atomic_fetch_add, sfx, order)   \
	__NATIVE_FETCH(p, atomic, type, sub, __atomic_fetch_sub, sfx, order)   \
	__NATIVE_FETCH(p, atomic, type, or, __atomic_fetch_or, sfx, order)     \
	__NATIVE_FETCH(p, atomic, type, and, __atomic_fetch_and, sfx, order)   \
	static __always_inline type p##_fetch_andnot##sfx(type i, atomic *v)   \
	{                                                                      \
		return __atomic_fetch_and(&v->counter, ~i, order);             \
	}                                                                      \
	static __always_inline type p##_add_return##sfx(type i, atomic *v)     \
	{                                                                      \
		return __atomic_add_fetch(&v->counter, i, order);              \
	}                                                                      \
	static __always_inline type p##_sub_return##sfx(type i, atomic *v)     \
	{                                                                      \
		return __atomic_sub_fetch(&v->counter, i, order);              \
	}                                                                      \
	static __always_inline type p##_inc_return##sfx(atomic *v)             \
	{                                                                      \
		return p##_add_return##sfx(1, v);                              \
	}                                                                      \
	static __always_inline type p##_dec_return##sfx(atomic *v)             \
	{                                                                      \
		return p##_sub_return##sfx(1, v);                              \
	}                                                                      \
	static __always_inline type p##_fetch_inc##sfx(atomic *v)              \
	{                                                                      \
		return p##_fetch_add##sfx(1, v);                               \
	}                                                                      \
	static __always_inline type p##_fetch_dec##sfx(atomic *v)              \
	{                                                                      \
		return p##_fetch_sub##sfx(1, v);                               \
	}                                                                      \
	static __always_inline type p##_xchg##sfx(atomic *v, type i)           \
	{                                                                      \
		return __atomic_exchange_n(&v->counter, i, order);             \
	}                                                                      \
	static __always_inline bool p##_try_cmpxchg##sfx(atomic *v,            \
							 type *want, type i)   \
	{                                                                      \
		return __atomic_compare_exchange_n(&v->counter, want, i,       \
						   false, order, failed);      \
	}                                                                      \
	static __always_inline type p##_cmpxchg##sfx(atomic *v, type want,     \
						     type i)                   \
	{                                                                      \
		p##_try_cmpxchg##sfx(v, &want, i);                             \
		return want;                                                   \
	}

/* What looks before it changes: returns the value before. */
#define __NATIVE_LOOP(p, atomic, type, name, params, stays, new)               \
	static __always_inline type name params                                \
	{                                                                      \
		type old = p##_read(v);                                        \
                                                                               \
		while (!(stays) && !p##_try_cmpxchg(v, &old, new))             \
			;                                                      \
		return old;                                                    \
	}

#define __ATOMIC_FAMILY(p, atomic, type)                                       \
	static __always_inline type p##_read(const atomic *v)                  \
	{                                                                      \
		return __atomic_load_n(&v->counter, __ATOMIC_RELAXED);         \
	}                                                                      \
	static __always_inline type p##_read_acquire(const atomic *v)          \
	{                                                                      \
		return __atomic_load_n(&v->counter, __ATOMIC_ACQUIRE);         \
	}                                                                      \
	static __always_inline void p##_set(atomic *v, type i)                 \
	{                                                                      \
		__atomic_store_n(&v->counter, i, __ATOMIC_RELAXED);            \
	}                                                                      \
	static __always_inline void p##_set_release(atomic *v, type i)         \
	{                                                                      \
		__atomic_store_n(&v->counter, i, __ATOMIC_RELEASE);            \
	}                                                                      \
	__NATIVE_VOID(p, atomic, type, add, __atomic_fetch_add)                \
	__NATIVE_VOID(p, atomic, type, sub, __atomic_fetch_sub)                \
	__NATIVE_VOID(p, atomic, type, or, __atomic_fetch_or)                  \
	__NATIVE_VOID(p, atomic, type, and, __atomic_fetch_and)                \
	static __always_inline void p##_andnot(type i, atomic *v)              \
	{                                                                      \
		p##_and(~i, v);                                                \
	}                                                                      \
	static __always_inline void p##_inc(atomic *v)                         \
	{                                                                      \
		p##_add(1, v);                                                 \
	}                                                                      \
	static __always_inline void p##_dec(atomic *v)                         \
	{                                                                      \
		p##_sub(1, v);                                                 \
	}                                                                      \
	__NATIVE_ORDERED(p, atomic, type, , __ATOMIC_SEQ_CST,                  \
			 __ATOMIC_SEQ_CST)                                     \
	__NATIVE_ORDERED(p, atomic, type, _relaxed, __ATOMIC_RELAXED,          \
			 __ATOMIC_RELAXED)                                     \
	__NATIVE_ORDERED(p, atomic, type, _acquire, __ATOMIC_ACQUIRE,          \
			 __ATOMIC_ACQUIRE)                                     \
	__NATIVE_ORDERED(p, atomic, type, _release, __ATOMIC_RELEASE,          \
			 __ATOMIC_RELAXED)                                     \
	__NATIVE_LOOP(p, atomic, type, p##_fetch_add_unless,                   \
		      (atomic * v, type i, type unless), old == unless,        \
		      old + i)                                                 \
	__NATIVE_LOOP(p, atomic, type, p##_fetch_dec_positive, (atomic * v),   \
		      old <= 0, old - 1)                                       \
	static __always_inline type p##_dec_if_positive(atomic *v)             \
	{                                                                      \
		return p##_fetch_dec_positive(v) - 1;                          \
	}                                                                      \
	static __always_inline bool p##_inc_and_test(atomic *v)                \
	{                                                                      \
		return p##_inc_return(v) == 0;                                 \
	}                                                                      \
	static __always_inline bool p##_dec_and_test(atomic *v)                \
	{                                                                      \
		return p##_dec_return(v) == 0;                                 \
	}                                                                      \
	static __always_inline bool p##_sub_and_test(type i, atomic *v)        \
	{                                                                      \
		return p##_sub_return(i, v) == 0;                              \
	}                                                                      \
	static __always_inline bool p##_add_negative(type i, atomic *v)        \
	{                                                                      \
		return p##_add_return(i, v) < 0;                               \
	}                                                                      \
	static __always_inline bool p##_add_unless(atomic *v, type i,          \
						   type unless)                \
	{                                                                      \
		return p##_fetch_add_unless(v, i, unless) != unless;           \
	}                                                                      \
	static __always_inline bool p##_inc_not_zero(atomic *v)                \
	{                                                                      \
		return p##_add_unless(v, 1, 0);                                \
	}

__ATOMIC_FAMILY(atomic, atomic_t, int)
__ATOMIC_FAMILY(atomic_long, atomic_long_t, long)
__ATOMIC_FAMILY(atomic64, atomic64_t, s64)

#endif /* PFNSIM_NATIVE_ATOMIC_H */
