/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Simple wait queues.
 *
 * Fidelity: EMULATED - as wait.h.
 */
#ifndef PFNSIM_LINUX_SWAIT_H
#define PFNSIM_LINUX_SWAIT_H

#include <linux/wait.h>

#define swait_queue_head wait_queue_head
#define init_swait_queue_head(wq) init_waitqueue_head(wq)
#define swake_up_one(wq) sim_wake_up(wq)
#define swake_up_all(wq) sim_wake_up(wq)
#define swait_event_exclusive(wq, cond) wait_event(wq, cond)

#endif /* PFNSIM_LINUX_SWAIT_H */
