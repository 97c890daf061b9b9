// SPDX-License-Identifier: GPL-2.0-only
#include "repeat.h"

/* Tasks without an endless step that have not ended; 0: all tasks have none. */
static unsigned int finite_left;

void repeat_begin(const struct scenario *scenario)
{
	unsigned int nr = 0;

	for (size_t t = 0; t < scenario->nr_task; t++)
		nr += !scenario->task[t].endless;
	finite_left = nr == scenario->nr_task ? 0 : nr;
}

static void access_finite_left(unsigned int how)
{
	host_access(&finite_left, sizeof(finite_left), how | ACCESS_MARKED,
		    NULL);
}

/* A round of a loop ends here. */
bool repeat_again(const struct step *step, unsigned long times)
{
	if (step->repeat == 1)
		return false;
	host_enter(CALL_COND_RESCHED, NULL, NULL);
	host_leave(CALL_COND_RESCHED, NULL, NULL);
	if (step->repeat != STEP_ENDLESS)
		return times < step->repeat;
	access_finite_left(ACCESS_READ);
	return __atomic_load_n(&finite_left, __ATOMIC_RELAXED);
}

void repeat_over(const struct scenario *scenario, unsigned int index)
{
	const struct task_desc *task;

	/* Setup is none of the tasks. */
	if (!__atomic_load_n(&finite_left, __ATOMIC_RELAXED) ||
	    host_task >= scenario->nr_task)
		return;
	task = &scenario->task[host_task];
	if (task->endless || index + 1 < task->nr_steps)
		return;
	access_finite_left(ACCESS_WRITE);
	__atomic_sub_fetch(&finite_left, 1, __ATOMIC_RELAXED);
}
