// SPDX-License-Identifier: GPL-2.0-only
/*
 * SRCU: read sections that may sleep.
 *
 * Fidelity: EMULATED - see srcu.h.
 */
#include <linux/srcu.h>
#include "callbacks.h"
#include "state.h"
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
	if (ssp->open)
		host_report(V_RCU, HOST_NO_PFN,
			    "cleanup_srcu_struct(%s) while it has readers",
			    ssp->dep_map.name);
	if (ssp->callbacks)
		host_report(V_RCU, HOST_NO_PFN,
			    "cleanup_srcu_struct(%s) with callbacks pending",
			    ssp->dep_map.name);
	sync_destroy_map(&ssp->dep_map);
}

/* The sections of @ssp that @task has open, a bit each. */
static unsigned int sections_of(const struct srcu_struct *ssp,
				unsigned int task)
{
	unsigned int mine = 0;

	for (unsigned int open = ssp->open; open; open &= open - 1) {
		unsigned int i = __builtin_ctz(open);

		if (ssp->reader[i].task == task)
			mine |= 1U << i;
	}
	return mine;
}

int srcu_read_lock_held(const struct srcu_struct *ssp)
{
	return sections_of(ssp, host_task) != 0;
}

int srcu_read_lock(struct srcu_struct *ssp)
{
	unsigned int idx;

	sync_check_lock(&ssp->dep_map, CALL_SRCU_READ_LOCK);
	host_enter(CALL_SRCU_READ_LOCK, ssp, ssp->dep_map.name);
	idx = __builtin_ctz(~ssp->open);
	if (idx >= SRCU_MAX_READERS)
		host_trap("more open SRCU read sections than are tracked");
	ssp->open |= 1U << idx;
	ssp->reader[idx].task = host_task;
	ssp->reader[idx].period = ssp->periods;
	sync_me()->srcu++;
	host_leave(CALL_SRCU_READ_LOCK, ssp, ssp->dep_map.name);
	return idx;
}

void srcu_read_unlock(struct srcu_struct *ssp, int idx)
{
	sync_check_lock(&ssp->dep_map, CALL_SRCU_READ_UNLOCK);
	host_enter(CALL_SRCU_READ_UNLOCK, ssp, ssp->dep_map.name);
	if (idx < 0 || !(sections_of(ssp, host_task) >> idx & 1)) {
		host_report(
			V_RCU, HOST_NO_PFN,
			"srcu_read_unlock(%s) does not match an srcu_read_lock()",
			ssp->dep_map.name);
	} else {
		ssp->open &= ~(1U << idx);
		sync_me()->srcu--;
	}
	host_leave(CALL_SRCU_READ_UNLOCK, ssp, ssp->dep_map.name);
}

struct srcu_wait {
	const struct srcu_struct *ssp;
	unsigned short period;
	unsigned int waiter;
};

/* The tasks with a section that is older than the grace period. */
static unsigned int readers_before(const struct srcu_wait *wait)
{
	const struct srcu_struct *ssp = wait->ssp;
	unsigned int tasks = 0;

	for (unsigned int open = ssp->open; open; open &= open - 1) {
		unsigned int i = __builtin_ctz(open);

		if ((short)(ssp->reader[i].period - wait->period) < 0)
			tasks |= 1U << ssp->reader[i].task;
	}
	return tasks;
}

static _Bool srcu_is_over(const void *arg)
{
	return !readers_before(arg);
}

static int srcu_reader(const void *arg)
{
	const struct srcu_wait *wait = arg;

	return sync_blocker(readers_before(wait), wait->waiter);
}

void synchronize_srcu(struct srcu_struct *ssp)
{
	struct srcu_wait wait = { .ssp = ssp, .waiter = host_task };

	sync_check_lock(&ssp->dep_map, CALL_SYNCHRONIZE_SRCU);
	if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep("synchronize_srcu", ssp->dep_map.name);
	host_enter(CALL_SYNCHRONIZE_SRCU, ssp, ssp->dep_map.name);
	wait.period = ++ssp->periods;
	if (!srcu_is_over(&wait))
		host_block(&(struct host_wait){ .call = CALL_SYNCHRONIZE_SRCU,
						.obj = ssp,
						.name = ssp->dep_map.name,
						.arg = &wait,
						.ready = srcu_is_over,
						.owner = srcu_reader });
	host_leave(CALL_SYNCHRONIZE_SRCU, ssp, ssp->dep_map.name);
}

void call_srcu(struct srcu_struct *ssp, struct rcu_head *head,
	       rcu_callback_t func)
{
	bool first = !ssp->callbacks;

	if (!sync_queue_callback(&ssp->callbacks, head, func)) {
		host_report(V_RCU, HOST_NO_PFN,
			    "call_srcu(%s) of a head that is queued already",
			    ssp->dep_map.name);
		return;
	}
	if (first) {
		ssp->next_queued = queued;
		queued = ssp;
	}
}

static void unqueue(struct srcu_struct *ssp)
{
	struct srcu_struct **at = &queued;

	while (*at && *at != ssp)
		at = &(*at)->next_queued;
	if (*at)
		*at = ssp->next_queued;
}

void srcu_barrier(struct srcu_struct *ssp)
{
	if (ssp->callbacks) {
		struct rcu_head *list = sync_take_callbacks(&ssp->callbacks);

		unqueue(ssp);
		synchronize_srcu(ssp);
		sync_run_callbacks(list);
	}
	sync_wait_batches();
}

void srcu_run_callbacks(void)
{
	while (queued)
		srcu_barrier(queued);
}
