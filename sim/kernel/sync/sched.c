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
#include "backend.h"
#include "sync.h"

struct task_struct sim_tasks[HOST_MAX_TASKS];
const struct cpumask sim_online_cpus = { { 1 } };

void schedule(void)
{
	struct task_struct *task = current;
	const char *name = task->wait_name;

	if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep("schedule", NULL);
	host_enter(CALL_SCHEDULE, NULL, name);
	word_wait(&(struct word_wait){ .call = CALL_SCHEDULE,
				       .name = name,
				       .word = &task->__state,
				       .value = TASK_RUNNING,
				       .equal = true });
	sync_acquire(&task->__state);
	host_leave(CALL_SCHEDULE, NULL, name);
}

long schedule_timeout(long timeout)
{
	schedule();
	return timeout;
}

/* What the waker did comes before what the task does once awake. */
int wake_up_state(struct task_struct *task, unsigned int state)
{
	unsigned int seen;

	word_fence();
	sync_release(&task->__state);
	seen = word_load(&task->__state);
	while (seen & state) {
		if (!word_change(&task->__state, &seen, TASK_RUNNING))
			continue;
		word_wake(&task->__state);
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
	sync_yield();
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

/* ---- rcuwait ------------------------------------------------------------ */

void sim_rcuwait_init(struct rcuwait *w, const char *name)
{
	w->task = NULL;
	w->name = name;
}

void prepare_to_rcuwait(struct rcuwait *w)
{
	if (word_load(&w->task))
		host_report(
			V_CONTRACT, HOST_NO_PFN,
			"prepare_to_rcuwait() of %s, which has a waiter already",
			w->name);
	word_store(&w->task, current);
	current->wait_name = w->name;
}

void finish_rcuwait(struct rcuwait *w)
{
	word_store(&w->task, NULL);
	current->wait_name = NULL;
	set_current_state(TASK_RUNNING);
}

int rcuwait_wake_up(struct rcuwait *w)
{
	struct task_struct *task;
	int woken = 0;

	host_enter(CALL_RCUWAIT_WAKE_UP, w, w->name);
	word_fence();
	task = word_load(&w->task);
	if (task)
		woken = wake_up_process(task);
	host_leave(CALL_RCUWAIT_WAKE_UP, w, w->name);
	return woken;
}

/* ---- Wait queues -------------------------------------------------------- */

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

	if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep("wait_event", name);
	host_enter(CALL_WAIT_EVENT, wq, name);
	word_wait(&(struct word_wait){ .call = CALL_WAIT_EVENT,
				       .obj = wq,
				       .name = name,
				       .word = &wq->wakeups,
				       .value = wakeups });
	sync_acquire(&wq->wakeups);
	host_leave(CALL_WAIT_EVENT, wq, name);
}

void sim_wake_up(struct wait_queue_head *wq)
{
	sync_release(&wq->wakeups);
	word_add(&wq->wakeups, 1);
	word_wake(&wq->wakeups);
}

/* ---- Completions -------------------------------------------------------- */

void complete(struct completion *x)
{
	unsigned int done = word_load(&x->done);

	sync_release(&x->done);
	while (done != UINT_MAX && !word_change(&x->done, &done, done + 1))
		;
	wake_up(&x->wait);
}

void complete_all(struct completion *x)
{
	sync_release(&x->done);
	word_store(&x->done, UINT_MAX);
	wake_up_all(&x->wait);
}

bool try_wait_for_completion(struct completion *x)
{
	unsigned int done = word_load(&x->done);

	while (done && done != UINT_MAX &&
	       !word_change(&x->done, &done, done - 1))
		;
	if (done)
		sync_acquire(&x->done);
	return done;
}

void wait_for_completion(struct completion *x)
{
	wait_event(x->wait, try_wait_for_completion(x));
}

bool completion_done(struct completion *x)
{
	return word_load(&x->done);
}
