// SPDX-License-Identifier: GPL-2.0-only
/*
 * SRCU on native threads: two counters of open sections, and an index that says
 * which of them new sections use.
 *
 * A grace period waits for what an earlier one left in the counter that is out
 * of use, turns the index and waits for the other: after McKenney's "Sleepable
 * RCU", LWN 2006.  A section counts itself before it reads anything, so one that
 * still takes the old index sees all that came before the grace period.
 *
 * Fidelity: EMULATED - waits for all sections that are open, and maybe for some
 * that open meanwhile, as the kernel's does.  A task may be in MAX_SECTIONS.
 */
#include <linux/srcu.h>
#include "../sync/callbacks.h"
#include "../sync/state.h"
#include "../sync/sync.h"
#include "owned.h"
#include "wait.h"

static struct srcu_struct *queued;

int __init_srcu_struct(struct srcu_struct *ssp, const char *name,
		       struct lock_class_key *key)
{
	*ssp = (struct srcu_struct){ 0 };
	lockdep_init_map(&ssp->dep_map, name, key, 0);
	return 0;
}

void cleanup_srcu_struct(struct srcu_struct *ssp)
{
	if (load_full(&ssp->count[0]) || load_full(&ssp->count[1]))
		host_report(V_RCU, HOST_NO_PFN,
			    "cleanup_srcu_struct(%s) while it has readers",
			    ssp->dep_map.name);
	if (ssp->callbacks)
		host_report(V_RCU, HOST_NO_PFN,
			    "cleanup_srcu_struct(%s) with callbacks pending",
			    ssp->dep_map.name);
	sync_destroy_map(&ssp->dep_map);
}

/* The newest section of the task in @ssp with @index (-1: any), or -1. */
static int find_section(const struct sync_task *t,
			const struct srcu_struct *ssp, int index)
{
	for (int i = t->srcu; i-- > 0;)
		if (t->section[i].domain == ssp &&
		    (index < 0 || t->section[i].index == index))
			return i;
	return -1;
}

int srcu_read_lock_held(const struct srcu_struct *ssp)
{
	return find_section(sync_me(), ssp, -1) >= 0;
}

int srcu_read_lock(struct srcu_struct *ssp)
{
	struct sync_task *t = sync_me();
	unsigned int index;

	sync_check_lock(&ssp->dep_map, CALL_SRCU_READ_LOCK);
	if (t->srcu == MAX_SECTIONS)
		host_trap("more open SRCU read sections than are tracked");
	index = load_relaxed(&ssp->index);
	add_full(&ssp->count[index], 1);
	t->section[t->srcu].domain = ssp;
	t->section[t->srcu++].index = index;
	host_acquire(&ssp->index);
	host_leave(CALL_SRCU_READ_LOCK, ssp, ssp->dep_map.name);
	return index;
}

void srcu_read_unlock(struct srcu_struct *ssp, int idx)
{
	struct sync_task *t = sync_me();
	int i = idx < 0 ? -1 : find_section(t, ssp, idx);

	sync_check_lock(&ssp->dep_map, CALL_SRCU_READ_UNLOCK);
	host_enter(CALL_SRCU_READ_UNLOCK, ssp, ssp->dep_map.name);
	if (i < 0) {
		host_report(
			V_RCU, HOST_NO_PFN,
			"srcu_read_unlock(%s) does not match an srcu_read_lock()",
			ssp->dep_map.name);
		return;
	}
	for (t->srcu--; i < t->srcu; i++)
		t->section[i] = t->section[i + 1];
	host_release(&ssp->count[0]);
	if (!add_full(&ssp->count[idx], -1) && load_full(&ssp->waiting))
		wake_everyone(&ssp->count[idx]);
}

static void wait_for_readers(struct srcu_struct *ssp, unsigned int *count)
{
	unsigned int open;

	while ((open = load_full(count)))
		host_futex_wait(count, open);
}

static void grace_period(struct srcu_struct *ssp)
{
	unsigned int old = load_relaxed(&ssp->index);

	add_full(&ssp->waiting, 1);
	wait_for_readers(ssp, &ssp->count[!old]);
	__atomic_store_n(&ssp->index, !old, __ATOMIC_SEQ_CST);
	wait_for_readers(ssp, &ssp->count[old]);
	add_full(&ssp->waiting, -1);
}

void synchronize_srcu(struct srcu_struct *ssp)
{
	const char *name = ssp->dep_map.name;
	unsigned int depth;

	sync_check_lock(&ssp->dep_map, CALL_SYNCHRONIZE_SRCU);
	if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep("synchronize_srcu", name);
	if (unlikely(srcu_read_lock_held(ssp)))
		host_report(
			V_DEADLOCK, HOST_NO_PFN,
			"synchronize_srcu(%s) inside a read section of the same",
			name);
	host_enter(CALL_SYNCHRONIZE_SRCU, ssp, name);
	host_release(&ssp->index);
	depth = host_wait_begin(CALL_SYNCHRONIZE_SRCU, ssp, name);
	owned_take(&ssp->updater, CALL_SYNCHRONIZE_SRCU, &ssp->dep_map);
	grace_period(ssp);
	owned_release(&ssp->updater);
	host_wait_end(depth);
	host_acquire(&ssp->count[0]);
	host_leave(CALL_SYNCHRONIZE_SRCU, ssp, name);
}

/* ---- Callbacks -------------------------------------------------------- */

void call_srcu(struct srcu_struct *ssp, struct rcu_head *head,
	       rcu_callback_t func)
{
	bool first;

	host_release(head);
	sync_guard();
	first = !ssp->callbacks;
	if (!sync_queue_callback(&ssp->callbacks, head, func)) {
		host_report(V_RCU, HOST_NO_PFN,
			    "call_srcu(%s) of a head that is queued already",
			    ssp->dep_map.name);
	} else if (first) {
		ssp->next_queued = queued;
		queued = ssp;
	}
	sync_unguard();
}

/* Takes @ssp out of the list of those that have callbacks. */
static void unqueue(struct srcu_struct *ssp)
{
	struct srcu_struct **at = &queued;

	while (*at && *at != ssp)
		at = &(*at)->next_queued;
	if (*at)
		*at = ssp->next_queued;
}

static struct rcu_head *take_queued(struct srcu_struct *ssp)
{
	struct rcu_head *list = NULL;

	sync_guard();
	if (ssp->callbacks) {
		unqueue(ssp);
		list = sync_take_callbacks(&ssp->callbacks);
	}
	sync_unguard();
	return list;
}

void srcu_barrier(struct srcu_struct *ssp)
{
	struct rcu_head *list = take_queued(ssp);

	if (list) {
		synchronize_srcu(ssp);
		sync_run_callbacks(list);
	}
	sync_wait_batches();
}

void srcu_run_callbacks(void)
{
	struct srcu_struct *ssp;

	while ((ssp = load_full(&queued)))
		srcu_barrier(ssp);
}
