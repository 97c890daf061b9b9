// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spinning locks.
 *
 * Fidelity: EMULATED - see spinlock.h.
 */
#include <linux/atomic.h>
#include <linux/spinlock.h>
#include "spinning.h"

void __spin_lock_init(spinlock_t *lock, const char *name,
		      struct lock_class_key *key)
{
	lockdep_init_map(&lock->dep_map, name, key, 0);
	lock->owner = 0;
}

static __always_inline void take(spinlock_t *lock, bool nested)
{
	sync_will_lock(&lock->dep_map, CALL_SPIN_LOCK, nested);
	no_preemption();
	owned_acquire(owned_of(lock), CALL_SPIN_LOCK);
	sync_held_add(&lock->dep_map, HELD_WRITE | HELD_SPIN);
	host_leave(CALL_SPIN_LOCK, lock, lock->dep_map.name);
}

static __always_inline void drop(spinlock_t *lock)
{
	if (likely(sync_held_drop(&lock->dep_map, HELD_WRITE))) {
		owned_release(owned_of(lock));
		preemption();
	} else {
		sync_report_unlock(&lock->dep_map, CALL_SPIN_UNLOCK,
				   owned_is_taken(owned_of(lock)));
	}
}

void sim_spin_lock(spinlock_t *lock)
{
	take(lock, false);
}

void spin_lock_nested(spinlock_t *lock, int subclass)
{
	take(lock, subclass);
}

/* Once it is released its memory may be, too. */
void sim_spin_unlock(spinlock_t *lock)
{
	const char *name;

	sync_check_lock(&lock->dep_map, CALL_SPIN_UNLOCK);
	name = lock->dep_map.name;
	host_enter(CALL_SPIN_UNLOCK, lock, name);
	drop(lock);
	host_leave(CALL_SPIN_UNLOCK, lock, name);
}

/* A point only where there is something to wait for. */
void sim_spin_lock_quiet(spinlock_t *lock)
{
	if (unlikely(owned_is_taken(owned_of(lock)))) {
		sim_spin_lock(lock);
		return;
	}
	sync_will_lock(&lock->dep_map, CALL_SPIN_LOCK, false);
	no_preemption();
	owned_acquire_quiet(owned_of(lock), CALL_SPIN_LOCK);
	sync_held_add(&lock->dep_map, HELD_WRITE | HELD_SPIN);
}

void sim_spin_unlock_quiet(spinlock_t *lock)
{
	sync_check_lock(&lock->dep_map, CALL_SPIN_UNLOCK);
	drop(lock);
}

int spin_trylock(spinlock_t *lock)
{
	bool taken;

	sync_check_lock(&lock->dep_map, CALL_SPIN_TRYLOCK);
	taken = owned_try(owned_of(lock), CALL_SPIN_TRYLOCK);
	if (taken) {
		no_preemption();
		sync_held_add(&lock->dep_map, HELD_WRITE | HELD_SPIN);
	}
	host_leave(CALL_SPIN_TRYLOCK, lock, lock->dep_map.name);
	return taken;
}

int atomic_dec_and_lock(atomic_t *count, spinlock_t *lock)
{
	if (atomic_add_unless(count, -1, 1))
		return 0;
	spin_lock(lock);
	if (atomic_dec_and_test(count))
		return 1;
	spin_unlock(lock);
	return 0;
}
