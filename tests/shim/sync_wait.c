// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sleeping and waking: rcuwait, wait queues, completions.
 */
#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/rcuwait.h>
#include <linux/sched.h>
#include <linux/spinlock.h>
#include <linux/wait.h>
#include "shim_test.h"

static struct rcuwait rcuwait;
static struct wait_queue_head queue;
static struct completion done;
static spinlock_t lock;
static int count;
static atomic_t woken;

static void init(void)
{
	rcuwait_init(&rcuwait);
	init_waitqueue_head(&queue);
	init_completion(&done);
	spin_lock_init(&lock);
	count = 1;
	atomic_set(&woken, 0);
}

/* How KVM waits for invalidations that are under way. */
static void rcuwait_sleeper(void)
{
	spin_lock(&lock);
	prepare_to_rcuwait(&rcuwait);
	while (count) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		spin_unlock(&lock);
		schedule();
		spin_lock(&lock);
	}
	finish_rcuwait(&rcuwait);
	CHECK(!rcuwait_active(&rcuwait));
	CHECK(task_is_running(current));
	spin_unlock(&lock);
}

static void rcuwait_waker(void)
{
	shim_linger();
	spin_lock(&lock);
	count--;
	spin_unlock(&lock);
	rcuwait_wake_up(&rcuwait);
}

/* Changes what is waited for, and tells nobody. */
static void silent_waker(void)
{
	shim_wait_step(1);
	count--;
}

static void step_then_sleep(void)
{
	prepare_to_rcuwait(&rcuwait);
	while (count) {
		set_current_state(TASK_UNINTERRUPTIBLE);
		shim_step(0);
		schedule();
	}
	finish_rcuwait(&rcuwait);
}

static void event_sleeper(void)
{
	rcuwait_wait_event(&rcuwait, !count, TASK_UNINTERRUPTIBLE);
	CHECK(!count);
}

/* The state is set after the condition was looked at: the wake-up is lost. */
static void late_sleeper(void)
{
	prepare_to_rcuwait(&rcuwait);
	if (count) {
		shim_step(0);
		shim_wait_step(2);
		set_current_state(TASK_UNINTERRUPTIBLE);
		schedule();
	}
	finish_rcuwait(&rcuwait);
}

static void early_waker(void)
{
	shim_wait_step(1);
	rcuwait_waker();
	shim_step(1);
}

static void second_waiter(void)
{
	prepare_to_rcuwait(&rcuwait);
	prepare_to_rcuwait(&rcuwait);
	finish_rcuwait(&rcuwait);
}

static void queue_sleeper(void)
{
	wait_event(queue, !count);
	atomic_inc(&woken);
}

static void queue_waker(void)
{
	shim_linger();
	count = 0;
	wake_up_all(&queue);
}

static void check_both_woken(void)
{
	CHECK(atomic_read(&woken) == 2);
}

static void completion_sleeper(void)
{
	wait_for_completion(&done);
	CHECK(!count);
}

static void completer(void)
{
	shim_linger();
	count = 0;
	complete(&done);
}

static void nobody_completes(void)
{
	wait_for_completion(&done);
}

static void schedule_while_running(void)
{
	schedule();
	cond_resched();
	CHECK(!signal_pending(current));
	CHECK(!need_resched());
}

DEFINE_SHIM_TESTS(
	wait,
	{ .name = "rcuwait/wakes",
	  .of = "prepare_to_rcuwait finish_rcuwait rcuwait_wake_up rcuwait_init rcuwait_active set_current_state schedule sim_rcuwait_init",
	  .follows =
		  "include/linux/rcuwait.h: the state is set, then the condition read; the waker changes it, then wakes",
	  .tasks = 2,
	  .setup = init,
	  .task = { rcuwait_sleeper, rcuwait_waker },
	  .expect = NO_VIOLATION },
	{ .name = "rcuwait/wait-event",
	  .of = "rcuwait_wait_event rcuwait_wake_up",
	  .follows =
		  "include/linux/rcuwait.h, rcuwait_wait_event(): returns once the condition holds",
	  .tasks = 2,
	  .setup = init,
	  .task = { event_sleeper, rcuwait_waker },
	  .expect = NO_VIOLATION },
	{ .name = "rcuwait/no-wake-up",
	  .of = "schedule",
	  .follows =
		  "kernel/sched/core.c, schedule(): a task that sleeps runs again when it is woken, and only then",
	  .tasks = 2,
	  .setup = init,
	  .task = { step_then_sleep, silent_waker },
	  .expect = V_DEADLOCK,
	  .expect_deadlock = true },
	{ .name = "rcuwait/lost-wake-up",
	  .of = "set_current_state rcuwait_wake_up",
	  .follows =
		  "include/linux/sched.h, set_current_state(): set after the condition was read, the wake-up is lost",
	  .tasks = 2,
	  .setup = init,
	  .task = { late_sleeper, early_waker },
	  .expect = V_DEADLOCK,
	  .expect_deadlock = true },
	{ .name = "rcuwait/second-waiter",
	  .of = "prepare_to_rcuwait",
	  .follows = "include/linux/rcuwait.h: one waiter at a time",
	  .tasks = 1,
	  .setup = init,
	  .task = { second_waiter },
	  .expect = V_CONTRACT },
	{ .name = "wait-queue/wakes-all",
	  .of = "wait_event wake_up_all",
	  .follows =
		  "kernel/sched/wait.c, __wake_up(): wakes all waiters that are not exclusive",
	  .tasks = 3,
	  .setup = init,
	  .task = { queue_sleeper, queue_sleeper, queue_waker },
	  .check = check_both_woken,
	  .expect = NO_VIOLATION },
	{ .name = "completion/wakes",
	  .of = "complete wait_for_completion",
	  .follows =
		  "Documentation/scheduler/completion.rst: complete() lets one waiter go",
	  .tasks = 2,
	  .setup = init,
	  .task = { completion_sleeper, completer },
	  .expect = NO_VIOLATION },
	{ .name = "completion/never",
	  .of = "wait_for_completion",
	  .follows =
		  "Documentation/scheduler/completion.rst, wait_for_completion(): waits without a timeout",
	  .tasks = 1,
	  .setup = init,
	  .task = { nobody_completes },
	  .expect = V_DEADLOCK,
	  .expect_deadlock = true },
	{ .name = "schedule/while-running",
	  .of = "schedule cond_resched signal_pending need_resched",
	  .follows =
		  "kernel/sched/core.c, schedule(): a task in TASK_RUNNING just yields",
	  .tasks = 1,
	  .setup = init,
	  .task = { schedule_while_running },
	  .expect = NO_VIOLATION });
