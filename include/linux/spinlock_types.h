/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Types of spinning locks.
 *
 * Fidelity: EMULATED - see spinlock.h and rwlock.h.
 */
#ifndef PFNSIM_LINUX_SPINLOCK_TYPES_H
#define PFNSIM_LINUX_SPINLOCK_TYPES_H

#include <linux/lockdep_types.h>
#include <linux/rwlock_types.h>
#include <linux/types.h>

typedef struct spinlock {
	struct lockdep_map dep_map;
	lock_owner_t owner;
} spinlock_t;
typedef struct spinlock raw_spinlock_t;

#define __SPIN_LOCK_UNLOCKED(name)                                             \
	{                                                                      \
		__DEP_MAP_INIT(#name)                                          \
	}
#define DEFINE_SPINLOCK(name) spinlock_t name = __SPIN_LOCK_UNLOCKED(name)
#define __RAW_SPIN_LOCK_UNLOCKED(name) __SPIN_LOCK_UNLOCKED(name)
#define DEFINE_RAW_SPINLOCK(name) DEFINE_SPINLOCK(name)

#endif /* PFNSIM_LINUX_SPINLOCK_TYPES_H */
