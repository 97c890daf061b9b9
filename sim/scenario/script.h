/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Repeating a schedule, and telling it as the lines of an order.
 *
 * A schedule names the task of every event.  A line of an order says up to where a
 * task runs: behind a named point where that comes to the same, else right before
 * what the task stands before.
 */
#ifndef PFNSIM_SCENARIO_SCRIPT_H
#define PFNSIM_SCENARIO_SCRIPT_H

#include "search.h"

struct script_line {
	unsigned int task;
	unsigned int again; /* not 0: that many lines before it are a round */
	char until[120];    /* "gpc.refresh/resolved", "blocked", "end" */
};

struct script {
	const uint8_t *tasks;
	uint32_t nr;
	/*
	 * Not 0: the schedule is one without end.  From that event on it goes
	 * round, and where it runs out the execution is over.
	 */
	uint32_t round, round_end;
	struct script_line *lines; /* filled by script_run() */
	uint32_t nr_lines;
};

/*
 * One execution of the subject of search_init() by @script->tasks; when they run
 * out, whoever can goes on, unless it is a schedule without end.  The history holds it afterwards.  Returns how it
 * ended; SEARCH_STRAYED where a task that is named cannot go on.
 */
enum search_end script_run(struct script *script);
void script_deinit(struct script *script);

/* Writes the tasks of the history's events to @tasks, which has room. */
uint32_t script_of_history(uint8_t *tasks);

#endif /* PFNSIM_SCENARIO_SCRIPT_H */
