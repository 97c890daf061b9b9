/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Deferred work.
 *
 * Fidelity: TRAP - nothing that is emulated queues work; flushing and cancelling
 * work that was never queued does nothing, as in the kernel.
 */
#ifndef PFNSIM_LINUX_WORKQUEUE_H
#define PFNSIM_LINUX_WORKQUEUE_H

#include <linux/types.h>

__noreturn void host_trap(const char *function);

struct workqueue_struct;
struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);
struct work_struct {
	work_func_t func;
};
struct delayed_work {
	struct work_struct work;
};

#define INIT_WORK(work, fn) ((void)((work)->func = (fn)))
#define INIT_DELAYED_WORK(dw, fn) INIT_WORK(&(dw)->work, fn)
#define __WORK_INITIALIZER(name, fn)                                           \
	{                                                                      \
		.func = fn                                                     \
	}
#define DECLARE_WORK(name, fn)                                                 \
	struct work_struct name = __WORK_INITIALIZER(name, fn)
#define DECLARE_DELAYED_WORK(name, fn)                                         \
	struct delayed_work name = { .work = __WORK_INITIALIZER(name, fn) }
#define system_wq ((struct workqueue_struct *)0)
#define alloc_workqueue(fmt...)                                                \
	({                                                                     \
		host_trap("alloc_workqueue");                                  \
		NULL;                                                          \
	})
#define destroy_workqueue(wq) host_trap("destroy_workqueue")

static inline bool queue_work(struct workqueue_struct *wq,
			      struct work_struct *work)
{
	host_trap(__func__);
}

static inline bool schedule_work(struct work_struct *work)
{
	host_trap(__func__);
}

static inline bool flush_work(struct work_struct *work)
{
	return false;
}

static inline bool cancel_work_sync(struct work_struct *work)
{
	return false;
}

#endif /* PFNSIM_LINUX_WORKQUEUE_H */
