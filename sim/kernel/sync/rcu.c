// SPDX-License-Identifier: GPL-2.0-only
/*
 * RCU: readers, grace periods, callbacks.
 *
 * A task that becomes a reader notes how many grace periods had been asked for;
 * one asked for later waits for it, one asked for earlier does not.
 *
 * Fidelity: EMULATED - see rcupdate.h.
 */
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include "callbacks.h"
#include "state.h"
#include "sync.h"

unsigned int sync_periods;
static struct rcu_head *callbacks;
static unsigned long nr_pending;

void sim_rcu_read_lock_quiet(void)
{
	struct sync_task *t = sync_me();

	sync_reader_begin(t);
	t->rcu++;
}

void sim_rcu_read_unlock_quiet(void)
{
	struct sync_task *t = sync_me();

	if (unlikely(!t->rcu))
		host_report(V_RCU, HOST_NO_PFN,
			    "rcu_read_unlock() without rcu_read_lock()");
	else
		t->rcu--;
}

void sim_rcu_read_lock(void)
{
	host_enter(CALL_RCU_READ_LOCK, NULL, NULL);
	sim_rcu_read_lock_quiet();
	host_leave(CALL_RCU_READ_LOCK, NULL, NULL);
}

void sim_rcu_read_unlock(void)
{
	host_enter(CALL_RCU_READ_UNLOCK, NULL, NULL);
	sim_rcu_read_unlock_quiet();
	host_leave(CALL_RCU_READ_UNLOCK, NULL, NULL);
}

int rcu_read_lock_held(void)
{
	return sync_me()->rcu;
}

int rcu_read_lock_any_held(void)
{
	return sync_is_atomic(sync_me());
}

void sim_rcu_assign_enter(const volatile void *p, const char *name)
{
	host_enter(CALL_RCU_ASSIGN_POINTER, (const void *)p, name);
}

void sim_rcu_assign_leave(const volatile void *p, const char *name)
{
	host_leave(CALL_RCU_ASSIGN_POINTER, (const void *)p, name);
}

void sim_rcu_suspicious(const char *text, const char *why)
{
	host_report(V_RCU, HOST_NO_PFN, "%s is used %s", text, why);
}

struct rcu_wait {
	unsigned int period;
	unsigned int waiter;
};

/* The tasks that were readers when the grace period was asked for. */
static unsigned int readers_before(unsigned int period)
{
	unsigned int tasks = 0;

	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++)
		if (sync_is_atomic(&sync_tasks[i]) &&
		    sync_tasks[i].reader_since < period)
			tasks |= 1U << i;
	return tasks;
}

static _Bool rcu_is_over(const void *arg)
{
	return !readers_before(((const struct rcu_wait *)arg)->period);
}

static int rcu_reader(const void *arg)
{
	const struct rcu_wait *wait = arg;

	return sync_blocker(readers_before(wait->period), wait->waiter);
}

void synchronize_rcu(void)
{
	struct rcu_wait wait = { .waiter = host_task };

	if (unlikely(sync_me()->rcu))
		host_report(V_RCU, HOST_NO_PFN,
			    "synchronize_rcu() inside an RCU read section");
	else if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep("synchronize_rcu", NULL);
	host_enter(CALL_SYNCHRONIZE_RCU, NULL, NULL);
	wait.period = ++sync_periods;
	if (!rcu_is_over(&wait))
		host_block(&(struct host_wait){ .call = CALL_SYNCHRONIZE_RCU,
						.arg = &wait,
						.ready = rcu_is_over,
						.owner = rcu_reader });
	host_leave(CALL_SYNCHRONIZE_RCU, NULL, NULL);
}

bool sync_queue_callback(struct rcu_head **queue, struct rcu_head *head,
			 rcu_callback_t func)
{
	for (; *queue; queue = &(*queue)->next)
		if (*queue == head)
			return false;
	head->next = NULL;
	head->func = func;
	*queue = head;
	nr_pending++;
	return true;
}

/* kfree_rcu() queues the offset of the head in place of a function. */
static void run_callback(struct rcu_head *head)
{
	unsigned long offset = (unsigned long)head->func;

	nr_pending--;
	if (offset < 4096)
		kfree((char *)head - offset);
	else
		head->func(head);
}

/* Of sync_take_callbacks(), and not done yet. */
static unsigned int batches_taken;

struct rcu_head *sync_take_callbacks(struct rcu_head **queue)
{
	struct rcu_head *list = *queue;

	*queue = NULL;
	batches_taken++;
	return list;
}

static _Bool no_batch_taken(const void *arg)
{
	return !batches_taken;
}

static int nobody(const void *arg)
{
	return -1;
}

void sync_wait_batches(void)
{
	if (!batches_taken)
		return;
	host_enter(CALL_SYNCHRONIZE_RCU, &batches_taken, "callbacks");
	while (batches_taken)
		host_block(&(struct host_wait){ .call = CALL_SYNCHRONIZE_RCU,
						.obj = &batches_taken,
						.name = "callbacks",
						.ready = no_batch_taken,
						.owner = nobody });
	host_leave(CALL_SYNCHRONIZE_RCU, &batches_taken, "callbacks");
}

void sync_run_callbacks(struct rcu_head *list)
{
	while (list) {
		struct rcu_head *next = list->next;

		sim_preempt_add(SOFTIRQ_OFFSET);
		run_callback(list);
		sim_preempt_sub(SOFTIRQ_OFFSET);
		list = next;
	}
	batches_taken--;
}

void call_rcu(struct rcu_head *head, rcu_callback_t func)
{
	if (!sync_queue_callback(&callbacks, head, func))
		host_report(V_RCU, HOST_NO_PFN,
			    "call_rcu() of a head that is queued already");
}

void sim_kfree_rcu(void *obj, struct rcu_head *head)
{
	unsigned long offset = (char *)head - (char *)obj;

	if (!sync_queue_callback(&callbacks, head, (rcu_callback_t)offset)) {
		host_report(V_DOUBLE_FREE, HOST_NO_PFN,
			    "kfree_rcu() of an object that is queued already");
		return;
	}
	host_note(NOTE_FREE_DEFERRED, (unsigned long)obj, 0, NULL);
}

void kvfree_rcu_mightsleep(const void *ptr)
{
	synchronize_rcu();
	kvfree(ptr);
}

void rcu_run_callbacks(void)
{
	struct rcu_head *list = sync_take_callbacks(&callbacks);

	synchronize_rcu();
	sync_run_callbacks(list);
	srcu_run_callbacks();
	sync_wait_batches();
}

/* Without callbacks there is no grace period, either. */
void rcu_barrier(void)
{
	if (callbacks) {
		struct rcu_head *list = sync_take_callbacks(&callbacks);

		synchronize_rcu();
		sync_run_callbacks(list);
	}
	sync_wait_batches();
}

unsigned long sync_callbacks_pending(void)
{
	return nr_pending;
}
