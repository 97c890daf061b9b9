/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The primitives on the deterministic engine; see sync/backend.h, which includes
 * this file.  Nobody else runs between two points, so that words are plain.
 *
 * Fidelity: EMULATED - sequentially consistent; no fairness: who is chosen among
 * those that wait goes on.
 */
#ifndef PFNSIM_ENGINE_BACKEND_H
#define PFNSIM_ENGINE_BACKEND_H

#include <linux/compiler.h>

/* ---- Words -------------------------------------------------------------- */

#define word_load(p) READ_ONCE(*(p))
#define word_store(p, v) WRITE_ONCE(*(p), v)
#define word_change(p, old, v)                                                 \
	({                                                                     \
		(void)(old);                                                   \
		WRITE_ONCE(*(p), v);                                           \
		true;                                                          \
	})
#define word_add(p, v)                                                         \
	({                                                                     \
		__typeof__(p) __word = (p);                                    \
                                                                               \
		WRITE_ONCE(*__word, READ_ONCE(*__word) + (v));                 \
		*__word;                                                       \
	})

static inline _Bool word_is_ready(const void *arg)
{
	const struct word_wait *wait = arg;

	return (READ_ONCE(*wait->word) == wait->value) == wait->equal;
}

static inline int word_owner(const void *arg)
{
	return -1;
}

static __always_inline void word_wait(const struct word_wait *wait)
{
	if (!word_is_ready(wait))
		host_block(&(struct host_wait){ .call = wait->call,
						.obj = wait->obj,
						.name = wait->name,
						.arg = wait,
						.ready = word_is_ready,
						.owner = word_owner });
}

static __always_inline void word_wake(const unsigned int *word)
{
}

static __always_inline void word_fence(void)
{
}

static __always_inline void sync_acquire(const volatile void *obj)
{
}

static __always_inline void sync_release(const volatile void *obj)
{
}

static __always_inline void sync_guard(void)
{
}

static __always_inline void sync_unguard(void)
{
}

static __always_inline void sync_yield(void)
{
	host_enter(CALL_SCHEDULE, NULL, NULL);
	host_leave(CALL_SCHEDULE, NULL, NULL);
}

/* ---- Locks of one owner ------------------------------------------------- */

extern const struct host_lock owned_kind;

static __always_inline void owned_acquire_quiet(struct owned *lock,
						enum shim_call call)
{
	lock->owner = host_task + 1;
}

static __always_inline void owned_acquire(struct owned *lock,
					  enum shim_call call)
{
	host_lock(call, lock, lock->dep_map.name, &owned_kind);
	lock->owner = host_task + 1;
}

static __always_inline bool owned_try(struct owned *lock, enum shim_call call)
{
	bool free = host_try(call, lock, lock->dep_map.name, &owned_kind);

	if (free)
		lock->owner = host_task + 1;
	return free;
}

static __always_inline void owned_release(struct owned *lock)
{
	lock->owner = 0;
}

static __always_inline bool owned_is_taken(const struct owned *lock)
{
	return lock->owner;
}

/* ---- Locks of readers or a writer ---------------------------------------- */

extern const struct host_lock rw_kind[2]; /* by enum rw_how */

static __always_inline void rw_take(struct rw *rw, enum rw_how how)
{
	if (how == RW_WRITE)
		rw->writer = host_task + 1;
	else
		rw->readers |= 1U << host_task;
}

static __always_inline void rw_acquire(struct rw *rw, enum shim_call call,
				       enum rw_how how, bool queue)
{
	host_lock(call, rw, rw->dep_map.name, &rw_kind[how]);
	rw_take(rw, how);
}

static __always_inline bool rw_try(struct rw *rw, enum shim_call call,
				   enum rw_how how, bool queue)
{
	bool free = host_try(call, rw, rw->dep_map.name, &rw_kind[how]);

	if (free)
		rw_take(rw, how);
	return free;
}

/* A task may be a reader several times. */
static __always_inline void rw_release(struct rw *rw, enum rw_how how)
{
	if (how == RW_WRITE)
		rw->writer = 0;
	else if (!sim_lock_held(&rw->dep_map, LOCKDEP_READ))
		rw->readers &= ~(1U << host_task);
}

static __always_inline void rw_downgrade(struct rw *rw)
{
	rw->writer = 0;
	rw->readers |= 1U << host_task;
}

static __always_inline bool rw_is_taken(const struct rw *rw, enum rw_how how)
{
	return how == RW_WRITE ? rw->writer : rw->readers;
}

static __always_inline bool rw_is_mine(const struct rw *rw)
{
	return rw->readers >> host_task & 1;
}

/* ---- Readers of RCU ------------------------------------------------------ */

/* Grace periods that were asked for so far. */
extern unsigned int sync_periods;

static __always_inline void sync_reader_begin(struct sync_task *t)
{
	if (!sync_is_atomic(t))
		t->reader_since = sync_periods;
}

static __always_inline void sync_reader_end(struct sync_task *t)
{
}

static __always_inline void rcu_section_begins(void)
{
}

static __always_inline void rcu_section_ends(void)
{
}

#endif /* PFNSIM_ENGINE_BACKEND_H */
