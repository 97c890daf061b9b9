// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reader-writer spinlocks.
 *
 * Fidelity: EMULATED - see rwlock.h.
 */
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/rwlock.h>
#include "rw.h"
#include "spinning.h"

void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key)
{
	rw_init(rw_of(lock), name, key);
}

static __always_inline void take(rwlock_t *lock, enum shim_call call,
				 enum rw_how how, bool nested)
{
	struct rw *rw = rw_of(lock);
	/* An interrupt does not queue behind a writer that waits. */
	bool queue = how == RW_READ && !in_interrupt();

	sync_will_lock(&rw->dep_map, call, nested);
	if (queue)
		rw_check_recursion(rw, call);
	no_preemption();
	rw_acquire(rw, call, how, queue);
	rw_held_add(rw, how, HELD_SPIN);
	host_leave(call, lock, rw->dep_map.name);
}

/* Once it is released its memory may be, too. */
static __always_inline void drop(rwlock_t *lock, enum shim_call call,
				 enum rw_how how)
{
	const char *name;

	sync_check_lock(&lock->dep_map, call);
	name = lock->dep_map.name;
	host_enter(call, lock, name);
	if (rw_drop(rw_of(lock), call, how))
		preemption();
	host_leave(call, lock, name);
}

void read_lock(rwlock_t *lock)
{
	take(lock, CALL_READ_LOCK, RW_READ, false);
}

void read_unlock(rwlock_t *lock)
{
	drop(lock, CALL_READ_UNLOCK, RW_READ);
}

void read_lock_irq(rwlock_t *lock)
{
	local_irq_disable();
	take(lock, CALL_READ_LOCK_IRQ, RW_READ, false);
}

void read_unlock_irq(rwlock_t *lock)
{
	drop(lock, CALL_READ_UNLOCK_IRQ, RW_READ);
	local_irq_enable();
}

unsigned long sim_read_lock_irqsave(rwlock_t *lock)
{
	unsigned long flags = sim_irq_save();

	take(lock, CALL_READ_LOCK_IRQ, RW_READ, false);
	return flags;
}

void read_unlock_irqrestore(rwlock_t *lock, unsigned long flags)
{
	drop(lock, CALL_READ_UNLOCK_IRQ, RW_READ);
	sim_irq_restore(flags);
}

void write_lock(rwlock_t *lock)
{
	take(lock, CALL_WRITE_LOCK, RW_WRITE, false);
}

void write_lock_nested(rwlock_t *lock, int subclass)
{
	take(lock, CALL_WRITE_LOCK, RW_WRITE, subclass);
}

void write_unlock(rwlock_t *lock)
{
	drop(lock, CALL_WRITE_UNLOCK, RW_WRITE);
}

void write_lock_irq(rwlock_t *lock)
{
	local_irq_disable();
	take(lock, CALL_WRITE_LOCK_IRQ, RW_WRITE, false);
}

void write_unlock_irq(rwlock_t *lock)
{
	drop(lock, CALL_WRITE_UNLOCK_IRQ, RW_WRITE);
	local_irq_enable();
}

unsigned long sim_write_lock_irqsave(rwlock_t *lock)
{
	unsigned long flags = sim_irq_save();

	take(lock, CALL_WRITE_LOCK_IRQ, RW_WRITE, false);
	return flags;
}

void write_unlock_irqrestore(rwlock_t *lock, unsigned long flags)
{
	drop(lock, CALL_WRITE_UNLOCK_IRQ, RW_WRITE);
	sim_irq_restore(flags);
}

static __always_inline bool try(rwlock_t *lock, enum shim_call call,
				enum rw_how how)
{
	struct rw *rw = rw_of(lock);
	bool taken;

	sync_check_lock(&rw->dep_map, call);
	taken = rw_try(rw, call, how, !in_interrupt());
	if (taken) {
		no_preemption();
		rw_held_add(rw, how, HELD_SPIN);
	}
	host_leave(call, lock, rw->dep_map.name);
	return taken;
}

int read_trylock(rwlock_t *lock)
{
	return try(lock, CALL_READ_TRYLOCK, RW_READ);
}

int write_trylock(rwlock_t *lock)
{
	return try(lock, CALL_WRITE_LOCK, RW_WRITE);
}
