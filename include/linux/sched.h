/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Tasks: who runs, how a task waits and yields.
 *
 * Each of the scheduler's tasks has one task_struct; current follows the task
 * that runs.  The lock checker's own state of a task is kept elsewhere.
 *
 * Fidelity: EMULATED - small; no signals, no priorities, no exit.  A wake-up is
 * lost as in the kernel where the state was not set before.
 */
#ifndef PFNSIM_LINUX_SCHED_H
#define PFNSIM_LINUX_SCHED_H

#include <linux/irqflags.h>
#include <linux/kernel.h>
#include <linux/pid.h>
#include <linux/preempt.h>
#include <linux/types.h>
#include <asm/current.h>
#include <asm/processor.h>
#include <asm/signal.h>

#define TASK_RUNNING 0x0000
#define TASK_INTERRUPTIBLE 0x0001
#define TASK_UNINTERRUPTIBLE 0x0002
#define TASK_DEAD 0x0080
#define TASK_WAKEKILL 0x0100
#define TASK_NOLOAD 0x0400
#define TASK_KILLABLE (TASK_WAKEKILL | TASK_UNINTERRUPTIBLE)
#define TASK_IDLE (TASK_UNINTERRUPTIBLE | TASK_NOLOAD)
#define TASK_NORMAL (TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)
#define TASK_COMM_LEN 16
#define MAX_SCHEDULE_TIMEOUT LONG_MAX

#define PF_EXITING 0x00000004
#define PF_VCPU 0x00000001
#define PF_KTHREAD 0x00200000

struct mm_struct;
struct files_struct;
struct signal_struct;
struct pid;

/* Time spent waiting for a CPU: every task has one of its own. */
struct sched_info {
	unsigned long long run_delay;
};

/* Fields besides the state belong to the services that they are named for. */
struct task_struct {
	unsigned int __state;
	unsigned int flags;
	const char *wait_name; /* what schedule() would wait for, or NULL */
	struct mm_struct *mm;
	struct mm_struct *active_mm;
	struct files_struct *files;
	struct signal_struct *signal;
	struct callback_head *task_works;
	pid_t pid;
	pid_t tgid;
	struct task_struct *group_leader;
	struct pid *thread_pid;
	sigset_t real_blocked;
	char comm[TASK_COMM_LEN];
	struct sched_info sched_info;
};
extern struct task_struct sim_tasks[];

#define set_current_state(state)                                               \
	do {                                                                   \
		WRITE_ONCE(current->__state, (state));                         \
		barrier();                                                     \
	} while (0)
#define __set_current_state(state) set_current_state(state)
#define get_current_state() READ_ONCE(current->__state)
#define task_is_running(task) (READ_ONCE((task)->__state) == TASK_RUNNING)
#define task_is_runnable(task) task_is_running(task)

void schedule(void);
/* There is no clock: returns once woken, with all of the time left. */
long schedule_timeout(long timeout);
#define schedule_timeout_uninterruptible(t)                                    \
	({                                                                     \
		set_current_state(TASK_UNINTERRUPTIBLE);                       \
		schedule_timeout(t);                                           \
	})
#define io_schedule() schedule()
void yield(void);
int sim_cond_resched(void);
#ifdef PFNSIM_LIB
#define cond_resched() 0
#else
#define cond_resched() sim_cond_resched()
#endif
#define _cond_resched() cond_resched()
#define cond_resched_lock(lock) ((void)(lock), 0)
#define cond_resched_rwlock_read(lock) ((void)(lock), 0)
#define cond_resched_rwlock_write(lock) ((void)(lock), 0)
int wake_up_process(struct task_struct *task);
int wake_up_state(struct task_struct *task, unsigned int state);

static inline bool need_resched(void)
{
	return false;
}

static inline bool single_task_running(void)
{
	return false;
}

static inline pid_t task_pid_nr(struct task_struct *task)
{
	return task->pid;
}

static inline pid_t task_tgid_nr(struct task_struct *task)
{
	return task->tgid;
}
#define task_pid_vnr(task) task_pid_nr(task)
#define task_tgid_vnr(task) task_tgid_nr(task)
#define task_cpu(task) ((void)(task), 0)
int yield_to(struct task_struct *task, bool preempt);
int send_sig(int sig, struct task_struct *task, int priv);

static inline int signal_pending(struct task_struct *task)
{
	return 0;
}

static inline int fatal_signal_pending(struct task_struct *task)
{
	return 0;
}
#define signal_pending_state(state, task) 0

#endif /* PFNSIM_LINUX_SCHED_H */
