// SPDX-License-Identifier: GPL-2.0-only
/*
 * Mutual exclusion of two tasks by loads and stores alone, each entering once.
 * A task that would have to wait gives up: the counts are those of the
 * executions in which nobody had to.
 *
 * Algorithms of Dekker, Peterson (1981), Lamport ("A fast mutual exclusion
 * algorithm", 1987) and Szymanski (1988); the counts are those of GenMC's tests.
 */
#include "program.h"

static int flag[3], turn, inside, first, second;

static unsigned long finish(unsigned int n, unsigned int m)
{
	return flag[0] + 10 * flag[1] + 100 * flag[2] + 1000 * turn +
	       10000 * inside + 100000 * first + 1000000 * second;
}

static void critical_section(unsigned int task)
{
	WRITE_ONCE(inside, task);
	PROGRAM_CHECK(READ_ONCE(inside) == task);
}

/* ---- dekker_f: whoever does not see the other's flag enters ---------------- */

static void dekker(unsigned int task, unsigned int n, unsigned int m)
{
	WRITE_ONCE(flag[task], 1);
	smp_mb();
	if (!READ_ONCE(flag[!task])) {
		critical_section(task);
		program_saw(task, 1);
	}
}

/* ---- peterson -------------------------------------------------------------- */

static void peterson(unsigned int task, unsigned int n, unsigned int m)
{
	WRITE_ONCE(flag[task], 1);
	WRITE_ONCE(turn, !task);
	PROGRAM_ASSUME(!READ_ONCE(flag[!task]) || READ_ONCE(turn) == task);
	critical_section(task);
	WRITE_ONCE(flag[task], 0);
}

/* ---- szymanski: a waiting room with two doors ------------------------------ */

enum place {
	OUTSIDE,
	WANTS_IN,
	WAITS_FOR_OTHERS,
	AT_FIRST_DOOR,
	BEHIND_SECOND_DOOR,
};

static void szymanski(unsigned int task, unsigned int n, unsigned int m)
{
	int *mine = &flag[task], *theirs = &flag[!task], seen;

	WRITE_ONCE(*mine, WANTS_IN);
	PROGRAM_ASSUME(READ_ONCE(*theirs) < AT_FIRST_DOOR);
	WRITE_ONCE(*mine, AT_FIRST_DOOR);
	if (READ_ONCE(*theirs) == WANTS_IN) {
		WRITE_ONCE(*mine, WAITS_FOR_OTHERS);
		PROGRAM_ASSUME(READ_ONCE(*theirs) == BEHIND_SECOND_DOOR);
	}
	WRITE_ONCE(*mine, BEHIND_SECOND_DOOR);
	PROGRAM_ASSUME(READ_ONCE(*theirs) < WAITS_FOR_OTHERS);
	critical_section(task);
	seen = READ_ONCE(*theirs);
	PROGRAM_ASSUME(seen < WAITS_FOR_OTHERS ||
		       READ_ONCE(*theirs) > AT_FIRST_DOOR);
	WRITE_ONCE(*mine, OUTSIDE);
}

/* ---- lamport(n): the fast path takes seven accesses ------------------------ */

#define FREE 0

static void lamport(unsigned int task, unsigned int n, unsigned int m)
{
	int me = task + 1;

	for (;;) {
		WRITE_ONCE(flag[task], 1);
		WRITE_ONCE(first, me);
		if (READ_ONCE(second) != FREE) {
			WRITE_ONCE(flag[task], 0);
			PROGRAM_ASSUME(READ_ONCE(second) == FREE);
			continue;
		}
		WRITE_ONCE(second, me);
		if (READ_ONCE(first) == me)
			break;
		WRITE_ONCE(flag[task], 0);
		for (unsigned int i = 0; i < n; i++)
			PROGRAM_ASSUME(!READ_ONCE(flag[i]));
		if (READ_ONCE(second) == me)
			break;
		PROGRAM_ASSUME(READ_ONCE(second) == FREE);
	}
	WRITE_ONCE(second, FREE);
	WRITE_ONCE(flag[task], 0);
}

DEFINE_PROGRAMS(exclusion, { "dekker_f", program_two, NULL, dekker, finish },
		{ "peterson", program_two, NULL, peterson, finish },
		{ "szymanski", program_two, NULL, szymanski, finish },
		{ "lamport", program_n, NULL, lamport, finish });
