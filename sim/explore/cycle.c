// SPDX-License-Identifier: GPL-2.0-only
#include "cycle.h"

#include <stdio.h>
#include <string.h>

#include "spin.h"

/* Tries in one execution, and the longest cycle that is tried. */
#define MAX_TRIES 32
#define MAX_BACK 6
#define MAX_EVENTS 1024

#define NO_EVENT (~0U)

static struct {
	struct cycle *cycle;
	uint32_t rounds; /* to be gone */
	bool confirmed;
	uint64_t memory; /* hash at the last end of a round */
} trial;

/* ---- Candidates ---------------------------------------------------------- */

/* The first event of @task at or behind @from. */
static uint32_t next_event(unsigned int task, uint32_t from)
{
	uint32_t link = history.last[task], found = NO_EVENT;

	for (; link && link - 1 >= from; link = history.events[link - 1].before)
		found = link - 1;
	return found;
}

static bool same_name(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

/* Objects that are made anew in each round lie elsewhere. */
static bool same_place(const struct event_op *a, const struct event_op *b)
{
	if (a->kind != b->kind || a->call != b->call || a->how != b->how)
		return false;
	if (a->addr == b->addr)
		return true;
	return a->pc ? a->pc == b->pc : a->name && same_name(a->name, b->name);
}

/* What @task stands before where event @at is about to happen; NULL: ended. */
static const struct event_op *stands_before(unsigned int task, uint32_t at)
{
	uint32_t event = next_event(task, at);

	if (event != NO_EVENT)
		return &history.events[event].op;
	return search.alive >> task & 1 ? &search.pending[task] : NULL;
}

/* Whether every task stands before the same at the beginning and the end. */
static bool closes(struct cycle *cycle)
{
	cycle->movers = cycle->completing = 0;
	for (uint32_t i = cycle->start; i < cycle->end; i++) {
		const struct event *event = &history.events[i];

		cycle->movers |= 1U << event->task;
		if (event->completes)
			cycle->completing |= 1U << event->task;
	}
	cycle->waiting = 0;
	for (unsigned int task = 0; task < history.nr_tasks; task++) {
		const struct event_op *then, *now;

		then = stands_before(task, cycle->start);
		now = stands_before(task, cycle->end);
		if (!then)
			continue;
		if (!now || !same_place(then, now))
			return false;
		if (!(cycle->completing >> task & 1))
			cycle->waiting |= 1U << task;
	}
	return cycle->waiting;
}

/* ---- Going round --------------------------------------------------------- */

/* Somebody who stands still in the cycle could go on. */
static bool is_unfair(const struct cycle *cycle)
{
	for (uint32_t left = search.alive & ~cycle->movers; left;
	     left &= left - 1)
		if (search_is_enabled(__builtin_ctz(left)))
			return true;
	return false;
}

static void end_of_round(uint32_t round)
{
	uint64_t memory;

	/* The last two are compared; it takes a while. */
	if (!search.subject->memory || round + 1 < trial.rounds)
		return;
	memory = search.subject->memory(search.subject->arg);
	trial.cycle->same_memory = memory == trial.memory;
	trial.memory = memory;
}

static int on_choose(struct search *s, int from)
{
	const struct cycle *cycle = trial.cycle;
	uint32_t length = cycle->end - cycle->start, at = s->position;
	const struct event *event;

	(void)from;
	if (at >= cycle->end && (at - cycle->start) % length == 0)
		end_of_round((at - cycle->start) / length);
	trial.confirmed = at == cycle->start + length * trial.rounds;
	if (trial.confirmed)
		return CHOOSE_NOBODY;
	if (at >= cycle->start) {
		if (is_unfair(cycle))
			return CHOOSE_NOBODY;
		at = cycle->start + (at - cycle->start) % length;
	}
	event = &history.events[at];
	if (!search_is_enabled(event->task) ||
	    !same_place(&search.pending[event->task], &event->op))
		return CHOOSE_NOBODY;
	return event->task;
}

static void on_over(struct search *s)
{
	(void)s;
}

static bool go_round(struct cycle *cycle)
{
	struct search saved = search;
	uint32_t length = cycle->end - cycle->start;
	uint32_t room = (HISTORY_MAX - cycle->start) / length;

	trial.cycle = cycle;
	trial.rounds = room < CYCLE_REPEATS ? room : CYCLE_REPEATS;
	trial.confirmed = false;
	search.choose = on_choose;
	search.over = on_over;
	search.blind = true;
	search.patience = 0;
	search.raced = NULL;
	search.given = 0;
	search_execute();
	saved.growth = search.growth;
	saved.stop = search.stop;
	search = saved;
	return trial.confirmed;
}

/* ---- Looking ------------------------------------------------------------- */

static uint32_t yield_before(uint32_t link)
{
	do
		link = history.events[link - 1].before;
	while (link && !spin_is_yield(link - 1));
	return link;
}

/* Rounds of one task that end with its yield @end, shorter ones first. */
static bool find_from(struct cycle *cycle, uint32_t end, unsigned int *tries)
{
	uint32_t start = yield_before(end);

	for (int i = 0; start && i < MAX_BACK && *tries < MAX_TRIES; i++) {
		cycle->start = start - 1;
		cycle->end = end - 1;
		if (end - start > MAX_EVENTS)
			return false;
		if (closes(cycle)) {
			++*tries;
			if (go_round(cycle))
				return true;
		}
		start = yield_before(start);
	}
	return false;
}

bool cycle_find(struct cycle *cycle)
{
	unsigned int tries = 0;

	if (!search.went_round || search.blind)
		return false;
	/* What was given was looked at when it was new. */
	for (uint32_t at = search.given; at < history.nr && tries < MAX_TRIES;
	     at++)
		if (spin_is_yield(at) && find_from(cycle, at + 1, &tries))
			return true;
	return false;
}

/* ---- Telling ------------------------------------------------------------- */

uint32_t cycle_schedule(const struct cycle *cycle, unsigned int times,
			uint8_t *tasks)
{
	uint32_t nr = 0;

	while (nr < cycle->end) {
		tasks[nr] = history.events[nr].task;
		nr++;
	}
	for (; times > 1; times--)
		for (uint32_t i = cycle->start;
		     i < cycle->end && nr < HISTORY_MAX; i++)
			tasks[nr++] = history.events[i].task;
	return nr;
}

const char *cycle_tasks(uint32_t tasks, char *text, size_t size)
{
	size_t used = 0;

	text[0] = '\0';
	for (; tasks && used < size; tasks &= tasks - 1)
		used += snprintf(text + used, size - used, "%s@%u",
				 !used		     ? "" :
				 tasks & (tasks - 1) ? ", " :
						       " and ",
				 (unsigned int)__builtin_ctz(tasks));
	return text;
}

void cycle_found(uint32_t waiting, uint32_t completing, unsigned int times,
		 const char *what, const char *more)
{
	bool several = completing & (completing - 1);
	char waits[80], completes[80];

	cycle_tasks(waiting, waits, sizeof(waits));
	cycle_tasks(completing, completes, sizeof(completes));
	if (completing)
		engine_find(V_STARVATION, __builtin_ctz(waiting), HOST_NO_PFN,
			    "%s can wait for ever while %s complete%s one "
			    "operation after another: %s, gone %u times%s",
			    waits, completes, several ? "" : "s", what, times,
			    more);
	else
		engine_find(V_LIVELOCK, __builtin_ctz(waiting), HOST_NO_PFN,
			    "%s can go on for ever and get nowhere: %s, gone "
			    "%u times%s",
			    waits, what, times, more);
}

void cycle_report(const struct cycle *cycle)
{
	char what[64];

	snprintf(what, sizeof(what), "a fair round of %u steps",
		 cycle->end - cycle->start);
	cycle_found(cycle->waiting, cycle->completing, trial.rounds, what,
		    cycle->same_memory ?
			    "; memory is the same after each" :
			    "; only what counts up differs after each");
}
