/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sleeping reader-writer locks.
 *
 * Fidelity: EMULATED - unfair as rwlock.h; killable forms are never killed.
 */
#ifndef PFNSIM_LINUX_RWSEM_H
#define PFNSIM_LINUX_RWSEM_H

#include <linux/cleanup.h>
#include <linux/lockdep.h>
#include <linux/types.h>
#include <pfnsim/locks.h>

struct rw_semaphore {
	struct rw;
};

#define __RWSEM_INITIALIZER(name)                                              \
	{                                                                      \
		__DEP_MAP_INIT(#name)                                          \
	}
#define DECLARE_RWSEM(name) struct rw_semaphore name = __RWSEM_INITIALIZER(name)

void __init_rwsem(struct rw_semaphore *sem, const char *name,
		  struct lock_class_key *key);
#define init_rwsem(sem)                                                        \
	do {                                                                   \
		static struct lock_class_key __key;                            \
		__init_rwsem(sem, __LOCK_NAME(#sem), &__key);                  \
	} while (0)

void down_read(struct rw_semaphore *sem);
int down_read_trylock(struct rw_semaphore *sem);
void up_read(struct rw_semaphore *sem);
void down_write(struct rw_semaphore *sem);
void down_write_nested(struct rw_semaphore *sem, int subclass);
int down_write_trylock(struct rw_semaphore *sem);
void up_write(struct rw_semaphore *sem);
void downgrade_write(struct rw_semaphore *sem);

static inline int rwsem_is_locked(struct rw_semaphore *sem)
{
	return rw_is_locked((const struct rw *)sem);
}

static inline int __must_check down_read_killable(struct rw_semaphore *sem)
{
	down_read(sem);
	return 0;
}

static inline int __must_check down_write_killable(struct rw_semaphore *sem)
{
	down_write(sem);
	return 0;
}
#define down_read_interruptible(sem) down_read_killable(sem)
#define down_read_nested(sem, sub) down_read(sem)
#define down_read_non_owner(sem) down_read(sem)
#define up_read_non_owner(sem) up_read(sem)
#define down_write_nest_lock(sem, nest) down_write_nested(sem, 1)
#define rwsem_is_contended(sem) ((void)(sem), 0)
#define rwsem_assert_held(sem) lockdep_assert_held(sem)
#define rwsem_assert_held_write(sem) lockdep_assert_held_write(sem)

DEFINE_GUARD(rwsem_read, struct rw_semaphore *, down_read(_T), up_read(_T))
DEFINE_GUARD_COND(rwsem_read, _try, down_read_trylock(_T))
DEFINE_GUARD(rwsem_write, struct rw_semaphore *, down_write(_T), up_write(_T))
DEFINE_GUARD_COND(rwsem_write, _try, down_write_trylock(_T))

#endif /* PFNSIM_LINUX_RWSEM_H */
