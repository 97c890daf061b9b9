// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reader-writer semaphores.
 *
 * Fidelity: EMULATED - see rwsem.h.
 */
#include <linux/rwsem.h>
#include "rw.h"
#include "sync.h"

void __init_rwsem(struct rw_semaphore *sem, const char *name,
		  struct lock_class_key *key)
{
	rw_init(rw_of(sem), name, key);
}

static __always_inline void take(struct rw_semaphore *sem, enum shim_call call,
				 enum rw_how how, bool nested)
{
	struct rw *rw = rw_of(sem);

	sync_will_sleep_lock(&rw->dep_map, call, nested);
	if (how == RW_READ)
		rw_check_recursion(rw, call);
	rw_acquire(rw, call, how, how == RW_READ);
	rw_held_add(rw, how, 0);
	host_leave(call, sem, rw->dep_map.name);
}

static __always_inline bool try(struct rw_semaphore *sem, enum shim_call call,
				enum rw_how how)
{
	struct rw *rw = rw_of(sem);
	bool taken;

	sync_check_lock(&rw->dep_map, call);
	taken = rw_try(rw, call, how, true);
	if (taken)
		rw_held_add(rw, how, 0);
	host_leave(call, sem, rw->dep_map.name);
	return taken;
}

/* Once it is released its memory may be, too. */
static __always_inline void drop(struct rw_semaphore *sem, enum shim_call call,
				 enum rw_how how)
{
	const char *name;

	sync_check_lock(&sem->dep_map, call);
	name = sem->dep_map.name;
	host_enter(call, sem, name);
	rw_drop(rw_of(sem), call, how);
	host_leave(call, sem, name);
}

void sync_down_read(struct rw_semaphore *sem, enum shim_call call)
{
	take(sem, call, RW_READ, false);
}

int sync_down_read_trylock(struct rw_semaphore *sem, enum shim_call call)
{
	return try(sem, call, RW_READ);
}

void sync_up_read(struct rw_semaphore *sem, enum shim_call call)
{
	drop(sem, call, RW_READ);
}

void sync_down_write(struct rw_semaphore *sem, enum shim_call call)
{
	take(sem, call, RW_WRITE, false);
}

int sync_down_write_trylock(struct rw_semaphore *sem, enum shim_call call)
{
	return try(sem, call, RW_WRITE);
}

void sync_up_write(struct rw_semaphore *sem, enum shim_call call)
{
	drop(sem, call, RW_WRITE);
}

void down_read(struct rw_semaphore *sem)
{
	sync_down_read(sem, CALL_DOWN_READ);
}

int down_read_trylock(struct rw_semaphore *sem)
{
	return sync_down_read_trylock(sem, CALL_DOWN_READ);
}

void up_read(struct rw_semaphore *sem)
{
	sync_up_read(sem, CALL_UP_READ);
}

void down_write(struct rw_semaphore *sem)
{
	sync_down_write(sem, CALL_DOWN_WRITE);
}

void down_write_nested(struct rw_semaphore *sem, int subclass)
{
	take(sem, CALL_DOWN_WRITE, RW_WRITE, subclass);
}

int down_write_trylock(struct rw_semaphore *sem)
{
	return sync_down_write_trylock(sem, CALL_DOWN_WRITE);
}

void up_write(struct rw_semaphore *sem)
{
	sync_up_write(sem, CALL_UP_WRITE);
}

void downgrade_write(struct rw_semaphore *sem)
{
	struct rw *rw = rw_of(sem);

	sync_check_lock(&rw->dep_map, CALL_DOWNGRADE_WRITE);
	host_enter(CALL_DOWNGRADE_WRITE, sem, rw->dep_map.name);
	if (rw_held_drop(rw, CALL_DOWNGRADE_WRITE, RW_WRITE)) {
		rw_held_add(rw, RW_READ, 0);
		rw_downgrade(rw);
	}
	host_leave(CALL_DOWNGRADE_WRITE, sem, rw->dep_map.name);
}
