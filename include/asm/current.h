/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The running task.
 *
 * Fidelity: EMULATED - indexed by the scheduler's number of the task.
 */
#ifndef PFNSIM_ASM_CURRENT_H
#define PFNSIM_ASM_CURRENT_H

struct task_struct;
extern unsigned int host_task;
/* sim_tasks[] is declared with its type, in sched.h. */
#define current (&sim_tasks[host_task])
#define get_current() current

#endif /* PFNSIM_ASM_CURRENT_H */
