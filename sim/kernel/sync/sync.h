/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the emulated locks, RCU and the scheduler offer to the rest of
 * sim/kernel; code under test never includes this file.
 *
 * All state is per task or global, and is only touched by the running task.
 * sync_held() and sync_lock_name() have no side effect and may be called at any
 * time, on any stack.
 *
 * Fidelity: EMULATED - see lockdep.h, rcupdate.h and sched.h of include/linux.
 */
#ifndef PFNSIM_KERNEL_SYNC_H
#define PFNSIM_KERNEL_SYNC_H

#include <linux/lockdep.h>
#include <linux/rwsem.h>
#include <linux/types.h>
#include <border.h>

struct held_view;

/* Once, before anything else of this kernel runs. */
void sync_init(void);

/* Fills @out with the locks that @task holds, in the order of acquisition. */
void sync_held(unsigned int task, struct held_view *out);
/* @lock: the lock itself, any kind. Returns a string that lives forever. */
const char *sync_lock_name(const void *lock);

/*
 * After each operation: reports what the task must not take with it to user
 * space (locks, read sections, disabled preemption), and drops it.
 */
void sync_op_end_check(void);

/*
 * Waits for all read sections that exist now, then runs every callback of
 * call_rcu(), call_srcu() and kfree_rcu() that was queued before the call.
 */
void rcu_run_callbacks(void);
unsigned long sync_callbacks_pending(void);

/* A semaphore's operations under the name of another call. */
void sync_down_read(struct rw_semaphore *sem, enum shim_call call);
int sync_down_read_trylock(struct rw_semaphore *sem, enum shim_call call);
void sync_up_read(struct rw_semaphore *sem, enum shim_call call);
void sync_down_write(struct rw_semaphore *sem, enum shim_call call);
int sync_down_write_trylock(struct rw_semaphore *sem, enum shim_call call);
void sync_up_write(struct rw_semaphore *sem, enum shim_call call);

/*
 * Why the running task may not sleep ("gpc->lock is held"), or NULL where it
 * may.  The string lives until the next call.
 */
const char *sync_atomic_reason(void);

#endif /* PFNSIM_KERNEL_SYNC_H */
