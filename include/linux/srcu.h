/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sleepable RCU.
 *
 * An srcu_struct knows each section that is open, by task and by the number of
 * grace periods that had been asked for when it began.
 *
 * Fidelity: EMULATED - synchronize_srcu() waits for exactly the sections that
 * existed when it was called.  The kernel's may wait for later ones too, so that
 * code that wrongly relies on that is caught here.  SRCU_MAX_READERS sections may
 * be open at once.
 */
#ifndef PFNSIM_LINUX_SRCU_H
#define PFNSIM_LINUX_SRCU_H

#include <linux/cleanup.h>
#include <linux/lockdep.h>
#include <linux/rcupdate.h>
#include <linux/types.h>

#define SRCU_MAX_READERS 20

struct srcu_struct {
	struct lockdep_map dep_map;
	struct callback_head *callbacks;
	struct srcu_struct *next_queued;
#ifdef PFNSIM_NATIVE
	unsigned int index;    /* of count[], for new sections */
	unsigned int count[2]; /* open sections */
	unsigned int waiting;  /* somebody sleeps on a count */
	unsigned int updater;  /* task + 1 that waits for readers */
#else
	unsigned int open; /* bit per section */
	unsigned short periods;
	struct {
		unsigned short period;
		unsigned char task;
	} reader[SRCU_MAX_READERS];
#endif
};

#define __SRCU_STRUCT_INIT(name)                                               \
	{                                                                      \
		__DEP_MAP_INIT(#name)                                          \
	}
#define DEFINE_SRCU(name) struct srcu_struct name = __SRCU_STRUCT_INIT(name)
#define DEFINE_STATIC_SRCU(name) static DEFINE_SRCU(name)

int __init_srcu_struct(struct srcu_struct *ssp, const char *name,
		       struct lock_class_key *key);
#define init_srcu_struct(ssp)                                                  \
	({                                                                     \
		static struct lock_class_key __key;                            \
		__init_srcu_struct(ssp, __LOCK_NAME(#ssp), &__key);            \
	})
void cleanup_srcu_struct(struct srcu_struct *ssp);

/* Returns what the matching srcu_read_unlock() of the same task passes. */
int srcu_read_lock(struct srcu_struct *ssp);
void srcu_read_unlock(struct srcu_struct *ssp, int idx);
void synchronize_srcu(struct srcu_struct *ssp);
void call_srcu(struct srcu_struct *ssp, struct rcu_head *head,
	       rcu_callback_t func);
void srcu_barrier(struct srcu_struct *ssp);
int srcu_read_lock_held(const struct srcu_struct *ssp);

#define synchronize_srcu_expedited(ssp) synchronize_srcu(ssp)
#define srcu_read_lock_nmisafe(ssp) srcu_read_lock(ssp)
#define srcu_read_unlock_nmisafe(ssp, idx) srcu_read_unlock(ssp, idx)
#define srcu_read_lock_notrace(ssp) srcu_read_lock(ssp)
#define srcu_read_unlock_notrace(ssp, idx) srcu_read_unlock(ssp, idx)
#define srcu_dereference_check(p, ssp, c)                                      \
	__rcu_load_if(p, srcu_read_lock_held(ssp) || (c),                      \
		      "outside an SRCU read section")
#define srcu_dereference(p, ssp) srcu_dereference_check(p, ssp, 0)
#define srcu_dereference_notrace(p, ssp) srcu_dereference_check(p, ssp, 1)

DEFINE_LOCK_GUARD_1(srcu, struct srcu_struct,
		    _T->idx = srcu_read_lock(_T->lock),
		    srcu_read_unlock(_T->lock, _T->idx), int idx)

#endif /* PFNSIM_LINUX_SRCU_H */
