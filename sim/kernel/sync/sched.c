// SPDX-License-Identifier: GPL-2.0-only
/*
 * Tasks that yield, sleep and are woken.
 *
 * Fidelity: EMULATED - see sched.h, rcuwait.h, wait.h and completion.h.
 */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/rcuwait.h>
#include <linux/sched.h>
#include <linux/wait.h>
#include "state.h"
#include "sync.h"

struct task_struct sim_tasks[HOST_MAX_TASKS];
const struct cpumask sim_online_cpus = { { 1 } };

static _Bool task_is_awake(const void *arg)
{
	return task_is_running((const struct task_struct *)arg);
}

static int nobody(const void *arg)
{
	return -1;
}

void schedule(void)
{
	struct task_struct *task = current;
	const char *name = task->wait_name;

	if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep("schedule", NULL);
	host_enter(CALL_SCHEDULE, NULL, name);
	if (!task_is_running(task))
		host_block(&(struct host_wait){ .call = CALL_SCHEDULE,
						.name = name,
						.arg = task,
						.ready = task_is_awake,
						.owner = nobody });
	host_leave(CALL_SCHEDULE, NULL, name);
}

long schedule_timeout(long timeout)
{
	schedule();
	return timeout;
}

int wake_up_state(struct task_struct *task, unsigned int state)
{
	if (!(READ_ONCE(task->__state) & state))
		return 0;
	WRITE_ONCE(task->__state, TASK_RUNNING);
	return 1;
}

int wake_up_process(struct task_struct *task)
{
	return wake_up_state(task, TASK_NORMAL);
}

void yield(void)
{
	host_enter(CALL_SCHEDULE, NULL, NULL);
	host_leave(CALL_SCHEDULE, NULL, NULL);
}

void sim_cpu_relax(void)
{
	yield();
}

int sim_cond_resched(void)
{
	if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep("cond_resched", NULL);
	host_enter(CALL_COND_RESCHED, NULL, NULL);
	host_leave(CALL_COND_RESCHED, NULL, NULL);
	return 0;
}

void sim_rcuwait_init(struct rcuwait *w, const char *name)
{
	w->task = NULL;
	w->name = name;
}

void prepare_to_rcuwait(struct rcuwait *w)
{
	if (w->task)
		host_report(
			V_CONTRACT, HOST_NO_PFN,
			"prepare_to_rcuwait() of %s, which has a waiter already",
			w->name);
	WRITE_ONCE(w->task, current);
	current->wait_name = w->name;
}

void finish_rcuwait(struct rcuwait *w)
{
	WRITE_ONCE(w->task, NULL);
	current->wait_name = NULL;
	set_current_state(TASK_RUNNING);
}

int rcuwait_wake_up(struct rcuwait *w)
{
	int woken = 0;

	host_enter(CALL_RCUWAIT_WAKE_UP, w, w->name);
	if (w->task)
		woken = wake_up_process(w->task);
	host_leave(CALL_RCUWAIT_WAKE_UP, w, w->name);
	return woken;
}

void __init_waitqueue_head(struct wait_queue_head *wq, const char *name,
			   struct lock_class_key *key)
{
	__spin_lock_init(&wq->lock, name, key);
	INIT_LIST_HEAD(&wq->head);
	wq->wakeups = 0;
}

struct queue_wait {
	const struct wait_queue_head *wq;
	unsigned int wakeups;
};

static _Bool queue_was_woken(const void *arg)
{
	const struct queue_wait *wait = arg;

	return wait->wq->wakeups != wait->wakeups;
}

void sim_wait_woken(struct wait_queue_head *wq, unsigned int wakeups)
{
	struct queue_wait wait = { wq, wakeups };
	const char *name = wq->lock.dep_map.name;

	if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep("wait_event", name);
	host_enter(CALL_WAIT_EVENT, wq, name);
	if (!queue_was_woken(&wait))
		host_block(&(struct host_wait){ .call = CALL_WAIT_EVENT,
						.obj = wq,
						.name = name,
						.ready = queue_was_woken,
						.owner = nobody,
						.arg = &wait });
	host_leave(CALL_WAIT_EVENT, wq, name);
}

void sim_wake_up(struct wait_queue_head *wq)
{
	wq->wakeups++;
}

void complete(struct completion *x)
{
	if (x->done != UINT_MAX)
		x->done++;
	wake_up(&x->wait);
}

void complete_all(struct completion *x)
{
	x->done = UINT_MAX;
	wake_up_all(&x->wait);
}

bool try_wait_for_completion(struct completion *x)
{
	if (!x->done)
		return false;
	if (x->done != UINT_MAX)
		x->done--;
	return true;
}

void wait_for_completion(struct completion *x)
{
	wait_event(x->wait, try_wait_for_completion(x));
}

bool completion_done(struct completion *x)
{
	return x->done;
}
