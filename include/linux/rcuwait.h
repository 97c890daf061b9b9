/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Waiting of one task for a condition, without a lock.
 *
 * Fidelity: EMULATED - a second waiter breaks the documented rule that
 * users serialize, and is reported; the kernel would lose the first one.
 */
#ifndef PFNSIM_LINUX_RCUWAIT_H
#define PFNSIM_LINUX_RCUWAIT_H

#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

struct rcuwait {
	struct task_struct __rcu *task;
	const char *name;
};
#define __RCUWAIT_INITIALIZER(n)                                               \
	{                                                                      \
		.name = #n                                                     \
	}

void sim_rcuwait_init(struct rcuwait *w, const char *name);
#define rcuwait_init(w) sim_rcuwait_init(w, __LOCK_NAME(#w))
void prepare_to_rcuwait(struct rcuwait *w);
void finish_rcuwait(struct rcuwait *w);
int rcuwait_wake_up(struct rcuwait *w);

static inline int rcuwait_active(struct rcuwait *w)
{
	return rcu_access_pointer(w->task) != NULL;
}

#define rcuwait_wait_event(w, cond, state)                                     \
	({                                                                     \
		prepare_to_rcuwait(w);                                         \
		for (;;) {                                                     \
			set_current_state(state);                              \
			if (cond)                                              \
				break;                                         \
			schedule();                                            \
		}                                                              \
		finish_rcuwait(w);                                             \
		0;                                                             \
	})

#endif /* PFNSIM_LINUX_RCUWAIT_H */
