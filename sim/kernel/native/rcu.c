// SPDX-License-Identifier: GPL-2.0-only
/*
 * RCU on native threads: liburcu's grace periods, this kernel's readers.
 *
 * A task is a reader from when it becomes atomic until it no longer is
 * (sync_reader_begin(), sync_reader_end()), so that a grace period waits for
 * those who merely switched preemption off, too.
 *
 * Fidelity: EMULATED - see rcupdate.h of include/linux; a grace period may wait
 * for readers that began after it, as the kernel's may.
 */
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/srcu.h>
#include <pfnsim/outside.h>
#include "../sync/callbacks.h"
#include "../sync/state.h"
#include "../sync/sync.h"
#include "wait.h"

static struct rcu_head *callbacks;
static unsigned long nr_pending;
/* Of sync_take_callbacks(), and not done yet. */
static unsigned int batches_taken;
/* Released by readers, acquired by who waited for them; and the other way. */
static unsigned char readers_left, grace_begun;

void sim_rcu_read_lock_quiet(void)
{
	struct sync_task *t = sync_me();

	sync_reader_begin(t);
	t->rcu++;
	host_acquire(&grace_begun);
}

void sim_rcu_read_unlock_quiet(void)
{
	struct sync_task *t = sync_me();

	if (unlikely(!t->rcu)) {
		host_report(V_RCU, HOST_NO_PFN,
			    "rcu_read_unlock() without rcu_read_lock()");
		return;
	}
	host_release(&readers_left);
	t->rcu--;
	sync_reader_end(t);
}

void sim_rcu_read_lock(void)
{
	sim_rcu_read_lock_quiet();
	host_leave(CALL_RCU_READ_LOCK, NULL, NULL);
}

void sim_rcu_read_unlock(void)
{
	host_enter(CALL_RCU_READ_UNLOCK, NULL, NULL);
	sim_rcu_read_unlock_quiet();
}

int rcu_read_lock_held(void)
{
	return sync_me()->rcu;
}

int rcu_read_lock_any_held(void)
{
	return sync_is_atomic(sync_me());
}

void sim_rcu_suspicious(const char *text, const char *why)
{
	host_report(V_RCU, HOST_NO_PFN, "%s is used %s", text, why);
}

void synchronize_rcu(void)
{
	unsigned int depth;

	if (unlikely(sync_me()->rcu))
		host_report(V_RCU, HOST_NO_PFN,
			    "synchronize_rcu() inside an RCU read section");
	else if (unlikely(sync_is_atomic(sync_me())))
		sync_report_sleep("synchronize_rcu", NULL);
	host_enter(CALL_SYNCHRONIZE_RCU, NULL, NULL);
	host_release(&grace_begun);
	depth = host_wait_begin(CALL_SYNCHRONIZE_RCU, NULL, "readers");
	host_rcu_synchronize();
	host_wait_end(depth);
	host_acquire(&readers_left);
	host_leave(CALL_SYNCHRONIZE_RCU, NULL, NULL);
}

/* ---- Callbacks -------------------------------------------------------- */

bool sync_queue_callback(struct rcu_head **queue, struct rcu_head *head,
			 rcu_callback_t func)
{
	struct rcu_head *at;
	bool queued = false;

	sync_guard();
	for (at = *queue; at && !queued; at = at->next)
		queued = at == head;
	if (!queued) {
		head->func = func;
		head->next = *queue;
		*queue = head;
		nr_pending++;
	}
	sync_unguard();
	return !queued;
}

static void run_callback(struct rcu_head *head)
{
	unsigned long offset = (unsigned long)head->func;

	if (offset < 4096)
		kfree((char *)head - offset);
	else
		outside_void(head->func(head));
	__atomic_fetch_sub(&nr_pending, 1, __ATOMIC_RELAXED);
}

/* They were queued the last one first. */
static struct rcu_head *reversed(struct rcu_head *list)
{
	struct rcu_head *done = NULL;

	while (list) {
		struct rcu_head *next = list->next;

		list->next = done;
		done = list;
		list = next;
	}
	return done;
}

struct rcu_head *sync_take_callbacks(struct rcu_head **queue)
{
	struct rcu_head *list;

	sync_guard();
	list = *queue;
	*queue = NULL;
	batches_taken++;
	sync_unguard();
	return reversed(list);
}

void sync_wait_batches(void)
{
	unsigned int taken, depth;

	depth = host_wait_begin(CALL_SYNCHRONIZE_RCU, NULL, "callbacks");
	while ((taken = load_full(&batches_taken)))
		host_futex_wait(&batches_taken, taken);
	host_wait_end(depth);
	host_acquire(&batches_taken);
}

void sync_run_callbacks(struct rcu_head *list)
{
	while (list) {
		struct rcu_head *next = list->next;

		host_acquire(list);
		sim_preempt_add(SOFTIRQ_OFFSET);
		run_callback(list);
		sim_preempt_sub(SOFTIRQ_OFFSET);
		list = next;
	}
	host_release(&batches_taken);
	add_full(&batches_taken, -1);
	wake_everyone(&batches_taken);
}

void call_rcu(struct rcu_head *head, rcu_callback_t func)
{
	host_release(head);
	if (!sync_queue_callback(&callbacks, head, func))
		host_report(V_RCU, HOST_NO_PFN,
			    "call_rcu() of a head that is queued already");
}

void sim_kfree_rcu(void *obj, struct rcu_head *head)
{
	unsigned long offset = (char *)head - (char *)obj;

	host_release(head);
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
	if (load_full(&callbacks)) {
		struct rcu_head *list = sync_take_callbacks(&callbacks);

		synchronize_rcu();
		sync_run_callbacks(list);
	}
	sync_wait_batches();
}

unsigned long sync_callbacks_pending(void)
{
	return __atomic_load_n(&nr_pending, __ATOMIC_RELAXED);
}
