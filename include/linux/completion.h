/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Completions.
 *
 * Fidelity: EMULATED - no time limits, no interruption.
 */
#ifndef PFNSIM_LINUX_COMPLETION_H
#define PFNSIM_LINUX_COMPLETION_H

#include <linux/wait.h>

struct completion {
	unsigned int done;
	struct wait_queue_head wait;
};
#define COMPLETION_INITIALIZER(name)                                           \
	{                                                                      \
		0, __WAIT_QUEUE_HEAD_INITIALIZER((name).wait)                  \
	}
#define DECLARE_COMPLETION(name)                                               \
	struct completion name = COMPLETION_INITIALIZER(name)
#define DECLARE_COMPLETION_ONSTACK(name) DECLARE_COMPLETION(name)
#define init_completion(x)                                                     \
	do {                                                                   \
		(x)->done = 0;                                                 \
		init_waitqueue_head(&(x)->wait);                               \
	} while (0)
#define reinit_completion(x) ((x)->done = 0)

void complete(struct completion *x);
void complete_all(struct completion *x);
void wait_for_completion(struct completion *x);
bool try_wait_for_completion(struct completion *x);
bool completion_done(struct completion *x);
#define wait_for_completion_killable(x)                                        \
	({                                                                     \
		wait_for_completion(x);                                        \
		0;                                                             \
	})
#define wait_for_completion_interruptible(x)                                   \
	({                                                                     \
		wait_for_completion(x);                                        \
		0;                                                             \
	})

#endif /* PFNSIM_LINUX_COMPLETION_H */
