/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reader-writer spinlocks.
 *
 * Fidelity: EMULATED - unfair: a waiting writer does not hold off readers, so the
 * deadlock of a reader that nests behind a waiting writer shows up as lock-order,
 * not as deadlock.  In an interrupt, where a reader passes by waiting writers, it
 * may nest.
 */
#ifndef PFNSIM_LINUX_RWLOCK_H
#define PFNSIM_LINUX_RWLOCK_H

#include <linux/cleanup.h>
#include <linux/lockdep.h>
#include <linux/rwlock_types.h>
#include <linux/types.h>

void __rwlock_init(rwlock_t *lock, const char *name,
		   struct lock_class_key *key);
#define rwlock_init(lock)                                                      \
	do {                                                                   \
		static struct lock_class_key __key;                            \
		__rwlock_init(lock, __LOCK_NAME(#lock), &__key);               \
	} while (0)

void read_lock(rwlock_t *lock);
int read_trylock(rwlock_t *lock);
void read_unlock(rwlock_t *lock);
void read_lock_irq(rwlock_t *lock);
void read_unlock_irq(rwlock_t *lock);
void write_lock(rwlock_t *lock);
void write_lock_nested(rwlock_t *lock, int subclass);
int write_trylock(rwlock_t *lock);
void write_unlock(rwlock_t *lock);
void write_lock_irq(rwlock_t *lock);
void write_unlock_irq(rwlock_t *lock);
unsigned long sim_read_lock_irqsave(rwlock_t *lock);
unsigned long sim_write_lock_irqsave(rwlock_t *lock);
void read_unlock_irqrestore(rwlock_t *lock, unsigned long flags);
void write_unlock_irqrestore(rwlock_t *lock, unsigned long flags);

#define read_lock_irqsave(lock, flags) ((flags) = sim_read_lock_irqsave(lock))
#define write_lock_irqsave(lock, flags) ((flags) = sim_write_lock_irqsave(lock))
#define read_lock_bh(lock) read_lock(lock)
#define read_unlock_bh(lock) read_unlock(lock)
#define write_lock_bh(lock) write_lock(lock)
#define write_unlock_bh(lock) write_unlock(lock)
#define rwlock_is_contended(lock) ((void)(lock), 0)
#define rwlock_needbreak(lock) ((void)(lock), 0)

#define __RW_GUARD(kind)                                                       \
	DEFINE_LOCK_GUARD_1(kind, rwlock_t, kind(_T->lock),                    \
			    __rw_unlock_##kind(_T->lock))
#define __rw_unlock_read_lock(lock) read_unlock(lock)
#define __rw_unlock_read_lock_irq(lock) read_unlock_irq(lock)
#define __rw_unlock_write_lock(lock) write_unlock(lock)
#define __rw_unlock_write_lock_irq(lock) write_unlock_irq(lock)
__RW_GUARD(read_lock)
__RW_GUARD(read_lock_irq)
__RW_GUARD(write_lock)
__RW_GUARD(write_lock_irq)
DEFINE_LOCK_GUARD_1(read_lock_irqsave, rwlock_t,
		    read_lock_irqsave(_T->lock, _T->flags),
		    read_unlock_irqrestore(_T->lock, _T->flags),
		    unsigned long flags)
DEFINE_LOCK_GUARD_1(write_lock_irqsave, rwlock_t,
		    write_lock_irqsave(_T->lock, _T->flags),
		    write_unlock_irqrestore(_T->lock, _T->flags),
		    unsigned long flags)

#endif /* PFNSIM_LINUX_RWLOCK_H */
