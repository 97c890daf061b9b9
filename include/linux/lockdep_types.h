/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a lock remembers for the lock checker.
 *
 * Fidelity: EMULATED - a class per initialisation, see lockdep.h.
 */
#ifndef PFNSIM_LINUX_LOCKDEP_TYPES_H
#define PFNSIM_LINUX_LOCKDEP_TYPES_H

#include <linux/types.h>

/* The class of the locks that one place in the code initialises. */
struct lock_class_key {
	unsigned char index;
};
#define __LOCKDEP_MAGIC 0x4c4f434bU

/*
 * Embedded in every lock as dep_map.  A static lock starts with class 0 and
 * gets one at its first use.
 */
struct lockdep_map {
	const char *name;
	unsigned int magic;
	unsigned char class;
};
/* Who holds a lock: task + 1, or 0.  Native waiters sleep on the word. */
#ifdef PFNSIM_NATIVE
typedef unsigned int lock_owner_t;
#else
typedef unsigned char lock_owner_t;
#endif
#define __LOCKDEP_MAP_INIT(text)                                               \
	{                                                                      \
		.name = text, .magic = __LOCKDEP_MAGIC                         \
	}
#define __DEP_MAP_INIT(text) .dep_map = __LOCKDEP_MAP_INIT(text)
#define STATIC_LOCKDEP_MAP_INIT(text, key) __LOCKDEP_MAP_INIT(text)

#endif /* PFNSIM_LINUX_LOCKDEP_TYPES_H */
