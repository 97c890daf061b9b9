// SPDX-License-Identifier: GPL-2.0-only
/* Sleeping on words, and on conditions of the emulation. */
#include "waiting.h"

#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "native.h"

void host_futex_wait(const volatile unsigned int *word, unsigned int value)
{
	syscall(SYS_futex, word, FUTEX_WAIT_PRIVATE, value, NULL, NULL, 0);
}

void host_futex_wake(const volatile unsigned int *word, unsigned int nr)
{
	syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, nr, NULL, NULL, 0);
}

void host_relax(void)
{
	sched_yield();
}

unsigned int host_wait_begin(enum shim_call call, const void *obj,
			     const char *name)
{
	struct native_task *me = native_me;

	me->call = call;
	me->obj = obj;
	me->name = name;
	me->waiting = true;
	return host_machine_leave();
}

void host_wait_end(unsigned int depth)
{
	native_me->waiting = false;
	native_me->points++;
	host_machine_resume(depth);
}

/* Tasks that wait for a condition, and what has happened since. */
static unsigned int nr_waiting, changes;

void machine_changed(void)
{
	if (!__atomic_load_n(&nr_waiting, __ATOMIC_RELAXED))
		return;
	__atomic_fetch_add(&changes, 1, __ATOMIC_SEQ_CST);
	host_futex_wake(&changes, INT_MAX);
}

/*
 * Nobody else changes anything until the machine is left, and then not without
 * machine_changed(): a change that is missed here has been counted.
 */
void host_block(const struct host_wait *wait)
{
	struct native_task *me = native_me;

	/* What this task itself did so far may be what others wait for. */
	machine_changed();
	__atomic_fetch_add(&nr_waiting, 1, __ATOMIC_SEQ_CST);
	me->idle = true;
	while (!wait->ready(wait->arg)) {
		unsigned int seen = __atomic_load_n(&changes, __ATOMIC_SEQ_CST);
		unsigned int depth = host_wait_begin(wait->call, wait->obj,
						     wait->name);

		host_futex_wait(&changes, seen);
		host_wait_end(depth);
	}
	me->idle = false;
	__atomic_fetch_sub(&nr_waiting, 1, __ATOMIC_SEQ_CST);
}
