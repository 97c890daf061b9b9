// SPDX-License-Identifier: GPL-2.0-only
/*
 * RCU: readers, grace periods, callbacks.
 *
 * Fidelity: EMULATED - see rcupdate.h.
 */
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include <pfnsim/outside.h>
#include "backend.h"
#include "callbacks.h"
#include "sync.h"

static struct rcu_head *callbacks;
static unsigned long nr_pending;
/* Of sync_take_callbacks(), and not done yet. */
static unsigned int batches_taken;

void sim_rcu_read_lock_quiet(void)
{
	struct sync_task *t = sync_me();

	sync_reader_begin(t);
	t->rcu++;
	rcu_section_begins();
}

void sim_rcu_read_unlock_quiet(void)
{
	struct sync_task *t = sync_me();

	if (unlikely(!t->rcu)) {
		host_report(V_RCU, HOST_NO_PFN,
			    "rcu_read_unlock() without rcu_read_lock()");
		return;
	}
	rcu_section_ends();
	t->rcu--;
	sync_reader_end(t);
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

void synchronize_rcu(void)
{
	if (unlikely(sync_me()->rcu))
		host_report(V_RCU, HOST_NO_PFN,
			    "synchronize_rcu() inside an RCU read section");
	else if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep("synchronize_rcu", NULL);
	host_enter(CALL_SYNCHRONIZE_RCU, NULL, NULL);
	rcu_wait_for_readers();
	host_leave(CALL_SYNCHRONIZE_RCU, NULL, NULL);
}

/* ---- Callbacks ---------------------------------------------------------- */

bool sync_queue_callback(struct rcu_head **queue, struct rcu_head *head,
			 rcu_callback_t func)
{
	bool queued = false;

	sync_guard();
	for (; *queue && !queued; queue = &(*queue)->next)
		queued = *queue == head;
	if (!queued) {
		head->next = NULL;
		head->func = func;
		*queue = head;
		word_add(&nr_pending, 1);
	}
	sync_unguard();
	return !queued;
}

/* kfree_rcu() queues the offset of the head in place of a function. */
static void run_callback(struct rcu_head *head)
{
	unsigned long offset = (unsigned long)head->func;

	word_add(&nr_pending, -1);
	if (offset < 4096)
		kfree((char *)head - offset);
	else
		outside_void(head->func(head));
}

struct rcu_head *sync_take_callbacks(struct rcu_head **queue)
{
	struct rcu_head *list;

	sync_guard();
	list = *queue;
	*queue = NULL;
	word_add(&batches_taken, 1);
	sync_unguard();
	return list;
}

void sync_wait_batches(void)
{
	if (word_load(&batches_taken)) {
		host_enter(CALL_SYNCHRONIZE_RCU, &batches_taken, "callbacks");
		word_wait(&(struct word_wait){ .call = CALL_SYNCHRONIZE_RCU,
					       .obj = &batches_taken,
					       .name = "callbacks",
					       .word = &batches_taken,
					       .equal = true });
		host_leave(CALL_SYNCHRONIZE_RCU, &batches_taken, "callbacks");
	}
	sync_acquire(&batches_taken);
}

void sync_run_callbacks(struct rcu_head *list)
{
	while (list) {
		struct rcu_head *next = list->next;

		sync_acquire(list);
		sim_preempt_add(SOFTIRQ_OFFSET);
		run_callback(list);
		sim_preempt_sub(SOFTIRQ_OFFSET);
		list = next;
	}
	sync_release(&batches_taken);
	word_add(&batches_taken, -1);
	word_wake(&batches_taken);
}

void call_rcu(struct rcu_head *head, rcu_callback_t func)
{
	sync_release(head);
	if (!sync_queue_callback(&callbacks, head, func))
		host_report(V_RCU, HOST_NO_PFN,
			    "call_rcu() of a head that is queued already");
}

void sim_kfree_rcu(void *obj, struct rcu_head *head)
{
	unsigned long offset = (char *)head - (char *)obj;

	sync_release(head);
	if (!sync_queue_callback(&callbacks, head, (rcu_callback_t)offset)) {
		host_report(V_DOUBLE_FREE, HOST_NO_PFN,
			    "kfree_rcu() of an object that is queued already");
		return;
	}
	sync_guard();
	host_note(NOTE_FREE_DEFERRED, (unsigned long)obj, 0, NULL);
	sync_unguard();
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
	if (word_load(&callbacks)) {
		struct rcu_head *list = sync_take_callbacks(&callbacks);

		synchronize_rcu();
		sync_run_callbacks(list);
	}
	sync_wait_batches();
}

unsigned long sync_callbacks_pending(void)
{
	return word_load(&nr_pending);
}
