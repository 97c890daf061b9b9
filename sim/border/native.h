/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The border on native threads: what border.h has beside it where PFNSIM_NATIVE
 * is set, for kernels and host alike.
 *
 * Tasks are threads.  The emulation of memory and files is written for one
 * running task: it runs in the *machine*, a recursive lock that is taken on the
 * way from code under test into the emulation and left on the way back, around
 * calls of the code under test, and while a task waits.  Locks, RCU and atomics
 * are real and do not need it.
 *
 * The machine orders nothing in the eyes of a race detector; each primitive
 * says itself what it orders, by host_release() and host_acquire().
 */
#ifndef PFNSIM_BORDER_NATIVE_H
#define PFNSIM_BORDER_NATIVE_H

#include "calls.h"

#define HOST_MAX_TASKS 1152

/* ---- The machine ------------------------------------------------------ */

/* May nest; each host_machine_enter() needs one host_machine_exit(). */
void host_machine_enter(void);
void host_machine_exit(void);
/* Leaves it, however often entered; returns what host_machine_resume() needs. */
unsigned int host_machine_leave(void);
void host_machine_resume(unsigned int depth);

/*
 * For trampolines between code under test and emulation (worlds.S): @ret is
 * where the call returns to, which is what the second of each pair returns.
 */
void host_cross_in(unsigned long ret, unsigned int from_code);
unsigned long host_cross_in_end(void);
void host_cross_out(unsigned long ret);
unsigned long host_cross_out_end(void);

/* ---- Waiting ---------------------------------------------------------- */

/*
 * Around every wait: leaves the machine and lets the watchdog know what for.
 * host_wait_end() takes what host_wait_begin() returned.
 */
unsigned int host_wait_begin(enum shim_call call, const void *obj,
			     const char *name);
void host_wait_end(unsigned int depth);
/* Sleeps while *@word is @value; may return early. */
void host_futex_wait(const volatile unsigned int *word, unsigned int value);
void host_futex_wake(const volatile unsigned int *word, unsigned int nr);
/* Gives the processor away once. */
void host_relax(void);

/* ---- RCU, on liburcu -------------------------------------------------- */

/* May nest, and may be held while waiting for a lock. */
void host_rcu_read_lock(void);
void host_rcu_read_unlock(void);
/* Waits for every read section of before the call. */
void host_rcu_synchronize(void);

/* ---- For race detectors and checkers of memory ------------------------ */

/* What comes before a release of @obj happens before what comes after an
   acquire of it. */
void host_acquire(const volatile void *obj);
void host_release(const volatile void *obj);
/* The object at @addr may be used from now on, or not any more. */
void host_memory_alloc(const void *addr, unsigned long size);
void host_memory_free(const void *addr, unsigned long size);

/* ---- Kernel addresses that instructions use ---------------------------- */

/* No instruction may reach a page at @addr any more without being looked at. */
void host_alias_drop(unsigned long addr);

#endif /* PFNSIM_BORDER_NATIVE_H */
