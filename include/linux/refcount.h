/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reference counts that saturate.
 *
 * Every change is a scheduling point, and every misuse a violation.
 *
 * Fidelity: EMULATED - saturates where the kernel does; sequentially consistent.
 */
#ifndef PFNSIM_LINUX_REFCOUNT_H
#define PFNSIM_LINUX_REFCOUNT_H

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/limits.h>
#include <linux/mutex.h>
#include <linux/spinlock_types.h>
#include <linux/types.h>

#define REFCOUNT_INIT(n)                                                       \
	{                                                                      \
		.refs = ATOMIC_INIT(n)                                         \
	}
#define REFCOUNT_MAX INT_MAX
#define REFCOUNT_SATURATED (INT_MIN / 2)

/* The name of an operand, for a person: without a leading &. */
#define __OPERAND_NAME(text) (*(text) == '&' ? (text) + 1 : (text))

void sim_refcount_add(int i, refcount_t *r, const char *name);
bool sim_refcount_add_not_zero(int i, refcount_t *r, const char *name);
bool sim_refcount_sub_and_test(int i, refcount_t *r, const char *name);
void sim_refcount_dec(refcount_t *r, const char *name);
bool sim_refcount_dec_if_one(refcount_t *r, const char *name);
bool sim_refcount_dec_not_one(refcount_t *r, const char *name);
bool sim_refcount_dec_and_mutex_lock(refcount_t *r, struct mutex *lock,
				     const char *name);
bool sim_refcount_dec_and_lock(refcount_t *r, spinlock_t *lock,
			       const char *name);

static inline void refcount_set(refcount_t *r, int n)
{
	atomic_set(&r->refs, n);
}

static inline unsigned int refcount_read(const refcount_t *r)
{
	return atomic_read(&r->refs);
}

#define refcount_add(i, r) sim_refcount_add(i, r, __OPERAND_NAME(#r))
#define refcount_inc(r) sim_refcount_add(1, r, __OPERAND_NAME(#r))
#define refcount_add_not_zero(i, r)                                            \
	sim_refcount_add_not_zero(i, r, __OPERAND_NAME(#r))
#define refcount_inc_not_zero(r)                                               \
	sim_refcount_add_not_zero(1, r, __OPERAND_NAME(#r))
#define refcount_sub_and_test(i, r)                                            \
	sim_refcount_sub_and_test(i, r, __OPERAND_NAME(#r))
#define refcount_dec_and_test(r)                                               \
	sim_refcount_sub_and_test(1, r, __OPERAND_NAME(#r))
#define refcount_dec(r) sim_refcount_dec(r, __OPERAND_NAME(#r))
#define refcount_dec_if_one(r) sim_refcount_dec_if_one(r, __OPERAND_NAME(#r))
#define refcount_dec_not_one(r) sim_refcount_dec_not_one(r, __OPERAND_NAME(#r))
#define refcount_dec_and_mutex_lock(r, lock)                                   \
	sim_refcount_dec_and_mutex_lock(r, lock, __OPERAND_NAME(#r))
#define refcount_dec_and_lock(r, lock)                                         \
	sim_refcount_dec_and_lock(r, lock, __OPERAND_NAME(#r))

#endif /* PFNSIM_LINUX_REFCOUNT_H */
