/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What reader-writer spinlocks and semaphores have in common: a writer, a set
 * of readers, and who may join them.  Private to sim/kernel/sync.
 *
 * Fidelity: EMULATED - no fairness, see rwlock.h of include/linux.
 */
#ifndef PFNSIM_SYNC_RW_H
#define PFNSIM_SYNC_RW_H

#include <linux/rwlock_types.h>
#include <linux/rwsem.h>
#include <linux/stddef.h>
#include <linux/stddef.h>
#include "state.h"

/* Both lock types have these fields in this order. */
struct rw {
	struct lockdep_map dep_map;
	unsigned char writer;
	unsigned int readers;
};
_Static_assert(offsetof(struct rw, writer) == offsetof(rwlock_t, writer) &&
		       offsetof(struct rw, readers) ==
			       offsetof(rwlock_t, readers) &&
		       offsetof(struct rw, writer) ==
			       offsetof(struct rw_semaphore, writer) &&
		       offsetof(struct rw, readers) ==
			       offsetof(struct rw_semaphore, readers),
	       "a lock type does not start as struct rw");

static inline struct rw *rw_of_sem(struct rw_semaphore *sem)
{
	return (struct rw *)sem;
}

static inline struct rw *rw_of_lock(rwlock_t *lock)
{
	return (struct rw *)lock;
}

void rw_init(struct rw *rw, const char *name, struct lock_class_key *key);
extern const struct host_lock rw_read_kind, rw_write_kind;
__cold void rw_report_recursion(struct rw *rw, enum shim_call call);
/* The effect of an unlock, or the report of its misuse. */
bool rw_drop_read(struct rw *rw, enum shim_call call);
bool rw_drop_write(struct rw *rw, enum shim_call call);

static __always_inline void rw_lock(struct rw *rw, enum shim_call call,
				    const struct host_lock *kind)
{
	host_lock(call, rw, rw->dep_map.name, kind);
}

static __always_inline bool rw_try(struct rw *rw, enum shim_call call,
				   const struct host_lock *kind)
{
	return host_try(call, rw, rw->dep_map.name, kind);
}

static __always_inline void rw_take_read(struct rw *rw, unsigned int spin)
{
	rw->readers |= 1U << host_task;
	sync_held_add(&rw->dep_map, HELD_READ | spin);
}

static __always_inline void rw_take_write(struct rw *rw, unsigned int spin)
{
	rw->writer = host_task + 1;
	sync_held_add(&rw->dep_map, HELD_WRITE | spin);
}

static inline void rw_check_recursion(struct rw *rw, enum shim_call call)
{
	if (unlikely(rw->readers >> host_task & 1))
		rw_report_recursion(rw, call);
}

#endif /* PFNSIM_SYNC_RW_H */
