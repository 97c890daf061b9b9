// SPDX-License-Identifier: GPL-2.0-only
/*
 * Reader-writer spinlocks on native threads.
 *
 * Fidelity: EMULATED - see rwlock.h of include/linux.
 */
#include <linux/irqflags.h>
#include <linux/preempt.h>
#include <linux/rwlock.h>
#include "rw.h"

static struct rw *rw_of(rwlock_t *lock)
{
	return (struct rw *)lock;
}

void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key)
{
	rw_init(rw_of(lock), name, key);
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

static void take_read(rwlock_t *lock, enum shim_call call)
{
	struct rw *rw = rw_of(lock);
	bool queue = !in_interrupt();

	sync_will_lock(&rw->dep_map, call, false);
	if (queue)
		rw_check_recursion(rw, call);
	no_preemption();
	host_enter(call, lock, rw->dep_map.name);
	rw_read(rw, call, queue);
	sync_held_add(&rw->dep_map, HELD_READ | HELD_SPIN);
	host_leave(call, lock, rw->dep_map.name);
}

static void drop_read(rwlock_t *lock, enum shim_call call)
{
	const char *name = lock->dep_map.name;

	sync_check_lock(&lock->dep_map, call);
	host_enter(call, lock, name);
	if (rw_drop_read(rw_of(lock), call))
		preemption();
	host_leave(call, lock, name);
}

static void take_write(rwlock_t *lock, enum shim_call call, bool nested)
{
	struct rw *rw = rw_of(lock);

	sync_will_lock(&rw->dep_map, call, nested);
	no_preemption();
	host_enter(call, lock, rw->dep_map.name);
	rw_write(rw, call);
	sync_held_add(&rw->dep_map, HELD_WRITE | HELD_SPIN);
	host_leave(call, lock, rw->dep_map.name);
}

static void drop_write(rwlock_t *lock, enum shim_call call)
{
	const char *name = lock->dep_map.name;

	sync_check_lock(&lock->dep_map, call);
	host_enter(call, lock, name);
	if (rw_drop_write(rw_of(lock), call))
		preemption();
	host_leave(call, lock, name);
}

void read_lock(rwlock_t *lock)
{
	take_read(lock, CALL_READ_LOCK);
}

void read_unlock(rwlock_t *lock)
{
	drop_read(lock, CALL_READ_UNLOCK);
}

void read_lock_irq(rwlock_t *lock)
{
	local_irq_disable();
	take_read(lock, CALL_READ_LOCK_IRQ);
}

void read_unlock_irq(rwlock_t *lock)
{
	drop_read(lock, CALL_READ_UNLOCK_IRQ);
	local_irq_enable();
}

unsigned long sim_read_lock_irqsave(rwlock_t *lock)
{
	unsigned long flags = sim_irq_save();

	take_read(lock, CALL_READ_LOCK_IRQ);
	return flags;
}

void read_unlock_irqrestore(rwlock_t *lock, unsigned long flags)
{
	drop_read(lock, CALL_READ_UNLOCK_IRQ);
	sim_irq_restore(flags);
}

void write_lock(rwlock_t *lock)
{
	take_write(lock, CALL_WRITE_LOCK, false);
}

void write_lock_nested(rwlock_t *lock, int subclass)
{
	take_write(lock, CALL_WRITE_LOCK, subclass);
}

void write_unlock(rwlock_t *lock)
{
	drop_write(lock, CALL_WRITE_UNLOCK);
}

void write_lock_irq(rwlock_t *lock)
{
	local_irq_disable();
	take_write(lock, CALL_WRITE_LOCK_IRQ, false);
}

void write_unlock_irq(rwlock_t *lock)
{
	drop_write(lock, CALL_WRITE_UNLOCK_IRQ);
	local_irq_enable();
}

unsigned long sim_write_lock_irqsave(rwlock_t *lock)
{
	unsigned long flags = sim_irq_save();

	take_write(lock, CALL_WRITE_LOCK_IRQ, false);
	return flags;
}

void write_unlock_irqrestore(rwlock_t *lock, unsigned long flags)
{
	drop_write(lock, CALL_WRITE_UNLOCK_IRQ);
	sim_irq_restore(flags);
}

int read_trylock(rwlock_t *lock)
{
	struct rw *rw = rw_of(lock);

	sync_check_lock(&rw->dep_map, CALL_READ_TRYLOCK);
	no_preemption();
	if (!rw_try_read(rw, !in_interrupt())) {
		preemption();
		return 0;
	}
	sync_held_add(&rw->dep_map, HELD_READ | HELD_SPIN);
	return 1;
}

int write_trylock(rwlock_t *lock)
{
	struct rw *rw = rw_of(lock);

	sync_check_lock(&rw->dep_map, CALL_WRITE_LOCK);
	no_preemption();
	if (!rw_try_write(rw)) {
		preemption();
		return 0;
	}
	sync_held_add(&rw->dep_map, HELD_WRITE | HELD_SPIN);
	return 1;
}
