// SPDX-License-Identifier: GPL-2.0-only
#include "endstate.h"

#include <stdlib.h>
#include <string.h>

#include "final.h"

#define TABLE_SIZE 4096
#define MAX_ORDERS 16

/* By hash: the state in the report, + 1. */
static uint16_t table[TABLE_SIZE];

static struct final final_of(const struct session *session)
{
	return (struct final){
		.scenario = session->scenario,
		.result = session->result,
		.gpcs = session->gpcs,
		.nr_caches = session->machine.nr_caches,
	};
}

uint64_t end_state_hash(const struct session *session)
{
	const struct final final = final_of(session);

	return final_hash(&final);
}

/* ---- Counting ------------------------------------------------------------ */

void end_state_deinit(struct end_state *state)
{
	free(state->text);
	free(state->order);
	free(state->tasks);
	*state = (struct end_state){ 0 };
}

static uint8_t *copy_tasks(const uint8_t *tasks, uint32_t nr)
{
	uint8_t *copy = malloc(nr + 1);

	if (!copy)
		abort();
	memcpy(copy, tasks, nr);
	return copy;
}

struct end_state end_state_copy(const struct end_state *state)
{
	return (struct end_state){
		.hash = state->hash,
		.count = state->count,
		.text = text_of("%s", state->text),
		.tasks = copy_tasks(state->tasks, state->nr_tasks),
		.nr_tasks = state->nr_tasks,
	};
}

void end_state_begin(void)
{
	memset(table, 0, sizeof(table));
}

/* The state with that hash, or an empty one; NULL where there is no room. */
static struct end_state *find(struct explore_report *report, uint64_t hash)
{
	size_t at = hash % TABLE_SIZE;

	while (table[at]) {
		struct end_state *state = &report->states[table[at] - 1];

		if (state->hash == hash)
			return state;
		at = (at + 1) % TABLE_SIZE;
	}
	if (report->nr_states == END_STATES_MAX) {
		report->states_dropped = true;
		return NULL;
	}
	table[at] = ++report->nr_states;
	report->states = realloc(report->states,
				 report->nr_states * sizeof(struct end_state));
	if (!report->states)
		abort();
	report->states[table[at] - 1] = (struct end_state){ .hash = hash };
	return &report->states[table[at] - 1];
}

void end_state_count(struct explore_report *report,
		     const struct session *session, const uint8_t *tasks,
		     uint32_t nr)
{
	const struct final final = final_of(session);
	struct end_state *state = find(report, final_hash(&final));
	char text[FINAL_TEXT_SIZE];

	if (!state)
		return;
	if (!state->count++) {
		final_text(&final, text, sizeof(text));
		state->text = text_of("%s", text);
		state->tasks = copy_tasks(tasks, nr);
		state->nr_tasks = nr;
	}
}

void end_state_add(struct explore_report *report, const struct end_state *more)
{
	struct end_state *state = find(report, more->hash);

	if (!state)
		return;
	if (!state->count)
		*state = end_state_copy(more);
	else
		state->count += more->count;
}

static int more_often(const void *a, const void *b)
{
	const struct end_state *x = a, *y = b;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	return strcmp(x->text, y->text);
}

void end_state_orders(struct explore_report *report)
{
	for (size_t i = 0; i < report->nr_states && i < MAX_ORDERS; i++)
		report->states[i].order = explore_order_of(
			report->states[i].tasks, report->states[i].nr_tasks);
	if (report->nr_states)
		qsort(report->states, report->nr_states,
		      sizeof(*report->states), more_often);
}

void explore_report_deinit(struct explore_report *report)
{
	for (size_t i = 0; i < report->nr_states; i++)
		end_state_deinit(&report->states[i]);
	free(report->states);
	free(report->spare);
	*report = (struct explore_report){ 0 };
}
