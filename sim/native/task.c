// SPDX-License-Identifier: GPL-2.0-only
/* Threads that are tasks, and what they are made to do at random. */
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "grace.h"
#include "native.h"

struct native_task native_tasks[HOST_MAX_TASKS];
__thread struct native_task *native_me;
__thread unsigned int host_task = HOST_SETUP_TASK;

uint64_t native_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1000000000UL + now.tv_nsec;
}

/* xorshift64*: Vigna, "An experimental exploration of Marsaglia's xorshift
   generators, scrambled", 2016. */
uint64_t native_random(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * 0x2545f4914f6cdd1dUL >> 16;
}

static void find_stack(struct native_task *task)
{
	pthread_attr_t attr;
	void *low;
	size_t size;

	if (pthread_getattr_np(pthread_self(), &attr))
		return;
	if (!pthread_attr_getstack(&attr, &low, &size)) {
		task->stack_low = (uintptr_t)low;
		task->stack_high = (uintptr_t)low + size;
	}
	pthread_attr_destroy(&attr);
}

void native_begin(unsigned int index)
{
	struct native_task *task = &native_tasks[index];

	memset(task, 0, sizeof(*task));
	task->index = index;
	task->thread = pthread_self();
	find_stack(task);
	host_task = index;
	native_me = task;
	grace_begin();
	__atomic_store_n(&task->used, true, __ATOMIC_RELEASE);
}

void native_end(void)
{
	__atomic_store_n(&native_me->used, false, __ATOMIC_RELEASE);
	grace_end();
	native_me = NULL;
}
