/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The type of reader-writer spinlocks.
 *
 * Fidelity: EMULATED - see rwlock.h.
 */
#ifndef PFNSIM_LINUX_RWLOCK_TYPES_H
#define PFNSIM_LINUX_RWLOCK_TYPES_H

#include <linux/lockdep_types.h>
#include <linux/types.h>

typedef struct rwlock {
	struct lockdep_map dep_map;
	lock_owner_t writer;
#ifdef PFNSIM_NATIVE
	unsigned int state;    /* readers, or RW_WRITER of native/rw.h */
	unsigned int waiters;  /* tasks that sleep on releases */
	unsigned int writers;  /* of these, those that want to write */
	unsigned int releases; /* that somebody waited for */
#else
	unsigned int readers; /* bit per task */
#endif
} rwlock_t;

#define __RW_LOCK_UNLOCKED(name)                                               \
	{                                                                      \
		__DEP_MAP_INIT(#name)                                          \
	}
#define DEFINE_RWLOCK(name) rwlock_t name = __RW_LOCK_UNLOCKED(name)

#endif /* PFNSIM_LINUX_RWLOCK_TYPES_H */
