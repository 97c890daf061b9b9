/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Spinning locks: a task that holds one may not sleep.
 *
 * Inside library code (PFNSIM_LIB) an uncontended lock is no scheduling point:
 * the library function as a whole is one step.
 *
 * Fidelity: EMULATED - waiters block instead of spinning and are granted the lock
 * in any order.
 */
#ifndef PFNSIM_LINUX_SPINLOCK_H
#define PFNSIM_LINUX_SPINLOCK_H

#include <linux/bottom_half.h>
#include <linux/cleanup.h>
#include <linux/irqflags.h>
#include <linux/lockdep.h>
#include <linux/preempt.h>
#include <linux/spinlock_types.h>
#include <linux/rwlock.h>
#include <linux/types.h>
#include <asm/barrier.h>

void __spin_lock_init(spinlock_t *lock, const char *name,
		      struct lock_class_key *key);
#define spin_lock_init(lock)                                                   \
	do {                                                                   \
		static struct lock_class_key __key;                            \
		__spin_lock_init(lock, __LOCK_NAME(#lock), &__key);            \
	} while (0)

void spin_lock_nested(spinlock_t *lock, int subclass);
int spin_trylock(spinlock_t *lock);
void sim_spin_lock(spinlock_t *lock);
void sim_spin_unlock(spinlock_t *lock);
void sim_spin_lock_quiet(spinlock_t *lock);
void sim_spin_unlock_quiet(spinlock_t *lock);

#ifdef PFNSIM_LIB
#define spin_lock(lock) sim_spin_lock_quiet(lock)
#define spin_unlock(lock) sim_spin_unlock_quiet(lock)
#else
#define spin_lock(lock) sim_spin_lock(lock)
#define spin_unlock(lock) sim_spin_unlock(lock)
#endif

static inline void spin_lock_irq(spinlock_t *lock)
{
	local_irq_disable();
	spin_lock(lock);
}

static inline void spin_unlock_irq(spinlock_t *lock)
{
	spin_unlock(lock);
	local_irq_enable();
}

static inline void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags)
{
	spin_unlock(lock);
	local_irq_restore(flags);
}

static inline bool spin_is_locked(spinlock_t *lock)
{
	return READ_ONCE(lock->owner);
}

#define spin_lock_irqsave(lock, flags)                                         \
	do {                                                                   \
		local_irq_save(flags);                                         \
		spin_lock(lock);                                               \
	} while (0)
#define spin_lock_bh(lock)                                                     \
	do {                                                                   \
		local_bh_disable();                                            \
		spin_lock(lock);                                               \
	} while (0)
#define spin_unlock_bh(lock)                                                   \
	do {                                                                   \
		spin_unlock(lock);                                             \
		local_bh_enable();                                             \
	} while (0)
#define spin_lock_irqsave_nested(lock, flags, sub)                             \
	do {                                                                   \
		local_irq_save(flags);                                         \
		spin_lock_nested(lock, sub);                                   \
	} while (0)
#define spin_lock_nest_lock(lock, nest) spin_lock_nested(lock, 1)
#define spin_is_contended(lock) ((void)(lock), 0)
#define spin_needbreak(lock) ((void)(lock), 0)
#define assert_spin_locked(lock) lockdep_assert_held(lock)

#define raw_spin_lock_init(lock) spin_lock_init(lock)
#define raw_spin_lock(lock) spin_lock(lock)
#define raw_spin_trylock(lock) spin_trylock(lock)
#define raw_spin_unlock(lock) spin_unlock(lock)
#define raw_spin_lock_irq(lock) spin_lock_irq(lock)
#define raw_spin_unlock_irq(lock) spin_unlock_irq(lock)
#define raw_spin_lock_irqsave(lock, flags) spin_lock_irqsave(lock, flags)
#define raw_spin_unlock_irqrestore(lock, flags)                                \
	spin_unlock_irqrestore(lock, flags)

int atomic_dec_and_lock(atomic_t *count, spinlock_t *lock);

#define __SPIN_GUARDS(kind)                                                    \
	DEFINE_LOCK_GUARD_1(kind, spinlock_t, spin_lock(_T->lock),             \
			    spin_unlock(_T->lock))                             \
	DEFINE_LOCK_GUARD_1_COND(kind, _try, spin_trylock(_T->lock))           \
	DEFINE_LOCK_GUARD_1(kind##_irq, spinlock_t, spin_lock_irq(_T->lock),   \
			    spin_unlock_irq(_T->lock))                         \
	DEFINE_LOCK_GUARD_1(kind##_irqsave, spinlock_t,                        \
			    spin_lock_irqsave(_T->lock, _T->flags),            \
			    spin_unlock_irqrestore(_T->lock, _T->flags),       \
			    unsigned long flags)
__SPIN_GUARDS(spinlock)
__SPIN_GUARDS(raw_spinlock)

#endif /* PFNSIM_LINUX_SPINLOCK_H */
