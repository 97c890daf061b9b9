// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mutexes on native threads.
 *
 * Fidelity: EMULATED - see mutex.h of include/linux; a waiter sleeps at once.
 */
#include <linux/atomic.h>
#include <linux/mutex.h>
#include "../sync/state.h"
#include "owned.h"

void __mutex_init(struct mutex *lock, const char *name,
		  struct lock_class_key *key)
{
	lockdep_init_map(&lock->dep_map, name, key, 0);
	lock->owner = 0;
}

void mutex_destroy(struct mutex *lock)
{
	sync_destroy_map(&lock->dep_map);
}

static void take(struct mutex *lock, bool nested)
{
	const char *name = lock->dep_map.name;

	sync_will_sleep_lock(&lock->dep_map, CALL_MUTEX_LOCK, nested);
	host_enter(CALL_MUTEX_LOCK, lock, name);
	owned_take(&lock->owner, CALL_MUTEX_LOCK, &lock->dep_map);
	sync_held_add(&lock->dep_map, HELD_WRITE);
	host_leave(CALL_MUTEX_LOCK, lock, name);
}

void mutex_lock(struct mutex *lock)
{
	take(lock, false);
}

void mutex_lock_nested(struct mutex *lock, unsigned int subclass)
{
	take(lock, subclass);
}

int mutex_trylock(struct mutex *lock)
{
	bool taken;

	sync_check_lock(&lock->dep_map, CALL_MUTEX_TRYLOCK);
	taken = owned_try(&lock->owner);
	if (taken)
		sync_held_add(&lock->dep_map, HELD_WRITE);
	return taken;
}

void mutex_unlock(struct mutex *lock)
{
	const char *name = lock->dep_map.name;

	sync_check_lock(&lock->dep_map, CALL_MUTEX_UNLOCK);
	host_enter(CALL_MUTEX_UNLOCK, lock, name);
	if (likely(sync_held_drop(&lock->dep_map, HELD_WRITE)))
		owned_release(&lock->owner);
	else
		sync_report_unlock(&lock->dep_map, CALL_MUTEX_UNLOCK,
				   mutex_is_locked(lock));
	host_leave(CALL_MUTEX_UNLOCK, lock, name);
}

int atomic_dec_and_mutex_lock(atomic_t *count, struct mutex *lock)
{
	if (atomic_add_unless(count, -1, 1))
		return 0;
	mutex_lock(lock);
	if (atomic_dec_and_test(count))
		return 1;
	mutex_unlock(lock);
	return 0;
}
