/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The running task.
 *
 * Fidelity: EMULATED - indexed by the scheduler's number of the task.
 */
#ifndef PFNSIM_ASM_CURRENT_H
#define PFNSIM_ASM_CURRENT_H

struct task_struct;
#ifdef PFNSIM_NATIVE
extern __thread unsigned int host_task
	__attribute__((tls_model("initial-exec")));
#else
extern unsigned int host_task;
#endif
/* sim_tasks[] is declared with its type, in sched.h. */
#define current (&sim_tasks[host_task])
#define get_current() current

#endif /* PFNSIM_ASM_CURRENT_H */
