/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exchange operations on native threads; included by asm/cmpxchg.h.
 *
 * Fidelity: EMULATED - the processor's own.
 */
#ifndef PFNSIM_NATIVE_CMPXCHG_H
#define PFNSIM_NATIVE_CMPXCHG_H

#define __native_xchg(ptr, v, order)                                           \
	({                                                                     \
		__auto_type __xp = (ptr);                                      \
		__typeof__(*__xp) __xv = (v);                                  \
		__atomic_exchange_n(__xp, __xv, order);                        \
	})
#define __native_cmpxchg(ptr, old, new, order, failed)                         \
	({                                                                     \
		__auto_type __cp = (ptr);                                      \
		__typeof__(*__cp) __cw = (old), __cv = (new);                  \
		__atomic_compare_exchange_n(__cp, &__cw, __cv, false, order,   \
					    failed);                           \
		__cw;                                                          \
	})
#define __native_try_cmpxchg(ptr, oldp, new, order, failed)                    \
	({                                                                     \
		__auto_type __tp = (ptr);                                      \
		__typeof__(*__tp) __tv = (new);                                \
		__atomic_compare_exchange_n(__tp, oldp, __tv, false, order,    \
					    failed);                           \
	})

#define xchg(ptr, v) __native_xchg(ptr, v, __ATOMIC_SEQ_CST)
#define xchg_relaxed(ptr, v) __native_xchg(ptr, v, __ATOMIC_RELAXED)
#define xchg_acquire(ptr, v) __native_xchg(ptr, v, __ATOMIC_ACQUIRE)
#define xchg_release(ptr, v) __native_xchg(ptr, v, __ATOMIC_RELEASE)
#define cmpxchg(p, o, n)                                                       \
	__native_cmpxchg(p, o, n, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)
#define cmpxchg_relaxed(p, o, n)                                               \
	__native_cmpxchg(p, o, n, __ATOMIC_RELAXED, __ATOMIC_RELAXED)
#define cmpxchg_acquire(p, o, n)                                               \
	__native_cmpxchg(p, o, n, __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE)
#define cmpxchg_release(p, o, n)                                               \
	__native_cmpxchg(p, o, n, __ATOMIC_RELEASE, __ATOMIC_RELAXED)
#define try_cmpxchg(p, o, n)                                                   \
	__native_try_cmpxchg(p, o, n, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST)
#define cmpxchg64(p, o, n) cmpxchg(p, o, n)
#define try_cmpxchg64(p, o, n) try_cmpxchg(p, o, n)

#endif /* PFNSIM_NATIVE_CMPXCHG_H */
