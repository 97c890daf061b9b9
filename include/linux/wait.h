/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Wait queues.
 *
 * A waiter notes how often the queue was woken before it looks at its condition,
 * and sleeps only while that has not changed: a condition that nobody announces
 * is waited for in vain, as in the kernel.
 *
 * Fidelity: EMULATED - every wake-up wakes all waiters, which look again.  Time
 * limits never run out.  Entries with functions of their own are TRAP.
 */
#ifndef PFNSIM_LINUX_WAIT_H
#define PFNSIM_LINUX_WAIT_H

#include <linux/list.h>
#include <linux/lockdep_types.h>
#include <linux/spinlock.h>
#include <linux/types.h>

struct wait_queue_entry;
typedef int (*wait_queue_func_t)(struct wait_queue_entry *entry,
				 unsigned int mode, int flags, void *key);
struct wait_queue_entry {
	unsigned int flags;
	void *private;
	wait_queue_func_t func;
	struct list_head entry;
};
typedef struct wait_queue_entry wait_queue_entry_t;
struct wait_queue_head {
	spinlock_t lock;
	struct list_head head;
	unsigned int wakeups;
};
typedef struct wait_queue_head wait_queue_head_t;

#define WQ_FLAG_EXCLUSIVE 0x01
#define __WAIT_QUEUE_HEAD_INITIALIZER(name)                                    \
	{                                                                      \
		.lock = __SPIN_LOCK_UNLOCKED(name.lock),                       \
		.head = LIST_HEAD_INIT(name.head)                              \
	}
#define DECLARE_WAIT_QUEUE_HEAD(name)                                          \
	struct wait_queue_head name = __WAIT_QUEUE_HEAD_INITIALIZER(name)

void __init_waitqueue_head(struct wait_queue_head *wq, const char *name,
			   struct lock_class_key *key);
#define init_waitqueue_head(wq)                                                \
	do {                                                                   \
		static struct lock_class_key __key;                            \
		__init_waitqueue_head(wq, __LOCK_NAME(#wq), &__key);           \
	} while (0)
void init_waitqueue_func_entry(struct wait_queue_entry *entry,
			       wait_queue_func_t func);
void add_wait_queue(struct wait_queue_head *wq, struct wait_queue_entry *entry);
void add_wait_queue_priority(struct wait_queue_head *wq,
			     struct wait_queue_entry *entry);
void remove_wait_queue(struct wait_queue_head *wq,
		       struct wait_queue_entry *entry);

/* Sleeps until @wq was woken after @wakeups was read from it. */
void sim_wait_woken(struct wait_queue_head *wq, unsigned int wakeups);
void sim_wake_up(struct wait_queue_head *wq);
#define wake_up(wq) sim_wake_up(wq)
#define wake_up_all(wq) sim_wake_up(wq)
#define wake_up_nr(wq, nr) sim_wake_up(wq)
#define wake_up_interruptible(wq) sim_wake_up(wq)
#define wake_up_interruptible_all(wq) sim_wake_up(wq)
#define wake_up_poll(wq, mask) sim_wake_up(wq)
#define wake_up_locked_poll(wq, mask) sim_wake_up(wq)
#define waitqueue_active(wq) ((void)(wq), true)
#define wq_has_sleeper(wq) ((void)(wq), true)

#define wait_event(wq, cond)                                                   \
	do {                                                                   \
		for (;;) {                                                     \
			unsigned int __woken = READ_ONCE((wq).wakeups);        \
                                                                               \
			barrier();                                             \
			if (cond)                                              \
				break;                                         \
			sim_wait_woken(&(wq), __woken);                        \
		}                                                              \
	} while (0)
#define wait_event_interruptible(wq, cond)                                     \
	({                                                                     \
		wait_event(wq, cond);                                          \
		0;                                                             \
	})
#define wait_event_killable(wq, cond)                                          \
	({                                                                     \
		wait_event(wq, cond);                                          \
		0;                                                             \
	})
#define wait_event_timeout(wq, cond, t)                                        \
	({                                                                     \
		wait_event(wq, cond);                                          \
		(long)(t);                                                     \
	})

#endif /* PFNSIM_LINUX_WAIT_H */
