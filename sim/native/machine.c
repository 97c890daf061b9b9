// SPDX-License-Identifier: GPL-2.0-only
/*
 * The machine that one task at a time is in, and the way in and out of it.
 *
 * A race detector does not hear of it: no function of the C library that one
 * would follow is called.
 */
#include <stdio.h>
#include <stdlib.h>

#include "native.h"
#include "quiet.h"
#include "waiting.h"

static struct quiet_lock machine;

void quiet_lock(struct quiet_lock *lock)
{
	unsigned int free = 0;

	if (__atomic_compare_exchange_n(&lock->word, &free, 1, false,
					__ATOMIC_ACQUIRE, __ATOMIC_RELAXED))
		return;
	/* 2: others may sleep. */
	while (__atomic_exchange_n(&lock->word, 2, __ATOMIC_ACQUIRE))
		host_futex_wait(&lock->word, 2);
}

void quiet_unlock(struct quiet_lock *lock)
{
	if (__atomic_exchange_n(&lock->word, 0, __ATOMIC_RELEASE) == 2)
		host_futex_wake(&lock->word, 1);
}

static void leave(void)
{
	if (!native_me->idle)
		machine_changed();
	quiet_unlock(&machine);
}

void host_machine_enter(void)
{
	if (!native_me->depth)
		quiet_lock(&machine);
	native_me->depth++;
}

void host_machine_exit(void)
{
	if (!--native_me->depth)
		leave();
}

unsigned int host_machine_leave(void)
{
	unsigned int depth = native_me->depth;

	native_me->depth = 0;
	if (depth)
		leave();
	return depth;
}

void host_machine_resume(unsigned int depth)
{
	if (depth)
		quiet_lock(&machine);
	native_me->depth = depth;
}

/* ---- Crossings ---------------------------------------------------------- */

static void push(unsigned long ret, unsigned int depth)
{
	struct native_task *me = native_me;

	if (me->nr_crossings == NATIVE_CROSSINGS)
		host_fatal(V_CONTRACT, HOST_NO_PFN,
			   "the kernel's stack overflowed: recursion without "
			   "end");
	me->crossing[me->nr_crossings].ret = ret;
	me->crossing[me->nr_crossings++].depth = depth;
}

void host_cross_in(unsigned long ret, unsigned int from_code)
{
	/* The emulation called code under test and kept the machine. */
	if (from_code && native_me->depth) {
		fprintf(stderr, "pfnsim-soak: code under test runs inside the "
				"machine\n");
		abort();
	}
	push(ret, 0);
	host_machine_enter();
}

unsigned long host_cross_in_end(void)
{
	host_machine_exit();
	return native_me->crossing[--native_me->nr_crossings].ret;
}

void host_cross_out(unsigned long ret)
{
	push(ret, host_machine_leave());
}

unsigned long host_cross_out_end(void)
{
	struct native_task *me = native_me;

	me->nr_crossings--;
	host_machine_resume(me->crossing[me->nr_crossings].depth);
	return me->crossing[me->nr_crossings].ret;
}
