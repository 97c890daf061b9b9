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

void __rwlock_init(rwlock_t *lock, const char *name, struct lock_class_key *key)
{
	rw_init(rw_of_lock(lock), name, key);
}

static __always_inline void no_preemption(void)
{
	struct sync_task *t = sync_me();

	sync_reader_begin(t);
	t->preempt++;
}

static __always_inline void do_read_lock(rwlock_t *lock, enum shim_call call)
{
	struct rw *rw = rw_of_lock(lock);

	sync_will_lock(&rw->dep_map, call, false);
	/* An interrupt does not queue behind a writer that waits. */
	if (!in_interrupt())
		rw_check_recursion(rw, call);
	no_preemption();
	rw_lock(rw, call, &rw_read_kind);
	rw_take_read(rw, HELD_SPIN);
	host_leave(call, lock, rw->dep_map.name);
}

static __always_inline void do_read_unlock(rwlock_t *lock, enum shim_call call)
{
	struct rw *rw = rw_of_lock(lock);

	sync_check_lock(&rw->dep_map, call);
	host_enter(call, lock, rw->dep_map.name);
	if (rw_drop_read(rw, call))
		sync_me()->preempt--;
	host_leave(call, lock, rw->dep_map.name);
}

static __always_inline void do_write_lock(rwlock_t *lock, enum shim_call call,
					  bool nested)
{
	struct rw *rw = rw_of_lock(lock);

	sync_will_lock(&rw->dep_map, call, nested);
	no_preemption();
	rw_lock(rw, call, &rw_write_kind);
	rw_take_write(rw, HELD_SPIN);
	host_leave(call, lock, rw->dep_map.name);
}

static __always_inline void do_write_unlock(rwlock_t *lock, enum shim_call call)
{
	struct rw *rw = rw_of_lock(lock);

	sync_check_lock(&rw->dep_map, call);
	host_enter(call, lock, rw->dep_map.name);
	if (rw_drop_write(rw, call))
		sync_me()->preempt--;
	host_leave(call, lock, rw->dep_map.name);
}

void read_lock(rwlock_t *lock)
{
	do_read_lock(lock, CALL_READ_LOCK);
}

void read_unlock(rwlock_t *lock)
{
	do_read_unlock(lock, CALL_READ_UNLOCK);
}

void read_lock_irq(rwlock_t *lock)
{
	local_irq_disable();
	do_read_lock(lock, CALL_READ_LOCK_IRQ);
}

void read_unlock_irq(rwlock_t *lock)
{
	do_read_unlock(lock, CALL_READ_UNLOCK_IRQ);
	local_irq_enable();
}

unsigned long sim_read_lock_irqsave(rwlock_t *lock)
{
	unsigned long flags = sim_irq_save();

	do_read_lock(lock, CALL_READ_LOCK_IRQ);
	return flags;
}

void read_unlock_irqrestore(rwlock_t *lock, unsigned long flags)
{
	do_read_unlock(lock, CALL_READ_UNLOCK_IRQ);
	sim_irq_restore(flags);
}

void write_lock(rwlock_t *lock)
{
	do_write_lock(lock, CALL_WRITE_LOCK, false);
}

void write_lock_nested(rwlock_t *lock, int subclass)
{
	do_write_lock(lock, CALL_WRITE_LOCK, subclass);
}

void write_unlock(rwlock_t *lock)
{
	do_write_unlock(lock, CALL_WRITE_UNLOCK);
}

void write_lock_irq(rwlock_t *lock)
{
	local_irq_disable();
	do_write_lock(lock, CALL_WRITE_LOCK_IRQ, false);
}

void write_unlock_irq(rwlock_t *lock)
{
	do_write_unlock(lock, CALL_WRITE_UNLOCK_IRQ);
	local_irq_enable();
}

unsigned long sim_write_lock_irqsave(rwlock_t *lock)
{
	unsigned long flags = sim_irq_save();

	do_write_lock(lock, CALL_WRITE_LOCK_IRQ, false);
	return flags;
}

void write_unlock_irqrestore(rwlock_t *lock, unsigned long flags)
{
	do_write_unlock(lock, CALL_WRITE_UNLOCK_IRQ);
	sim_irq_restore(flags);
}

int read_trylock(rwlock_t *lock)
{
	struct rw *rw = rw_of_lock(lock);
	int free;

	sync_check_lock(&rw->dep_map, CALL_READ_TRYLOCK);
	free = rw_try(rw, CALL_READ_TRYLOCK, &rw_read_kind);
	if (free) {
		no_preemption();
		rw_take_read(rw, HELD_SPIN);
	}
	host_leave(CALL_READ_TRYLOCK, lock, rw->dep_map.name);
	return free;
}

int write_trylock(rwlock_t *lock)
{
	struct rw *rw = rw_of_lock(lock);
	int free;

	sync_check_lock(&rw->dep_map, CALL_WRITE_LOCK);
	free = rw_try(rw, CALL_WRITE_LOCK, &rw_write_kind);
	if (free) {
		no_preemption();
		rw_take_write(rw, HELD_SPIN);
	}
	host_leave(CALL_WRITE_LOCK, lock, rw->dep_map.name);
	return free;
}
