// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mutexes.
 *
 * Fidelity: EMULATED - see mutex.h.
 */
#include <linux/atomic.h>
#include <linux/mutex.h>
#include "state.h"

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

static _Bool mutex_is_free(const void *obj)
{
	return !((const struct mutex *)obj)->owner;
}

static int mutex_owner(const void *obj, unsigned int task)
{
	return ((const struct mutex *)obj)->owner - 1;
}

static const struct host_lock mutex_kind = { .ready = mutex_is_free,
					     .owner = mutex_owner };

static __always_inline void mutex_take(struct mutex *lock, bool nested)
{
	sync_will_sleep_lock(&lock->dep_map, CALL_MUTEX_LOCK, nested);
	host_lock(CALL_MUTEX_LOCK, lock, lock->dep_map.name, &mutex_kind);
	lock->owner = host_task + 1;
	sync_held_add(&lock->dep_map, HELD_WRITE);
	host_leave(CALL_MUTEX_LOCK, lock, lock->dep_map.name);
}

void mutex_lock(struct mutex *lock)
{
	mutex_take(lock, false);
}

void mutex_lock_nested(struct mutex *lock, unsigned int subclass)
{
	mutex_take(lock, subclass);
}

int mutex_trylock(struct mutex *lock)
{
	int free;

	sync_check_lock(&lock->dep_map, CALL_MUTEX_TRYLOCK);
	free = host_try(CALL_MUTEX_TRYLOCK, lock, lock->dep_map.name,
			&mutex_kind);
	if (free) {
		lock->owner = host_task + 1;
		sync_held_add(&lock->dep_map, HELD_WRITE);
	}
	host_leave(CALL_MUTEX_TRYLOCK, lock, lock->dep_map.name);
	return free;
}

void mutex_unlock(struct mutex *lock)
{
	sync_check_lock(&lock->dep_map, CALL_MUTEX_UNLOCK);
	host_enter(CALL_MUTEX_UNLOCK, lock, lock->dep_map.name);
	if (likely(sync_held_drop(&lock->dep_map, HELD_WRITE)))
		lock->owner = 0;
	else
		sync_report_unlock(&lock->dep_map, CALL_MUTEX_UNLOCK,
				   lock->owner);
	host_leave(CALL_MUTEX_UNLOCK, lock, lock->dep_map.name);
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
