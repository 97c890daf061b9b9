/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Executions without end: livelock and starvation.
 *
 *	a                        b
 *	|--- events of a cycle ---|--- the same again ---|--- and again ...
 *	every task stands before the same at a, at b, and so on
 *
 * A schedule that goes round a cycle for ever is fair if each task that could go
 * on anywhere in it does go on in it (strong fairness).  Where no task completes
 * anything that is a livelock; where some do, those that do not starve.
 *
 * A cycle is looked for in the history of an execution in which a task went
 * round a loop, and believed once it was gone round CYCLE_REPEATS times on the
 * real code: that is what tells it from a loop that counts its rounds.
 */
#ifndef PFNSIM_EXPLORE_CYCLE_H
#define PFNSIM_EXPLORE_CYCLE_H

#include "search.h"

#define CYCLE_REPEATS 64

struct cycle {
	uint32_t start, end; /* its events in the history: [start, end) */
	uint32_t movers;     /* tasks that go on in it, a bit each */
	uint32_t completing; /* ... that complete something */
	uint32_t waiting;    /* tasks that have not ended and do not */
	bool same_memory; /* all bytes of the kernel are as one round before */
};

/*
 * Looks for a cycle in the execution that just ended and goes round it.  Takes
 * executions of the subject of its own, which leave search and history as they
 * are, and the engine and the world not.  Returns whether there is one.
 */
bool cycle_find(struct cycle *cycle);

/*
 * The schedule that leads into @cycle and @times round it, as tasks.  Returns its
 * length, which is at most HISTORY_MAX.
 */
uint32_t cycle_schedule(const struct cycle *cycle, unsigned int times,
			uint8_t *tasks);

/* "@0 and @2": tasks of a set for a report, which puts in their names. */
const char *cycle_tasks(uint32_t tasks, char *text, size_t size);

/* Reports it to the engine as what it is. */
void cycle_report(const struct cycle *cycle);

/*
 * Reports what was gone through so many times: @waiting tasks did not complete
 * anything in it, @completing ones did; @what and @more are for a person.
 */
void cycle_found(uint32_t waiting, uint32_t completing, unsigned int times,
		 const char *what, const char *more);

#endif /* PFNSIM_EXPLORE_CYCLE_H */
