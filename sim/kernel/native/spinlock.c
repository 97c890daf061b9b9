// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spinning locks on native threads.
 *
 * Fidelity: EMULATED - see spinlock.h of include/linux.
 */
#include <linux/atomic.h>
#include <linux/spinlock.h>
#include "../sync/state.h"
#include "owned.h"

void __spin_lock_init(spinlock_t *lock, const char *name,
		      struct lock_class_key *key)
{
	lockdep_init_map(&lock->dep_map, name, key, 0);
	lock->owner = 0;
}

static void no_preemption(void)
{
	struct sync_task *t = sync_me();

	sync_reader_begin(t);
	t->preempt++;
}

static void preemption(void)
{
	struct sync_task *t = sync_me();

	t->preempt--;
	sync_reader_end(t);
}

static void take(spinlock_t *lock, bool nested)
{
	sync_will_lock(&lock->dep_map, CALL_SPIN_LOCK, nested);
	no_preemption();
	owned_take(&lock->owner, CALL_SPIN_LOCK, &lock->dep_map);
	sync_held_add(&lock->dep_map, HELD_WRITE | HELD_SPIN);
}

static void drop(spinlock_t *lock)
{
	sync_check_lock(&lock->dep_map, CALL_SPIN_UNLOCK);
	if (unlikely(!sync_held_drop(&lock->dep_map, HELD_WRITE))) {
		sync_report_unlock(&lock->dep_map, CALL_SPIN_UNLOCK,
				   spin_is_locked(lock));
		return;
	}
	owned_release(&lock->owner);
	preemption();
}

void sim_spin_lock(spinlock_t *lock)
{
	host_enter(CALL_SPIN_LOCK, lock, lock->dep_map.name);
	take(lock, false);
	host_leave(CALL_SPIN_LOCK, lock, lock->dep_map.name);
}

void spin_lock_nested(spinlock_t *lock, int subclass)
{
	take(lock, subclass);
}

void sim_spin_unlock(spinlock_t *lock)
{
	const char *name = lock->dep_map.name;

	host_enter(CALL_SPIN_UNLOCK, lock, name);
	drop(lock);
	host_leave(CALL_SPIN_UNLOCK, lock, name);
}

void sim_spin_lock_quiet(spinlock_t *lock)
{
	take(lock, false);
}

void sim_spin_unlock_quiet(spinlock_t *lock)
{
	drop(lock);
}

int spin_trylock(spinlock_t *lock)
{
	sync_check_lock(&lock->dep_map, CALL_SPIN_TRYLOCK);
	no_preemption();
	if (!owned_try(&lock->owner)) {
		preemption();
		return 0;
	}
	sync_held_add(&lock->dep_map, HELD_WRITE | HELD_SPIN);
	return 1;
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
