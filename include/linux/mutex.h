/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sleeping locks with an owner.
 *
 * Fidelity: EMULATED - no spinning and no fairness: whoever the scheduler chooses
 * among the waiters gets it.  Interruptible forms are never interrupted.
 */
#ifndef PFNSIM_LINUX_MUTEX_H
#define PFNSIM_LINUX_MUTEX_H

#include <linux/cleanup.h>
#include <linux/compiler.h>
#include <linux/lockdep.h>
#include <linux/types.h>
#include <pfnsim/locks.h>

struct mutex {
	struct owned;
};

#define __MUTEX_INITIALIZER(name)                                              \
	{                                                                      \
		__DEP_MAP_INIT(#name)                                          \
	}
#define DEFINE_MUTEX(name) struct mutex name = __MUTEX_INITIALIZER(name)

void __mutex_init(struct mutex *lock, const char *name,
		  struct lock_class_key *key);
#define mutex_init(lock)                                                       \
	do {                                                                   \
		static struct lock_class_key __key;                            \
		__mutex_init(lock, __LOCK_NAME(#lock), &__key);                \
	} while (0)
#define mutex_init_with_key(lock, key)                                         \
	__mutex_init(lock, __LOCK_NAME(#lock), key)
void mutex_destroy(struct mutex *lock);

void mutex_lock_nested(struct mutex *lock, unsigned int subclass);
void mutex_lock(struct mutex *lock);
int mutex_trylock(struct mutex *lock);
void mutex_unlock(struct mutex *lock);

static inline bool mutex_is_locked(struct mutex *lock)
{
	return READ_ONCE(lock->owner);
}

static inline int __must_check mutex_lock_killable(struct mutex *lock)
{
	mutex_lock(lock);
	return 0;
}
#define mutex_lock_interruptible(lock) mutex_lock_killable(lock)
#define mutex_lock_io(lock) mutex_lock(lock)
#define mutex_lock_nest_lock(lock, nest) mutex_lock_nested(lock, 1)
#define mutex_lock_killable_nested(lock, sub)                                  \
	({                                                                     \
		mutex_lock_nested(lock, sub);                                  \
		0;                                                             \
	})
#define mutex_lock_killable_nest_lock(lock, nest)                              \
	mutex_lock_killable_nested(lock, 1)
#define mutex_trylock_nest_lock(lock, nest) mutex_trylock(lock)

int atomic_dec_and_mutex_lock(atomic_t *count, struct mutex *lock);

DEFINE_GUARD(mutex, struct mutex *, mutex_lock(_T), mutex_unlock(_T))
DEFINE_GUARD_COND(mutex, _try, mutex_trylock(_T))
DEFINE_GUARD_COND(mutex, _intr, mutex_lock_killable(_T) == 0)

#endif /* PFNSIM_LINUX_MUTEX_H */
