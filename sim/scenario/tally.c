// SPDX-License-Identifier: GPL-2.0-only
#include "tally.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "border.h"
#include "endstate.h"
#include "history.h"
#include "lessons.h"
#include "session.h"

static void free_states(struct tally *tally)
{
	for (size_t i = 0; i < tally->nr_states; i++)
		end_state_deinit(&tally->states[i]);
	free(tally->states);
}

void tally_deinit(struct tally *tally)
{
	free_states(tally);
	free(tally->schedule);
	free(tally->trap);
	*tally = (struct tally){ 0 };
}

/* ---- Adding -------------------------------------------------------------- */

static void add_state(struct tally *tally, const struct end_state *more)
{
	struct end_state *state;

	for (size_t i = 0; i < tally->nr_states; i++) {
		if (tally->states[i].hash != more->hash)
			continue;
		tally->states[i].count += more->count;
		return;
	}
	if (tally->nr_states == END_STATES_MAX) {
		tally->dropped = true;
		return;
	}
	tally->states = realloc(tally->states,
				(tally->nr_states + 1) * sizeof(*state));
	if (!tally->states)
		abort();
	state = &tally->states[tally->nr_states++];
	*state = end_state_copy(more);
}

void tally_add(struct tally *tally, const struct tally *more)
{
	tally->executions += more->executions;
	tally->pruned += more->pruned;
	if (more->deepest > tally->deepest)
		tally->deepest = more->deepest;
	if (more->most_retries > tally->most_retries)
		tally->most_retries = more->most_retries;
	tally->witnessed |= more->witnessed;
	tally->incomplete |= more->incomplete;
	tally->curbed |= more->curbed;
	tally->dropped |= more->dropped;
	for (size_t i = 0; i < more->nr_states; i++)
		add_state(tally, &more->states[i]);
	if (more->schedule && !tally->schedule) {
		tally->schedule = malloc(more->nr_schedule + 1);
		if (!tally->schedule)
			abort();
		memcpy(tally->schedule, more->schedule, more->nr_schedule);
		tally->nr_schedule = more->nr_schedule;
		tally->kinds = more->kinds;
	}
	if (more->trap && !tally->trap)
		tally->trap = text_of("%s", more->trap);
}

/* ---- Writing ------------------------------------------------------------- */

/* "0x12,1x3": twelve events of the first task, three of the second. */
static void write_schedule(const uint8_t *tasks, uint32_t nr, FILE *out)
{
	fputs(nr ? " " : " -", out);
	for (uint32_t i = 0, end; i < nr; i = end) {
		for (end = i + 1; end < nr && tasks[end] == tasks[i];)
			end++;
		fprintf(out, "%s%ux%" PRIu32, i ? "," : "", tasks[i], end - i);
	}
}

void tally_write(const struct tally *tally, FILE *out)
{
	fprintf(out,
		"ran %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIx64
		" %d %d %d\n",
		tally->executions, tally->pruned, tally->deepest,
		tally->most_retries, tally->witnessed, tally->incomplete,
		tally->curbed, tally->dropped);
	for (size_t i = 0; i < tally->nr_states; i++) {
		const struct end_state *state = &tally->states[i];

		fprintf(out, "state %" PRIx64 " %" PRIu64, state->hash,
			state->count);
		write_schedule(state->tasks, state->nr_tasks, out);
		fprintf(out, " %s\n", state->text);
	}
	if (tally->schedule) {
		fprintf(out, "failed %lx", tally->kinds);
		write_schedule(tally->schedule, tally->nr_schedule, out);
		fputc('\n', out);
	}
	if (tally->trap)
		fprintf(out, "trap %s\n", tally->trap);
}

/* ---- Reading ------------------------------------------------------------- */

static int read_schedule(const char **at, uint8_t **tasks, uint32_t *nr)
{
	uint8_t room[HISTORY_MAX];
	uint64_t task, times;

	*nr = 0;
	*at += strspn(*at, " ");
	if (**at == '-') {
		++*at;
	} else {
		do {
			*at += **at == ',';
			if (!place_number(at, 10, HOST_MAX_TASKS, &task) ||
			    *(*at)++ != 'x' ||
			    !place_number(at, 10, HISTORY_MAX - *nr, &times))
				return -EINVAL;
			memset(room + *nr, task, times);
			*nr += times;
		} while (**at == ',');
	}
	*tasks = malloc(*nr + 1);
	if (!*tasks)
		abort();
	memcpy(*tasks, room, *nr);
	return 0;
}

static int read_ran(struct tally *tally, const char *at)
{
	uint64_t executions, pruned, deepest, most_retries, witnessed;
	uint64_t incomplete, curbed, dropped;

	if (!place_number(&at, 10, UINT64_MAX, &executions) ||
	    !place_number(&at, 10, UINT64_MAX, &pruned) ||
	    !place_number(&at, 10, UINT64_MAX, &deepest) ||
	    !place_number(&at, 10, UINT64_MAX, &most_retries) ||
	    !place_number(&at, 16, UINT64_MAX, &witnessed) ||
	    !place_number(&at, 10, 2, &incomplete) ||
	    !place_number(&at, 10, 2, &curbed) ||
	    !place_number(&at, 10, 2, &dropped) || *at)
		return -EINVAL;
	tally->executions = executions;
	tally->pruned = pruned;
	tally->deepest = deepest;
	tally->most_retries = most_retries;
	tally->witnessed = witnessed;
	tally->incomplete = incomplete;
	tally->curbed = curbed;
	tally->dropped = dropped;
	return 0;
}

static int read_state(struct tally *tally, const char *at)
{
	struct end_state state = { 0 };

	if (!place_number(&at, 16, UINT64_MAX, &state.hash) ||
	    !place_number(&at, 10, UINT64_MAX, &state.count) ||
	    read_schedule(&at, &state.tasks, &state.nr_tasks) || *at++ != ' ') {
		free(state.tasks);
		return -EINVAL;
	}
	state.text = text_of("%s", at);
	add_state(tally, &state);
	end_state_deinit(&state);
	return 0;
}

static int read_failed(struct tally *tally, const char *at)
{
	uint64_t kinds;

	if (tally->schedule || !place_number(&at, 16, UINT64_MAX, &kinds) ||
	    read_schedule(&at, &tally->schedule, &tally->nr_schedule) || *at)
		return -EINVAL;
	tally->kinds = kinds;
	return 0;
}

int tally_read(struct tally *tally, const char *line)
{
	if (!strncmp(line, "ran ", 4))
		return read_ran(tally, line + 4);
	if (!strncmp(line, "state ", 6))
		return read_state(tally, line + 6);
	if (!strncmp(line, "failed ", 7))
		return read_failed(tally, line + 7);
	if (strncmp(line, "trap ", 5))
		return -ENOENT;
	free(tally->trap);
	tally->trap = text_of("%s", line + 5);
	return 0;
}
