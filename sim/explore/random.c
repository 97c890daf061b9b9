// SPDX-License-Identifier: GPL-2.0-only
#include "random.h"

#include <stdlib.h>
#include <string.h>

static struct {
	struct random_way way;
	uint64_t state;
	uint64_t priority[HOST_MAX_TASKS];
	uint32_t drawn;	    /* POS: tasks whose next event has a priority */
	uint32_t change[8]; /* PCT: positions, in any order */
	uint32_t next_change;
	uint64_t low;	  /* PCT: below all that were given so far */
	uint32_t longest; /* events of the longest execution so far */
	/* URW: events of a task in this execution, and at most in any. */
	uint32_t done[HOST_MAX_TASKS], most[HOST_MAX_TASKS];
	uint8_t *schedule;
	uint32_t nr_schedule; /* that are filled in */
	int running;	      /* since then */
} random_search;

#define rs random_search

/* Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", 2014. */
static uint64_t draw(void)
{
	uint64_t x = rs.state += 0x9e3779b97f4a7c15ULL;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ x >> 27) * 0x94d049bb133111ebULL;
	return x ^ x >> 31;
}

static uint32_t below(uint32_t n)
{
	return n ? (draw() >> 32) * n >> 32 : 0;
}

static int highest(uint32_t tasks)
{
	int best = CHOOSE_NOBODY;

	for (; tasks; tasks &= tasks - 1) {
		int task = __builtin_ctz(tasks);

		if (best < 0 || rs.priority[task] > rs.priority[best])
			best = task;
	}
	return best;
}

/* ---- Uniform ------------------------------------------------------------- */

static int choose_uniform(void)
{
	uint32_t enabled = search_enabled();
	uint32_t skip = below(__builtin_popcount(enabled));

	while (skip--)
		enabled &= enabled - 1;
	return enabled ? __builtin_ctz(enabled) : CHOOSE_NOBODY;
}

/* ---- PCT ----------------------------------------------------------------- */

static void find_next_change(uint32_t position)
{
	rs.next_change = ~0U;
	for (unsigned int i = 0; i + 1 < rs.way.depth; i++)
		if (rs.change[i] > position && rs.change[i] < rs.next_change)
			rs.next_change = rs.change[i];
}

static void start_pct(void)
{
	unsigned int nr = search.subject->nr_tasks;

	for (unsigned int i = 0; i < nr; i++)
		rs.priority[i] = draw() | 1ULL << 63;
	rs.low = 1ULL << 62;
	for (unsigned int i = 0; i + 1 < rs.way.depth; i++)
		rs.change[i] = 1 + below(rs.longest);
	find_next_change(0);
}

static bool yields(unsigned int task)
{
	const struct event_op *op = &search.pending[task];

	return op->kind == EVENT_CALL && op->call == CALL_COND_RESCHED;
}

static int choose_pct(int from)
{
	if (from >= 0 && search.position >= rs.next_change) {
		rs.priority[from] = --rs.low;
		find_next_change(search.position);
	}
	/* Who waits for others by going round must not keep them away. */
	if (from >= 0 && yields(from))
		rs.priority[from] = --rs.low;
	return highest(search_enabled());
}

/* Nobody can come before who is above all others, but at the next change. */
static void leave_alone(int next)
{
	if (next >= 0 && next == highest(search.alive))
		search.free_until = rs.next_change < search.limit ?
					    rs.next_change :
					    search.limit;
}

/* ---- POS ----------------------------------------------------------------- */

static bool may_race(const struct event_op *a, const struct event_op *b)
{
	uintptr_t x = (uintptr_t)a->addr, y = (uintptr_t)b->addr;

	if (a->kind != EVENT_ACCESS || b->kind != EVENT_ACCESS)
		return a->addr == b->addr && a->addr;
	return x < y + b->size && y < x + a->size &&
	       (a->how | b->how) & ACCESS_WRITE;
}

static int choose_pos(void)
{
	uint32_t enabled = search_enabled();
	int next;

	for (uint32_t left = enabled & ~rs.drawn; left; left &= left - 1)
		rs.priority[__builtin_ctz(left)] = draw();
	rs.drawn |= enabled;
	next = highest(enabled);
	if (next < 0)
		return next;
	rs.drawn &= ~(1U << next);
	for (uint32_t left = rs.drawn; left; left &= left - 1) {
		unsigned int task = __builtin_ctz(left);

		if (may_race(&search.pending[next], &search.pending[task]))
			rs.drawn &= ~(1U << task);
	}
	return next;
}

/* ---- URW ----------------------------------------------------------------- */

static uint32_t left_of(unsigned int task)
{
	return rs.most[task] > rs.done[task] ? rs.most[task] - rs.done[task] :
					       1;
}

static int choose_urw(void)
{
	uint32_t enabled = search_enabled(), all = 0, skip;

	for (uint32_t left = enabled; left; left &= left - 1)
		all += left_of(__builtin_ctz(left));
	skip = below(all);
	for (uint32_t left = enabled; left; left &= left - 1) {
		unsigned int task = __builtin_ctz(left);

		if (skip < left_of(task))
			return task;
		skip -= left_of(task);
	}
	return CHOOSE_NOBODY;
}

static void note_most(void)
{
	for (unsigned int i = 0; i < search.subject->nr_tasks; i++)
		if (rs.done[i] > rs.most[i])
			rs.most[i] = rs.done[i];
}

/* -------------------------------------------------------------------------- */

/* The task that was chosen last made the events from there to @position. */
static void fill_in(uint32_t position)
{
	memset(rs.schedule + rs.nr_schedule, rs.running,
	       position - rs.nr_schedule);
	rs.done[rs.running] += position - rs.nr_schedule;
	rs.nr_schedule = position;
}

static int on_choose(struct search *s, int from)
{
	int next = CHOOSE_NOBODY;

	fill_in(s->position);
	switch (rs.way.kind) {
	case RANDOM_UNIFORM:
		next = choose_uniform();
		break;
	case RANDOM_PCT:
		next = choose_pct(from);
		leave_alone(next);
		break;
	case RANDOM_POS:
		next = choose_pos();
		break;
	case RANDOM_URW:
		next = choose_urw();
		break;
	}
	rs.running = next < 0 ? 0 : next;
	return next;
}

static void on_over(struct search *s)
{
	(void)s;
	history.nr_candidates = history.nr_releases = 0;
}

enum search_end random_run(struct random_way way, uint64_t seed)
{
	if (!rs.schedule)
		rs.schedule = calloc(HISTORY_MAX + 1, 1);
	if (!rs.schedule)
		abort();
	/* What came before a search is no part of what a seed names. */
	if (!search.executions) {
		rs.longest = 0;
		memset(rs.most, 0, sizeof(rs.most));
	}
	rs.way = way;
	rs.state = seed * 0xd1342543de82ef95ULL;
	rs.drawn = 0;
	rs.nr_schedule = 0;
	memset(rs.done, 0, sizeof(rs.done));
	if (way.kind == RANDOM_PCT)
		start_pct();
	search.choose = on_choose;
	search.over = on_over;
	search.given = 0;
	search_execute();
	fill_in(search.position);
	if (search.position > rs.longest)
		rs.longest = search.position;
	note_most();
	return search.end;
}

const uint8_t *random_schedule(uint32_t *nr)
{
	*nr = search.position;
	return rs.schedule;
}
