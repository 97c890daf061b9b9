// SPDX-License-Identifier: GPL-2.0-only
/*
 * Spinning locks.
 *
 * Fidelity: EMULATED - see spinlock.h.
 */
#include <linux/atomic.h>
#include <linux/spinlock.h>
#include "state.h"

void __spin_lock_init(spinlock_t *lock, const char *name,
		      struct lock_class_key *key)
{
	lockdep_init_map(&lock->dep_map, name, key, 0);
	lock->owner = 0;
}

static _Bool spin_is_free(const void *obj)
{
	return !((const spinlock_t *)obj)->owner;
}

static int spin_owner(const void *obj, unsigned int task)
{
	return ((const spinlock_t *)obj)->owner - 1;
}

static const struct host_lock spin_kind = { .ready = spin_is_free,
					    .owner = spin_owner };

static __always_inline void spin_prepare(spinlock_t *lock, bool nested)
{
	struct sync_task *t = sync_me();

	sync_will_lock(&lock->dep_map, CALL_SPIN_LOCK, nested);
	sync_reader_begin(t);
	t->preempt++;
}

static __always_inline void spin_take(spinlock_t *lock)
{
	lock->owner = host_task + 1;
	sync_held_add(&lock->dep_map, HELD_WRITE | HELD_SPIN);
}

static __always_inline void spin_release(spinlock_t *lock)
{
	if (likely(sync_held_drop(&lock->dep_map, HELD_WRITE))) {
		lock->owner = 0;
		sync_me()->preempt--;
	} else {
		sync_report_unlock(&lock->dep_map, CALL_SPIN_UNLOCK,
				   lock->owner);
	}
}

static __always_inline void spin_lock_point(spinlock_t *lock, bool nested)
{
	spin_prepare(lock, nested);
	host_lock(CALL_SPIN_LOCK, lock, lock->dep_map.name, &spin_kind);
	spin_take(lock);
	host_leave(CALL_SPIN_LOCK, lock, lock->dep_map.name);
}

void sim_spin_lock(spinlock_t *lock)
{
	spin_lock_point(lock, false);
}

void spin_lock_nested(spinlock_t *lock, int subclass)
{
	spin_lock_point(lock, subclass);
}

void sim_spin_unlock(spinlock_t *lock)
{
	sync_check_lock(&lock->dep_map, CALL_SPIN_UNLOCK);
	host_enter(CALL_SPIN_UNLOCK, lock, lock->dep_map.name);
	spin_release(lock);
	host_leave(CALL_SPIN_UNLOCK, lock, lock->dep_map.name);
}

/* A point only where there is something to wait for. */
void sim_spin_lock_quiet(spinlock_t *lock)
{
	if (unlikely(lock->owner)) {
		sim_spin_lock(lock);
		return;
	}
	spin_prepare(lock, false);
	spin_take(lock);
}

void sim_spin_unlock_quiet(spinlock_t *lock)
{
	sync_check_lock(&lock->dep_map, CALL_SPIN_UNLOCK);
	spin_release(lock);
}

int spin_trylock(spinlock_t *lock)
{
	int free;

	sync_check_lock(&lock->dep_map, CALL_SPIN_TRYLOCK);
	free = host_try(CALL_SPIN_TRYLOCK, lock, lock->dep_map.name,
			&spin_kind);
	if (free) {
		sync_reader_begin(sync_me());
		sync_me()->preempt++;
		spin_take(lock);
	}
	host_leave(CALL_SPIN_TRYLOCK, lock, lock->dep_map.name);
	return free;
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
