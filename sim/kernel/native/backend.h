/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The primitives on native threads; see sync/backend.h, which includes this file.
 *
 * Fidelity: EMULATED - waiters sleep in the host's kernel where a kernel's would
 * spin; whoever comes first after a release of a lock of one owner has it.
 */
#ifndef PFNSIM_NATIVE_BACKEND_H
#define PFNSIM_NATIVE_BACKEND_H

#include <linux/compiler.h>
#include <linux/limits.h>

/* ---- Words -------------------------------------------------------------- */

#define word_load(p) __atomic_load_n(p, __ATOMIC_SEQ_CST)
#define word_store(p, v) __atomic_store_n(p, v, __ATOMIC_SEQ_CST)
#define word_change(p, old, v)                                                 \
	__atomic_compare_exchange_n(p, old, v, false, __ATOMIC_SEQ_CST,        \
				    __ATOMIC_SEQ_CST)
#define word_add(p, v) __atomic_add_fetch(p, v, __ATOMIC_SEQ_CST)

static __always_inline void word_wait(const struct word_wait *wait)
{
	unsigned int depth = host_wait_begin(wait->call, wait->obj, wait->name);
	unsigned int seen;

	while (seen = word_load(wait->word),
	       (seen == wait->value) != wait->equal)
		host_futex_wait(wait->word, seen);
	host_wait_end(depth);
}

static __always_inline void word_wake(const unsigned int *word)
{
	host_futex_wake(word, INT_MAX);
}

static __always_inline void word_fence(void)
{
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static __always_inline void sync_acquire(const volatile void *obj)
{
	host_acquire(obj);
}

static __always_inline void sync_release(const volatile void *obj)
{
	host_release(obj);
}

static __always_inline void sync_guard(void)
{
	host_machine_enter();
}

static __always_inline void sync_unguard(void)
{
	host_machine_exit();
}

static __always_inline void sync_yield(void)
{
	unsigned int depth = host_machine_leave();

	host_relax();
	host_machine_resume(depth);
}

/* ---- Locks of one owner ------------------------------------------------- */

/* Set in the owner's word where others may sleep on it. */
#define OWNED_WAITERS 0x80000000U

bool native_try(unsigned int *owner);
/* @call and @map are for who looks at a task that waits. */
void native_take(unsigned int *owner, enum shim_call call,
		 const struct lockdep_map *map);
void native_release(unsigned int *owner);

static __always_inline void owned_acquire_quiet(struct owned *lock,
						enum shim_call call)
{
	native_take(&lock->owner, call, &lock->dep_map);
}

static __always_inline void owned_acquire(struct owned *lock,
					  enum shim_call call)
{
	host_enter(call, lock, lock->dep_map.name);
	native_take(&lock->owner, call, &lock->dep_map);
}

static __always_inline bool owned_try(struct owned *lock, enum shim_call call)
{
	host_enter(call, lock, lock->dep_map.name);
	return native_try(&lock->owner);
}

static __always_inline void owned_release(struct owned *lock)
{
	native_release(&lock->owner);
}

static __always_inline bool owned_is_taken(const struct owned *lock)
{
	return READ_ONCE(lock->owner);
}

/* ---- Locks of readers or a writer ---------------------------------------- */

/* In rw.state in place of the number of readers. */
#define RW_WRITER 0x80000000U

bool native_rw_try(struct rw *rw, enum rw_how how, bool queue);
void native_rw_wait(struct rw *rw, enum shim_call call, enum rw_how how,
		    bool queue);
void native_rw_release(struct rw *rw, enum rw_how how);
void native_rw_downgrade(struct rw *rw);

static __always_inline bool rw_try(struct rw *rw, enum shim_call call,
				   enum rw_how how, bool queue)
{
	host_enter(call, rw, rw->dep_map.name);
	return native_rw_try(rw, how, queue);
}

static __always_inline void rw_acquire(struct rw *rw, enum shim_call call,
				       enum rw_how how, bool queue)
{
	if (unlikely(!rw_try(rw, call, how, queue)))
		native_rw_wait(rw, call, how, queue);
}

static __always_inline void rw_release(struct rw *rw, enum rw_how how)
{
	native_rw_release(rw, how);
}

static __always_inline void rw_downgrade(struct rw *rw)
{
	native_rw_downgrade(rw);
}

static __always_inline bool rw_is_taken(const struct rw *rw, enum rw_how how)
{
	unsigned int state = READ_ONCE(rw->state);

	return how == RW_WRITE ? state & RW_WRITER : state & ~RW_WRITER;
}

static __always_inline bool rw_is_mine(const struct rw *rw)
{
	return sim_lock_held(&rw->dep_map, LOCKDEP_READ);
}

/* ---- Readers of RCU ------------------------------------------------------ */

/* Released by readers, acquired by who waited for them; and the other way. */
extern unsigned char native_readers_left, native_grace_begun;

static __always_inline void sync_reader_begin(struct sync_task *t)
{
	if (!sync_is_atomic(t))
		host_rcu_read_lock();
}

static __always_inline void sync_reader_end(struct sync_task *t)
{
	if (!sync_is_atomic(t))
		host_rcu_read_unlock();
}

static __always_inline void rcu_section_begins(void)
{
	host_acquire(&native_grace_begun);
}

static __always_inline void rcu_section_ends(void)
{
	host_release(&native_readers_left);
}

#endif /* PFNSIM_NATIVE_BACKEND_H */
