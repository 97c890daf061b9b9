// SPDX-License-Identifier: GPL-2.0-only
/*
 * Native threads that yield, sleep and are woken.
 *
 * Fidelity: EMULATED - see sched.h, rcuwait.h, wait.h and completion.h of
 * include/linux.
 */
#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/rcuwait.h>
#include <linux/sched.h>
#include <linux/wait.h>
#include "../sync/state.h"
#include "../sync/sync.h"
#include "wait.h"

struct task_struct sim_tasks[HOST_MAX_TASKS];
const struct cpumask sim_online_cpus = { { 1 } };

void schedule(void)
{
	struct task_struct *task = current;
	const char *name = task->wait_name;
	unsigned int depth, state;

	if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep("schedule", NULL);
	host_enter(CALL_SCHEDULE, NULL, name);
	depth = host_wait_begin(CALL_SCHEDULE, task, name);
	while ((state = load_full(&task->__state)) != TASK_RUNNING)
		host_futex_wait(&task->__state, state);
	host_wait_end(depth);
	host_acquire(&task->__state);
	host_leave(CALL_SCHEDULE, NULL, name);
}

long schedule_timeout(long timeout)
{
	schedule();
	return timeout;
}

int wake_up_state(struct task_struct *task, unsigned int state)
{
	unsigned int seen;

	/* What the waker did comes before what the task does once awake. */
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	host_release(&task->__state);
	seen = load_full(&task->__state);
	while (seen & state) {
		if (!try_change(&task->__state, &seen, TASK_RUNNING))
			continue;
		wake_everyone(&task->__state);
		return 1;
	}
	return 0;
}

int wake_up_process(struct task_struct *task)
{
	return wake_up_state(task, TASK_NORMAL);
}

void yield(void)
{
	unsigned int depth = host_machine_leave();

	host_relax();
	host_machine_resume(depth);
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

/* ---- rcuwait ---------------------------------------------------------- */

void sim_rcuwait_init(struct rcuwait *w, const char *name)
{
	w->task = NULL;
	w->name = name;
}

void prepare_to_rcuwait(struct rcuwait *w)
{
	if (rcu_access_pointer(w->task))
		host_report(
			V_CONTRACT, HOST_NO_PFN,
			"prepare_to_rcuwait() of %s, which has a waiter already",
			w->name);
	store_release(&w->task, current);
	current->wait_name = w->name;
}

void finish_rcuwait(struct rcuwait *w)
{
	store_release(&w->task, NULL);
	current->wait_name = NULL;
	set_current_state(TASK_RUNNING);
}

int rcuwait_wake_up(struct rcuwait *w)
{
	struct task_struct *task;
	int woken;

	host_enter(CALL_RCUWAIT_WAKE_UP, w, w->name);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	task = load_full(&w->task);
	woken = task ? wake_up_process(task) : 0;
	host_leave(CALL_RCUWAIT_WAKE_UP, w, w->name);
	return woken;
}

/* ---- Wait queues ------------------------------------------------------ */

void __init_waitqueue_head(struct wait_queue_head *wq, const char *name,
			   struct lock_class_key *key)
{
	__spin_lock_init(&wq->lock, name, key);
	INIT_LIST_HEAD(&wq->head);
	wq->wakeups = 0;
}

void sim_wait_woken(struct wait_queue_head *wq, unsigned int wakeups)
{
	const char *name = wq->lock.dep_map.name;
	unsigned int depth;

	if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep("wait_event", name);
	host_enter(CALL_WAIT_EVENT, wq, name);
	depth = host_wait_begin(CALL_WAIT_EVENT, wq, name);
	while (load_full(&wq->wakeups) == wakeups)
		host_futex_wait(&wq->wakeups, wakeups);
	host_wait_end(depth);
	host_acquire(&wq->wakeups);
	host_leave(CALL_WAIT_EVENT, wq, name);
}

void sim_wake_up(struct wait_queue_head *wq)
{
	host_release(&wq->wakeups);
	add_full(&wq->wakeups, 1);
	wake_everyone(&wq->wakeups);
}

void complete(struct completion *x)
{
	unsigned int done = load_relaxed(&x->done);

	host_release(&x->done);
	while (done != UINT_MAX && !try_change(&x->done, &done, done + 1))
		;
	wake_up(&x->wait);
}

void complete_all(struct completion *x)
{
	host_release(&x->done);
	__atomic_store_n(&x->done, UINT_MAX, __ATOMIC_SEQ_CST);
	wake_up_all(&x->wait);
}

bool try_wait_for_completion(struct completion *x)
{
	unsigned int done = load_full(&x->done);

	while (done && done != UINT_MAX &&
	       !try_change(&x->done, &done, done - 1))
		;
	if (done)
		host_acquire(&x->done);
	return done;
}

void wait_for_completion(struct completion *x)
{
	wait_event(x->wait, try_wait_for_completion(x));
}

bool completion_done(struct completion *x)
{
	return load_full(&x->done);
}
