// SPDX-License-Identifier: GPL-2.0-only
#include "endstate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "errnos.h"
#include "fingerprint.h"
#include "points.h"

#define TABLE_SIZE 4096
#define MAX_ORDERS 16

/* By hash: the state in the report, + 1. */
static uint16_t table[TABLE_SIZE];

static uint64_t hash_step(uint64_t hash, const struct step_result *result)
{
	hash = fingerprint_mix(hash, result->ret + 1);
	for (size_t i = 0; i < result->len; i++)
		hash = fingerprint_mix(hash, result->bytes[i]);
	return hash;
}

static uint64_t hash_session(const struct session *session)
{
	const struct scenario *scn = session->scenario;
	uint64_t hash = 0;

	for (size_t t = 0; t < scn->nr_task; t++)
		for (size_t i = 0; i < scn->task[t].nr_steps; i++)
			hash = hash_step(hash, &session->result[t][i]);
	for (unsigned int i = 0; i < session->machine.nr_caches; i++)
		hash = fingerprint_mix(hash,
				       session->gpcs[i].valid |
					       session->gpcs[i].active << 1);
	return hash;
}

/* ---- Texts --------------------------------------------------------------- */

static void add_step(char *text, size_t size, const char *task,
		     const struct step *step, const struct step_result *result)
{
	const char *name = result->ret < 0 ? errno_name(-result->ret) : NULL;
	size_t used = strlen(text);

	used += snprintf(text + used, size - used, "%s%s.%s ", used ? "; " : "",
			 task,
			 step->id ? step->id : scenario_op_name(step->op));
	if (used >= size)
		return;
	if (name)
		used += snprintf(text + used, size - used, "-%s", name);
	else
		used += snprintf(text + used, size - used, "%ld", result->ret);
	for (size_t i = 0; i < result->len && i < 8 && used < size; i++)
		used += snprintf(text + used, size - used, "%s%02x",
				 i ? "" : " ", result->bytes[i]);
}

static char *describe(const struct session *session)
{
	const struct scenario *scn = session->scenario;
	char text[512] = "";

	for (size_t t = 0; t < scn->nr_task; t++)
		for (size_t i = 0; i < scn->task[t].nr_steps; i++)
			if (session->result[t][i].done)
				add_step(text, sizeof(text), scn->task[t].name,
					 &scn->task[t].steps[i],
					 &session->result[t][i]);
	for (size_t i = 0; i < scn->nr_cache; i++) {
		size_t used = strlen(text);
		const struct gpc_view *gpc =
			&session->gpcs[scn->cache[i].first];

		if (used < sizeof(text))
			snprintf(text + used, sizeof(text) - used, "; %s %s",
				 scn->cache[i].name,
				 gpc->valid  ? "valid" :
				 gpc->active ? "not valid" :
					       "not active");
	}
	return text_of("%s", text);
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
	struct end_state *state = find(report, hash_session(session));

	if (!state)
		return;
	if (!state->count++) {
		state->text = describe(session);
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
