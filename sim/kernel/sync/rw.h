/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What reader-writer spinlocks and semaphores have in common.  Private to
 * sim/kernel/sync.
 *
 * Fidelity: EMULATED - see rwlock.h and rwsem.h of include/linux.
 */
#ifndef PFNSIM_SYNC_RW_H
#define PFNSIM_SYNC_RW_H

#include "backend.h"

void rw_init(struct rw *rw, const char *name, struct lock_class_key *key);
__cold void rw_report_recursion(struct rw *rw, enum shim_call call);

/* Reports a reader that takes the lock again. */
static __always_inline void rw_check_recursion(struct rw *rw,
					       enum shim_call call)
{
	if (unlikely(rw_is_mine(rw)))
		rw_report_recursion(rw, call);
}

static __always_inline void rw_held_add(struct rw *rw, enum rw_how how,
					unsigned int spin)
{
	sync_held_add(&rw->dep_map,
		      (how == RW_WRITE ? HELD_WRITE : HELD_READ) | spin);
}

/* Takes the lock off the task's list; reports where it is not on it. */
static __always_inline bool rw_held_drop(struct rw *rw, enum shim_call call,
					 enum rw_how how)
{
	bool held = sync_held_drop(&rw->dep_map,
				   how == RW_WRITE ? HELD_WRITE : HELD_READ);

	if (unlikely(!held))
		sync_report_unlock(&rw->dep_map, call, rw_is_taken(rw, how));
	return held;
}

/* The effect of an unlock, or the report of its misuse. */
static __always_inline bool rw_drop(struct rw *rw, enum shim_call call,
				    enum rw_how how)
{
	bool held = rw_held_drop(rw, call, how);

	if (likely(held))
		rw_release(rw, how);
	return held;
}

#endif /* PFNSIM_SYNC_RW_H */
