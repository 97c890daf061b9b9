// SPDX-License-Identifier: GPL-2.0-only
/*
 * SRCU: read sections that may sleep.
 *
 * Fidelity: EMULATED - see srcu.h.
 */
#include <linux/srcu.h>
#include "backend.h"
#include "callbacks.h"
#include "sync.h"

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
	if (srcu_is_open(ssp))
		host_report(V_RCU, HOST_NO_PFN,
			    "cleanup_srcu_struct(%s) while it has readers",
			    ssp->dep_map.name);
	if (word_load(&ssp->callbacks))
		host_report(V_RCU, HOST_NO_PFN,
			    "cleanup_srcu_struct(%s) with callbacks pending",
			    ssp->dep_map.name);
	sync_destroy_map(&ssp->dep_map);
}

int srcu_read_lock(struct srcu_struct *ssp)
{
	int idx;

	sync_check_lock(&ssp->dep_map, CALL_SRCU_READ_LOCK);
	host_enter(CALL_SRCU_READ_LOCK, ssp, ssp->dep_map.name);
	idx = srcu_open(ssp);
	host_leave(CALL_SRCU_READ_LOCK, ssp, ssp->dep_map.name);
	return idx;
}

void srcu_read_unlock(struct srcu_struct *ssp, int idx)
{
	const char *name;

	sync_check_lock(&ssp->dep_map, CALL_SRCU_READ_UNLOCK);
	name = ssp->dep_map.name;
	host_enter(CALL_SRCU_READ_UNLOCK, ssp, name);
	if (unlikely(!srcu_close(ssp, idx)))
		host_report(
			V_RCU, HOST_NO_PFN,
			"srcu_read_unlock(%s) does not match an srcu_read_lock()",
			name);
	host_leave(CALL_SRCU_READ_UNLOCK, ssp, name);
}

void synchronize_srcu(struct srcu_struct *ssp)
{
	const char *name;

	sync_check_lock(&ssp->dep_map, CALL_SYNCHRONIZE_SRCU);
	name = ssp->dep_map.name;
	if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep("synchronize_srcu", name);
	host_enter(CALL_SYNCHRONIZE_SRCU, ssp, name);
	srcu_wait_for_readers(ssp);
	host_leave(CALL_SYNCHRONIZE_SRCU, ssp, name);
}

/* ---- Callbacks ---------------------------------------------------------- */

void call_srcu(struct srcu_struct *ssp, struct rcu_head *head,
	       rcu_callback_t func)
{
	bool first;

	sync_release(head);
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

	while ((ssp = word_load(&queued)))
		srcu_barrier(ssp);
}
