// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mutexes.
 *
 * Fidelity: EMULATED - see mutex.h.
 */
#include <linux/atomic.h>
#include <linux/mutex.h>
#include "backend.h"

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

static __always_inline void take(struct mutex *lock, bool nested)
{
	sync_will_sleep_lock(&lock->dep_map, CALL_MUTEX_LOCK, nested);
	owned_acquire(owned_of(lock), CALL_MUTEX_LOCK);
	sync_held_add(&lock->dep_map, HELD_WRITE);
	host_leave(CALL_MUTEX_LOCK, lock, lock->dep_map.name);
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
	taken = owned_try(owned_of(lock), CALL_MUTEX_TRYLOCK);
	if (taken)
		sync_held_add(&lock->dep_map, HELD_WRITE);
	host_leave(CALL_MUTEX_TRYLOCK, lock, lock->dep_map.name);
	return taken;
}

/* Once it is released its memory may be, too. */
void mutex_unlock(struct mutex *lock)
{
	const char *name;

	sync_check_lock(&lock->dep_map, CALL_MUTEX_UNLOCK);
	name = lock->dep_map.name;
	host_enter(CALL_MUTEX_UNLOCK, lock, name);
	if (likely(sync_held_drop(&lock->dep_map, HELD_WRITE)))
		owned_release(owned_of(lock));
	else
		sync_report_unlock(&lock->dep_map, CALL_MUTEX_UNLOCK,
				   owned_is_taken(owned_of(lock)));
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
