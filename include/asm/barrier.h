/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Memory barriers.
 *
 * Each one is a scheduling point, and nothing more: tasks run one at a time, so
 * that memory is sequentially consistent.
 *
 * Fidelity: EMULATED - stronger than the kernel's model: a missing barrier is not
 * found here.  On native threads they are the processor's.
 */
#ifndef PFNSIM_ASM_BARRIER_H
#define PFNSIM_ASM_BARRIER_H

#include <linux/compiler.h>

/*
 * Out of line, so that code under test needs no header of the border.  With
 * PFNSIM_LIB the primitive is part of a library function that is one step.
 */
void sim_smp_mb(void);
void sim_smp_rmb(void);
void sim_smp_wmb(void);

#if defined(PFNSIM_NATIVE)
#define smp_mb() __atomic_thread_fence(__ATOMIC_SEQ_CST)
#define smp_rmb() __atomic_thread_fence(__ATOMIC_ACQUIRE)
#define smp_wmb() __atomic_thread_fence(__ATOMIC_RELEASE)
#elif defined(PFNSIM_LIB)
#define smp_mb() barrier()
#define smp_rmb() barrier()
#define smp_wmb() barrier()
#else
#define smp_mb() sim_smp_mb()
#define smp_rmb() sim_smp_rmb()
#define smp_wmb() sim_smp_wmb()
#endif
#define mb() smp_mb()
#define rmb() smp_rmb()
#define wmb() smp_wmb()
#define smp_mb__before_atomic() smp_mb()
#define smp_mb__after_atomic() smp_mb()
#define smp_mb__after_spinlock() barrier()
#define smp_mb__after_unlock_lock() barrier()
#define smp_mb__after_srcu_read_unlock() barrier()
#define smp_mb__after_srcu_read_lock() barrier()
#define smp_acquire__after_ctrl_dep() barrier()

#ifdef PFNSIM_NATIVE
#define smp_store_release(p, v)                                                \
	do {                                                                   \
		__typeof__(*(p)) __stored = (v);                               \
		__atomic_store_n(p, __stored, __ATOMIC_RELEASE);               \
	} while (0)
#define smp_load_acquire(p) __atomic_load_n(p, __ATOMIC_ACQUIRE)
#else
#define smp_store_release(p, v)                                                \
	do {                                                                   \
		barrier();                                                     \
		WRITE_ONCE(*(p), v);                                           \
	} while (0)
#define smp_load_acquire(p)                                                    \
	({                                                                     \
		__typeof__(*(p)) __loaded = READ_ONCE(*(p));                   \
		barrier();                                                     \
		__loaded;                                                      \
	})
#endif
#define smp_store_mb(var, v)                                                   \
	do {                                                                   \
		WRITE_ONCE(var, v);                                            \
		smp_mb();                                                      \
	} while (0)

#endif /* PFNSIM_ASM_BARRIER_H */
