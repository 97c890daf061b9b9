/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What locks are made of: mutexes and spinlocks have one owner, reader-writer
 * locks and semaphores several readers or one writer.
 *
 * Fidelity: EMULATED - what a kernel's locks remember is told by their headers.
 */
#ifndef PFNSIM_LOCKS_H
#define PFNSIM_LOCKS_H

#include <linux/compiler.h>
#include <linux/lockdep_types.h>
#include <linux/types.h>

struct owned {
	struct lockdep_map dep_map;
	lock_owner_t owner;
};

struct rw {
	struct lockdep_map dep_map;
	lock_owner_t writer;
#ifdef PFNSIM_NATIVE
	unsigned int state;    /* readers, or RW_WRITER of native/rw.c */
	unsigned int waiters;  /* tasks that sleep on releases */
	unsigned int writers;  /* of these, those that want to write */
	unsigned int releases; /* that somebody waited for */
#else
	unsigned int readers; /* bit per task */
#endif
};

static inline bool rw_is_locked(const struct rw *rw)
{
#ifdef PFNSIM_NATIVE
	return READ_ONCE(rw->state);
#else
	return rw->writer || rw->readers;
#endif
}

#endif /* PFNSIM_LOCKS_H */
