// SPDX-License-Identifier: GPL-2.0-only
#include "endstate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "errnos.h"
#include "fingerprint.h"
#include "points.h"

#define TABLE_SIZE 4096
#define MAX_STATES 256
#define MAX_ORDERS 16

/* By hash: the state in the report, + 1. */
static uint16_t table[TABLE_SIZE];
static struct {
	uint8_t *tasks;
	uint32_t nr;
} schedules[MAX_STATES];

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

void end_state_begin(void)
{
	memset(table, 0, sizeof(table));
	for (size_t i = 0; i < MAX_STATES; i++) {
		free(schedules[i].tasks);
		schedules[i].tasks = NULL;
	}
}

static void add_state(struct explore_report *report,
		      const struct session *session, uint64_t hash,
		      const uint8_t *tasks, uint32_t nr)
{
	size_t at = report->nr_states++;

	report->states = realloc(report->states,
				 report->nr_states * sizeof(struct end_state));
	schedules[at].tasks = malloc(nr + 1);
	if (!report->states || !schedules[at].tasks)
		abort();
	memcpy(schedules[at].tasks, tasks, nr);
	schedules[at].nr = nr;
	report->states[at] = (struct end_state){
		.hash = hash,
		.count = 1,
		.text = describe(session),
	};
}

void end_state_count(struct explore_report *report,
		     const struct session *session, const uint8_t *tasks,
		     uint32_t nr)
{
	uint64_t hash = hash_session(session);
	size_t at = hash % TABLE_SIZE;

	while (table[at]) {
		struct end_state *state = &report->states[table[at] - 1];

		if (state->hash == hash) {
			state->count++;
			return;
		}
		at = (at + 1) % TABLE_SIZE;
	}
	if (report->nr_states == MAX_STATES) {
		report->states_dropped = true;
		return;
	}
	add_state(report, session, hash, tasks, nr);
	table[at] = report->nr_states;
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
		report->states[i].order = explore_order_of(schedules[i].tasks,
							   schedules[i].nr);
	if (report->nr_states)
		qsort(report->states, report->nr_states,
		      sizeof(*report->states), more_often);
}

void explore_report_deinit(struct explore_report *report)
{
	for (size_t i = 0; i < report->nr_states; i++) {
		free(report->states[i].text);
		free(report->states[i].order);
	}
	free(report->states);
	*report = (struct explore_report){ 0 };
}
