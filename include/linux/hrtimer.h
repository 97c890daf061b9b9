/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * High resolution timers.
 *
 * Fidelity: TRAP - a timer can be set up and cancelled while it is idle; one
 * that is started stops the run.
 */
#ifndef PFNSIM_LINUX_HRTIMER_H
#define PFNSIM_LINUX_HRTIMER_H

#include <linux/ktime.h>
#include <linux/types.h>

enum hrtimer_restart { HRTIMER_NORESTART, HRTIMER_RESTART };
enum hrtimer_mode { HRTIMER_MODE_ABS_HARD = 8 };
#ifndef CLOCK_MONOTONIC
#define CLOCK_MONOTONIC 1
#endif

struct hrtimer {
	enum hrtimer_restart (*function)(struct hrtimer *timer);
};

void hrtimer_start(struct hrtimer *timer, ktime_t time,
		   const enum hrtimer_mode mode);
void hrtimer_start_expires(struct hrtimer *timer, enum hrtimer_mode mode);

static inline void hrtimer_init(struct hrtimer *timer, int clock,
				enum hrtimer_mode mode)
{
}

static inline void
hrtimer_setup(struct hrtimer *timer,
	      enum hrtimer_restart (*function)(struct hrtimer *timer),
	      clockid_t clock, enum hrtimer_mode mode)
{
	timer->function = function;
}

/* No timer is ever under way; returns 0. */
static inline int hrtimer_cancel(struct hrtimer *timer)
{
	return 0;
}

#endif /* PFNSIM_LINUX_HRTIMER_H */
