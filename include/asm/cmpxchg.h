/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exchange operations on plain variables.
 *
 * Fidelity: EMULATED - scheduling points; sequentially consistent.  On native
 * threads they are real.
 */
#ifndef PFNSIM_ASM_CMPXCHG_H
#define PFNSIM_ASM_CMPXCHG_H

#include <linux/compiler.h>
#include <linux/types.h>

#ifdef PFNSIM_NATIVE
#include <pfnsim/native/cmpxchg.h>
#else

#ifdef PFNSIM_LIB
#define __atomic_point_enter(p) ((void)(p))
#define __atomic_point_leave(p) ((void)(p))
#else
void sim_atomic_enter(const volatile void *v);
void sim_atomic_leave(const volatile void *v);
#define __atomic_point_enter(p) sim_atomic_enter(p)
#define __atomic_point_leave(p) sim_atomic_leave(p)
#endif

#define xchg(ptr, v)                                                           \
	({                                                                     \
		__auto_type __xp = (ptr);                                      \
		__typeof__(*__xp) __xv = (v), __xo;                            \
		__atomic_point_enter(__xp);                                    \
		__xo = *__xp;                                                  \
		*__xp = __xv;                                                  \
		__atomic_point_leave(__xp);                                    \
		__xo;                                                          \
	})
#define cmpxchg(ptr, old, new)                                                 \
	({                                                                     \
		__auto_type __cp = (ptr);                                      \
		__typeof__(*__cp) __cw = (old), __cv = (new), __co;            \
		__atomic_point_enter(__cp);                                    \
		__co = *__cp;                                                  \
		if (__co == __cw)                                              \
			*__cp = __cv;                                          \
		__atomic_point_leave(__cp);                                    \
		__co;                                                          \
	})
#define try_cmpxchg(ptr, oldp, new)                                            \
	({                                                                     \
		__typeof__(*(ptr)) *__op = (oldp), __ow = *__op, __on;         \
		__on = cmpxchg(ptr, __ow, new);                                \
		if (__on != __ow)                                              \
			*__op = __on;                                          \
		__on == __ow;                                                  \
	})
#define xchg_relaxed(ptr, v) xchg(ptr, v)
#define xchg_acquire(ptr, v) xchg(ptr, v)
#define xchg_release(ptr, v) xchg(ptr, v)
#define cmpxchg_relaxed(p, o, n) cmpxchg(p, o, n)
#define cmpxchg_acquire(p, o, n) cmpxchg(p, o, n)
#define cmpxchg_release(p, o, n) cmpxchg(p, o, n)
#define cmpxchg64(p, o, n) cmpxchg(p, o, n)
#define try_cmpxchg64(p, o, n) try_cmpxchg(p, o, n)

#endif

#endif /* PFNSIM_ASM_CMPXCHG_H */
