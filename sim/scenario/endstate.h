/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The different states that executions of a search end in, counted.
 */
#ifndef PFNSIM_SCENARIO_ENDSTATE_H
#define PFNSIM_SCENARIO_ENDSTATE_H

#include "explore.h"
#include "session.h"

/* No more are kept of a search. */
#define END_STATES_MAX 256

struct end_state end_state_copy(const struct end_state *state);
void end_state_deinit(struct end_state *state);

/* Adds what a part of the search counted. */
void end_state_add(struct explore_report *report,
		   const struct end_state *state);

/* Forgets all states. */
void end_state_begin(void);

/* Counts the state of @session; @tasks is the schedule that led there. */
void end_state_count(struct explore_report *report,
		     const struct session *session, const uint8_t *tasks,
		     uint32_t nr);

/* That of the last execution, which ran to the end of all tasks. */
uint64_t end_state_hash(const struct session *session);

/* Sorts the states, the most frequent first, and gives each an order. */
void end_state_orders(struct explore_report *report);

/* The order of a schedule, in the words of a scenario file; free() it. */
char *explore_order_of(const uint8_t *tasks, uint32_t nr);

#endif /* PFNSIM_SCENARIO_ENDSTATE_H */
