// SPDX-License-Identifier: GPL-2.0-only
/*
 * random(n, m): three tasks of m steps each, which are drawn by the number n:
 * loads, stores, exchanges that may fail, branches on what was read, locks.
 */
#include "program.h"

#define VARIABLES 2

static atomic_t variables[VARIABLES];
static spinlock_t lock;

static unsigned int three(unsigned int n, unsigned int m)
{
	return 3;
}

static void start(unsigned int n, unsigned int m)
{
	spin_lock_init(&lock);
}

static void one_step(unsigned int task, unsigned int drawn)
{
	atomic_t *a = &variables[drawn % VARIABLES];
	atomic_t *b = &variables[drawn / 16 % VARIABLES];
	int value = drawn / 256 % 3;

	switch (drawn / 65536 % 8) {
	case 0:
	case 1:
		program_saw(task, atomic_read(a));
		break;
	case 2:
		atomic_set(a, value);
		break;
	case 3:
	case 4:
		program_saw(task, atomic_cmpxchg(a, value, value + 1));
		break;
	case 5:
		program_saw(task, atomic_fetch_inc(a));
		break;
	case 6:
		if (atomic_read(a) == value)
			atomic_set(b, value + 1);
		break;
	case 7:
		spin_lock(&lock);
		atomic_set(b, atomic_read(a) + 1);
		spin_unlock(&lock);
		break;
	}
}

static void random(unsigned int task, unsigned int n, unsigned int m)
{
	for (unsigned int i = 0; i < m; i++)
		one_step(task, program_draw(n, task * m + i));
}

static unsigned long finish(unsigned int n, unsigned int m)
{
	unsigned long state = 0;

	for (unsigned int i = 0; i < VARIABLES; i++)
		state = state * 101 + atomic_read(&variables[i]);
	return state;
}

DEFINE_PROGRAMS(random, { "random", three, start, random, finish });
