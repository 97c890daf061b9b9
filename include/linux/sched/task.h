/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * References to tasks.
 *
 * Fidelity: STUB - tasks live as long as the kernel; put_task_struct() is TRAP.
 */
#ifndef PFNSIM_LINUX_SCHED_TASK_H
#define PFNSIM_LINUX_SCHED_TASK_H

#include <linux/sched.h>

static inline struct task_struct *get_task_struct(struct task_struct *task)
{
	return task;
}

void put_task_struct(struct task_struct *task);

#endif /* PFNSIM_LINUX_SCHED_TASK_H */
