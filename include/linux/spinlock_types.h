/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Types of spinning locks.
 *
 * Fidelity: EMULATED - see spinlock.h and rwlock.h.
 */
#ifndef PFNSIM_LINUX_SPINLOCK_TYPES_H
#define PFNSIM_LINUX_SPINLOCK_TYPES_H

#include <linux/rwlock_types.h>
#include <pfnsim/locks.h>

typedef struct spinlock {
	struct owned;
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
