/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The type of reader-writer spinlocks.
 *
 * Fidelity: EMULATED - see rwlock.h.
 */
#ifndef PFNSIM_LINUX_RWLOCK_TYPES_H
#define PFNSIM_LINUX_RWLOCK_TYPES_H

#include <pfnsim/locks.h>

typedef struct rwlock {
	struct rw;
} rwlock_t;

#define __RW_LOCK_UNLOCKED(name)                                               \
	{                                                                      \
		__DEP_MAP_INIT(#name)                                          \
	}
#define DEFINE_RWLOCK(name) rwlock_t name = __RW_LOCK_UNLOCKED(name)

#endif /* PFNSIM_LINUX_RWLOCK_TYPES_H */
