/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What reader-writer spinlocks and semaphores have in common on native threads.
 *
 * state counts the readers, or is RW_WRITER.  Whoever waits counts itself in
 * waiters and sleeps on releases.
 *
 * Fidelity: EMULATED - a reader queues behind writers that wait, as in queued
 * rwlocks and rwsems, but in an interrupt; among writers nobody is first.
 */
#ifndef PFNSIM_NATIVE_RW_H
#define PFNSIM_NATIVE_RW_H

#include <linux/rwlock_types.h>
#include <linux/rwsem.h>
#include <linux/stddef.h>
#include "../sync/state.h"

#define RW_WRITER 0x80000000U

/* Both lock types have these fields in this order. */
struct rw {
	struct lockdep_map dep_map;
	lock_owner_t writer;
	unsigned int state, waiters, writers, releases;
};
_Static_assert(sizeof(struct rw) == sizeof(rwlock_t) &&
		       sizeof(struct rw) == sizeof(struct rw_semaphore) &&
		       offsetof(struct rw, state) ==
			       offsetof(rwlock_t, state) &&
		       offsetof(struct rw, state) ==
			       offsetof(struct rw_semaphore, state),
	       "a lock type is not as struct rw");

void rw_init(struct rw *rw, const char *name, struct lock_class_key *key);
/* @queue: behind writers that wait. */
bool rw_try_read(struct rw *rw, bool queue);
bool rw_try_write(struct rw *rw);
void rw_read(struct rw *rw, enum shim_call call, bool queue);
void rw_write(struct rw *rw, enum shim_call call);
/* These look whether the task has the lock, and report where it has not. */
bool rw_drop_read(struct rw *rw, enum shim_call call);
bool rw_drop_write(struct rw *rw, enum shim_call call);
/* From a writer to a reader. */
void rw_downgrade(struct rw *rw);
/* Reports a reader that takes the lock again. */
void rw_check_recursion(struct rw *rw, enum shim_call call);

#endif /* PFNSIM_NATIVE_RW_H */
