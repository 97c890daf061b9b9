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
	rw_init(rw_of_sem(sem), name, key);
}

void sync_down_read(struct rw_semaphore *sem, enum shim_call call)
{
	struct rw *rw = rw_of_sem(sem);

	sync_will_sleep_lock(&rw->dep_map, call, false);
	rw_check_recursion(rw, call);
	rw_lock(rw, call, &rw_read_kind);
	rw_take_read(rw, 0);
	host_leave(call, sem, rw->dep_map.name);
}

int sync_down_read_trylock(struct rw_semaphore *sem, enum shim_call call)
{
	struct rw *rw = rw_of_sem(sem);
	int free;

	sync_check_lock(&rw->dep_map, call);
	free = rw_try(rw, call, &rw_read_kind);
	if (free)
		rw_take_read(rw, 0);
	host_leave(call, sem, rw->dep_map.name);
	return free;
}

void sync_up_read(struct rw_semaphore *sem, enum shim_call call)
{
	struct rw *rw = rw_of_sem(sem);

	sync_check_lock(&rw->dep_map, call);
	host_enter(call, sem, rw->dep_map.name);
	rw_drop_read(rw, call);
	host_leave(call, sem, rw->dep_map.name);
}

static void do_down_write(struct rw_semaphore *sem, enum shim_call call,
			  bool nested)
{
	struct rw *rw = rw_of_sem(sem);

	sync_will_sleep_lock(&rw->dep_map, call, nested);
	rw_lock(rw, call, &rw_write_kind);
	rw_take_write(rw, 0);
	host_leave(call, sem, rw->dep_map.name);
}

void sync_down_write(struct rw_semaphore *sem, enum shim_call call)
{
	do_down_write(sem, call, false);
}

int sync_down_write_trylock(struct rw_semaphore *sem, enum shim_call call)
{
	struct rw *rw = rw_of_sem(sem);
	int free;

	sync_check_lock(&rw->dep_map, call);
	free = rw_try(rw, call, &rw_write_kind);
	if (free)
		rw_take_write(rw, 0);
	host_leave(call, sem, rw->dep_map.name);
	return free;
}

void sync_up_write(struct rw_semaphore *sem, enum shim_call call)
{
	struct rw *rw = rw_of_sem(sem);

	sync_check_lock(&rw->dep_map, call);
	host_enter(call, sem, rw->dep_map.name);
	rw_drop_write(rw, call);
	host_leave(call, sem, rw->dep_map.name);
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
	do_down_write(sem, CALL_DOWN_WRITE, subclass);
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
	struct rw *rw = rw_of_sem(sem);

	sync_check_lock(&rw->dep_map, CALL_DOWNGRADE_WRITE);
	host_enter(CALL_DOWNGRADE_WRITE, sem, rw->dep_map.name);
	if (rw_drop_write(rw, CALL_DOWNGRADE_WRITE))
		rw_take_read(rw, 0);
	host_leave(CALL_DOWNGRADE_WRITE, sem, rw->dep_map.name);
}
