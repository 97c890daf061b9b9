/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Following an order as a search runs a schedule: with a history, so that what
 * only a search sees, data races, shows in a replay as well.
 *
 * What searches of a session have in common is here, too.
 */
#ifndef PFNSIM_SCENARIO_FOLLOW_H
#define PFNSIM_SCENARIO_FOLLOW_H

#include "replay.h"
#include "session.h"

/*
 * Runs the tasks once as @replay's order says and looks for data races.  Like
 * session_execute() but that the kernel must have hooks.
 */
void follow_execute(struct session *session, struct replay *replay,
		    struct trace *trace);

/* The search that just ended came to a deadlock: reports it. */
void follow_report_deadlock(void);

/*
 * For search.raced: reports the race of event @first with the last one.  How it
 * came to both is told where follow_paths() was called with the execution's
 * trace.
 */
void follow_report_race(uint32_t first);
void follow_paths(struct trace *trace);

/* For search.over, where races are reported: adds what a store left behind. */
void follow_over(void);

/* For search.stood and strategies: what a task stands before, and goes on with. */
void follow_stood(const void *pc);
void follow_chosen(int task);

#endif /* PFNSIM_SCENARIO_FOLLOW_H */
