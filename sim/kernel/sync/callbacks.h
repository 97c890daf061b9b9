/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Queues of RCU callbacks, shared by RCU and SRCU.  Private to sim/kernel/sync.
 *
 * Fidelity: EMULATED - callbacks run in order, in soft interrupt context.
 */
#ifndef PFNSIM_SYNC_CALLBACKS_H
#define PFNSIM_SYNC_CALLBACKS_H

#include <linux/types.h>

/* Appends; false where @head is in the queue already. */
bool sync_queue_callback(struct rcu_head **queue, struct rcu_head *head,
			 rcu_callback_t func);
/* Empties @queue.  Each call needs one of sync_run_callbacks(). */
struct rcu_head *sync_take_callbacks(struct rcu_head **queue);
void sync_run_callbacks(struct rcu_head *list);
/*
 * Waits until no batch is left that was taken and has not run: a barrier is for
 * callbacks that another task is about to run, too.
 */
void sync_wait_batches(void);
void srcu_run_callbacks(void);

#endif /* PFNSIM_SYNC_CALLBACKS_H */
