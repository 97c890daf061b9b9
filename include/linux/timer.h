/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Timers of the timer wheel.
 *
 * Fidelity: TRAP - a timer can be set up and deleted while it is idle; one that
 * is started stops the run.
 */
#ifndef PFNSIM_LINUX_TIMER_H
#define PFNSIM_LINUX_TIMER_H

#include <linux/container_of.h>
#include <linux/types.h>

struct timer_list {
	unsigned long expires;
	void (*function)(struct timer_list *timer);
};

int mod_timer(struct timer_list *timer, unsigned long expires);

#define timer_setup(timer, callback, flags) ((timer)->function = (callback))
#define timer_container_of(var, timer, member)                                 \
	container_of(timer, typeof(*(var)), member)
#define from_timer(var, timer, member) timer_container_of(var, timer, member)

/* No timer is ever under way; returns 0. */
static inline int timer_delete(struct timer_list *timer)
{
	return 0;
}
#define del_timer(timer) timer_delete(timer)
#define timer_delete_sync(timer) timer_delete(timer)
#define del_timer_sync(timer) timer_delete(timer)

#endif /* PFNSIM_LINUX_TIMER_H */
