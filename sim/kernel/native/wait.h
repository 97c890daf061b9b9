/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Waiting on a word, for the primitives of this folder.
 *
 * Fidelity: EMULATED - waiters sleep in the host's kernel where a kernel's would
 * spin.
 */
#ifndef PFNSIM_NATIVE_WAIT_H
#define PFNSIM_NATIVE_WAIT_H

#include <linux/limits.h>
#include <linux/types.h>
#include <border.h>

#define load_relaxed(p) __atomic_load_n(p, __ATOMIC_RELAXED)
#define load_full(p) __atomic_load_n(p, __ATOMIC_SEQ_CST)
#define store_release(p, v) __atomic_store_n(p, v, __ATOMIC_RELEASE)
#define add_full(p, v) __atomic_add_fetch(p, v, __ATOMIC_SEQ_CST)

/* Sets *@word from *@old to @new; else *@old becomes what is there. */
static __always_inline bool try_change(unsigned int *word, unsigned int *old,
				       unsigned int new)
{
	return __atomic_compare_exchange_n(word, old, new, false,
					   __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

static inline void wake_one(const unsigned int *word)
{
	host_futex_wake(word, 1);
}

static inline void wake_everyone(const unsigned int *word)
{
	host_futex_wake(word, INT_MAX);
}

#endif /* PFNSIM_NATIVE_WAIT_H */
