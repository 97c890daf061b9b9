/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Process identities with a reference count.
 *
 * Fidelity: TRAP - vCPUs remember the task that runs them; there are none.
 */
#ifndef _LINUX_PID_H
#define _LINUX_PID_H

#include <linux/types.h>

enum pid_type { PIDTYPE_PID, PIDTYPE_TGID };

struct pid;
struct task_struct;

struct pid *task_pid(struct task_struct *task);
struct pid *get_task_pid(struct task_struct *task, enum pid_type type);
struct task_struct *get_pid_task(struct pid *pid, enum pid_type type);
void put_pid(struct pid *pid);
void put_task_struct(struct task_struct *task);

#endif /* _LINUX_PID_H */
