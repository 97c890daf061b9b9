// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reader-writer semaphores on native threads.
 *
 * Fidelity: EMULATED - see rwsem.h of include/linux.
 */
#include <linux/rwsem.h>
#include "../sync/sync.h"
#include "rw.h"

static struct rw *rw_of(struct rw_semaphore *sem)
{
	return (struct rw *)sem;
}

void __init_rwsem(struct rw_semaphore *sem, const char *name,
		  struct lock_class_key *key)
{
	rw_init(rw_of(sem), name, key);
}

void sync_down_read(struct rw_semaphore *sem, enum shim_call call)
{
	struct rw *rw = rw_of(sem);

	sync_will_sleep_lock(&rw->dep_map, call, false);
	rw_check_recursion(rw, call);
	host_enter(call, sem, rw->dep_map.name);
	rw_read(rw, call, true);
	sync_held_add(&rw->dep_map, HELD_READ);
	host_leave(call, sem, rw->dep_map.name);
}

int sync_down_read_trylock(struct rw_semaphore *sem, enum shim_call call)
{
	struct rw *rw = rw_of(sem);
	bool taken;

	sync_check_lock(&rw->dep_map, call);
	taken = rw_try_read(rw, true);
	if (taken)
		sync_held_add(&rw->dep_map, HELD_READ);
	return taken;
}

void sync_up_read(struct rw_semaphore *sem, enum shim_call call)
{
	const char *name = sem->dep_map.name;

	sync_check_lock(&sem->dep_map, call);
	host_enter(call, sem, name);
	rw_drop_read(rw_of(sem), call);
	host_leave(call, sem, name);
}

static void down_for_write(struct rw_semaphore *sem, enum shim_call call,
			   bool nested)
{
	struct rw *rw = rw_of(sem);

	sync_will_sleep_lock(&rw->dep_map, call, nested);
	host_enter(call, sem, rw->dep_map.name);
	rw_write(rw, call);
	sync_held_add(&rw->dep_map, HELD_WRITE);
	host_leave(call, sem, rw->dep_map.name);
}

void sync_down_write(struct rw_semaphore *sem, enum shim_call call)
{
	down_for_write(sem, call, false);
}

int sync_down_write_trylock(struct rw_semaphore *sem, enum shim_call call)
{
	struct rw *rw = rw_of(sem);
	bool taken;

	sync_check_lock(&rw->dep_map, call);
	taken = rw_try_write(rw);
	if (taken)
		sync_held_add(&rw->dep_map, HELD_WRITE);
	return taken;
}

void sync_up_write(struct rw_semaphore *sem, enum shim_call call)
{
	const char *name = sem->dep_map.name;

	sync_check_lock(&sem->dep_map, call);
	host_enter(call, sem, name);
	rw_drop_write(rw_of(sem), call);
	host_leave(call, sem, name);
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
	down_for_write(sem, CALL_DOWN_WRITE, subclass);
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
	if (!sync_held_drop(&rw->dep_map, HELD_WRITE)) {
		sync_report_unlock(&rw->dep_map, CALL_DOWNGRADE_WRITE,
				   rwsem_is_locked(sem));
		return;
	}
	sync_held_add(&rw->dep_map, HELD_READ);
	rw_downgrade(rw);
	host_leave(CALL_DOWNGRADE_WRITE, sem, rw->dep_map.name);
}
