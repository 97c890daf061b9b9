// SPDX-License-Identifier: GPL-2.0-only
#include "dpor.h"

#include <stdlib.h>
#include <string.h>

#include "sleep.h"
#include "wakeup.h"

/* A race that an execution showed, for when it has ended. */
struct race {
	union clock clock; /* of the second event, if it came first */
	struct wakeup_step second;
	uint32_t first;
	uint32_t initials;
	bool settled;
};

static struct {
	enum reduction reduction;
	struct race *races;
	uint32_t nr_races, size_races;
	struct wakeup_step *steps;
	uint32_t tree; /* what the next new state has to try */
	const struct unit *unit;
	/* By task that sleeps where the unit begins: the event that woke it. */
	uint32_t woken[HOST_MAX_TASKS];
	struct dpor_result result;
} dpor;

/* ---- Units --------------------------------------------------------------- */

#define NEVER (~0U)

/* Those that sleep where the unit begins are held until they wake. */
static void hold_sleepers(uint32_t position)
{
	search.held = 0;
	for (uint32_t left = dpor.unit->asleep; left; left &= left - 1) {
		unsigned int task = __builtin_ctz(left);

		if (dpor.woken[task] >= position) {
			dpor.woken[task] = NEVER;
			search.held |= task_bit(task);
		}
	}
}

static void wake_sleepers(uint32_t event)
{
	for (uint32_t left = search.held; left; left &= left - 1) {
		unsigned int task = __builtin_ctz(left);

		if (!feet_conflict(dpor.unit->feet[task],
				   dpor.unit->nr_feet[task], event))
			continue;
		dpor.woken[task] = event;
		search.held &= ~task_bit(task);
	}
}

/*
 * Whether the last event could have come before @race.  The first one of a task
 * that was held needs one that wakes the task and does not come after @race.
 */
static bool could_precede(uint32_t race)
{
	uint32_t last = history.nr - 1;
	const struct event *event = &history.events[last];
	unsigned int task = event->task, racer = history.events[race].task;

	if (event->since > race)
		return false;
	if (!(dpor.unit->asleep >> task & 1) || event->before > dpor.unit->nr)
		return true;
	for (uint32_t i = dpor.unit->nr; i < last; i++)
		if (history.events[i].clock.at[racer] <= (int)race &&
		    feet_conflict(dpor.unit->feet[task],
				  dpor.unit->nr_feet[task], i))
			return true;
	return false;
}

static int choose_given(uint32_t position)
{
	unsigned int task = dpor.unit->tasks[position];
	struct node *node = sleep_push();

	node->next = task;
	node->wanted = task_bit(task);
	if (search_is_enabled(task))
		return task;
	dpor.result.incomplete = true;
	return CHOOSE_NOBODY;
}

/* ---- Source sets --------------------------------------------------------- */

/*
 * The tasks that can be first where the second event of a race comes before the
 * first: of the events after that one that it does not order, and of the second.
 */
static uint32_t initials(const struct race *race, uint32_t end)
{
	unsigned int racer = history.events[race->first].task;
	uint32_t seen = 0, found = 0, first[HOST_MAX_TASKS];

	for (uint32_t i = race->first + 1; i <= end; i++) {
		const union clock *clock = &race->clock;
		unsigned int task = race->second.task;
		bool free = true;

		if (i < end) {
			clock = &history.events[i].clock;
			task = history.events[i].task;
			if (clock->at[racer] > (int)race->first)
				continue;
		}
		if (seen & task_bit(task))
			continue;
		for (uint32_t left = seen; left; left &= left - 1) {
			unsigned int other = __builtin_ctz(left);

			free &= clock->at[other] <= (int)first[other];
		}
		seen |= task_bit(task);
		first[task] = i;
		if (free)
			found |= task_bit(task);
	}
	return found;
}

static void want_reversal(const struct race *race)
{
	struct node *node = &sleeping.nodes[race->first];
	uint32_t found = race->initials;
	uint32_t second = task_bit(race->second.task);

	if (!(found & (node->wanted | node->asleep)))
		node->wanted |= found & second ? second : found & -found;
}

/* ---- Wakeup trees -------------------------------------------------------- */

static void keep_race(const struct race *race)
{
	if (dpor.nr_races == dpor.size_races) {
		dpor.size_races = dpor.size_races ? dpor.size_races * 2 : 1024;
		dpor.races = realloc(dpor.races,
				     dpor.size_races * sizeof(*dpor.races));
		if (!dpor.races)
			abort();
	}
	dpor.races[dpor.nr_races++] = *race;
}

/* All that the first event of the race does not order, then the second. */
static bool plan_reversal(const struct race *race)
{
	unsigned int racer = history.events[race->first].task;
	uint32_t nr = 0;

	for (uint32_t i = race->first + 1; i < history.nr; i++) {
		const struct event *event = &history.events[i];

		if (event->clock.at[racer] > (int)race->first)
			continue;
		dpor.steps[nr++] = (struct wakeup_step){
			.event = i,
			.task = event->task,
			.clock = &event->clock,
		};
	}
	dpor.steps[nr] = race->second;
	dpor.steps[nr++].clock = &race->clock;
	return wakeup_insert(&sleeping.nodes[race->first], dpor.steps, nr);
}

/*
 * What comes after a race decides what its reversal can be followed by, so that
 * one race may have several reversals to try.  It has no more once one was
 * planned, or if a task that sleeps can be first in all of them.
 */
static void plan_reversals(void)
{
	for (uint32_t i = 0; i < dpor.nr_races; i++) {
		struct race *race = &dpor.races[i];

		if (race->settled)
			continue;
		if (race->initials & sleeping.nodes[race->first].asleep)
			race->settled = true;
		else
			race->settled = plan_reversal(race);
	}
}

/* Races of events that are undone, from @depth on. */
static void forget_races(uint32_t depth)
{
	uint32_t nr = 0;

	for (uint32_t i = 0; i < dpor.nr_races; i++)
		if (dpor.races[i].second.event < depth)
			dpor.races[nr++] = dpor.races[i];
	dpor.nr_races = nr;
}

/* ---- Races --------------------------------------------------------------- */

static void found_race(struct race *race, uint32_t end)
{
	/* All that can come first in what a unit begins with does in another. */
	if (race->first < dpor.unit->nr)
		return;
	race->initials = initials(race, end);
	if (dpor.reduction == REDUCE_OPTIMAL)
		keep_race(race);
	else
		want_reversal(race);
}

static void on_over(struct search *s)
{
	uint32_t races[HISTORY_MAX_RACES], last = history.nr - 1;
	unsigned int nr;

	(void)s;
	if (dpor.reduction == REDUCE_NOTHING)
		return;
	if (search.held)
		wake_sleepers(last);
	nr = history_races(races);
	for (unsigned int i = 0; i < nr; i++) {
		struct race race = { .first = races[i] };

		if (!could_precede(races[i]))
			continue;
		race.second.event = last;
		race.second.task = history.events[last].task;
		history_clock_before(race.first, &race.clock);
		found_race(&race, last);
	}
}

/* Locks that are waited for in vain could have been taken before. */
static void races_of_the_blocked(void)
{
	uint32_t races[HISTORY_MAX_RACES];

	for (uint32_t left = search.alive; left; left &= left - 1) {
		unsigned int task = __builtin_ctz(left), nr;
		uint32_t location, last = history.last[task];
		enum access_mode mode;

		if (!search.lock[task] || search.held >> task & 1)
			continue;
		search_blocked_at(task, &location, &mode);
		nr = history_races_of_blocked(task, location, mode, races);
		for (unsigned int i = 0; i < nr; i++) {
			struct race race = { .first = races[i] };

			race.second.event = WAKEUP_BLOCKED;
			race.second.task = task;
			race.second.foot = (struct foot){ location, 0xff,
							  mode };
			if (last)
				race.clock = history.events[last - 1].clock;
			found_race(&race, history.nr);
		}
	}
}

/* ---- Choices ------------------------------------------------------------- */

static int choose_any(struct node *node, int from)
{
	uint32_t awake;

	if (dpor.reduction == REDUCE_NOTHING) {
		node->wanted = search_enabled();
		node->next = __builtin_ctz(node->wanted | 1U << 31);
		return node->wanted ? (int)node->next : CHOOSE_NOBODY;
	}
	if (from >= 0 && !(node->asleep & task_bit(from)) &&
	    search.position < SEARCH_FAIR_AFTER && search_is_enabled(from)) {
		node->next = from;
	} else {
		awake = search_enabled() & ~node->asleep;
		if (!awake)
			return CHOOSE_NOBODY;
		node->next = __builtin_ctz(awake);
	}
	node->wanted = task_bit(node->next);
	return node->next;
}

/* The next thing to try from a state that was reached before. */
static int choose_again(struct node *node, int from)
{
	if (dpor.reduction == REDUCE_OPTIMAL) {
		node->next = wakeup_task(node->tree);
		dpor.tree = wakeup_take(node);
	}
	if (search_is_enabled(node->next))
		return node->next;
	/*
	 * What is waited for does not come about without the event that was to
	 * come later: everything that can happen is tried instead.
	 */
	wakeup_drop(dpor.tree);
	dpor.tree = 0;
	node->wanted |= search_enabled();
	node->done |= task_bit(node->next);
	return dpor.reduction == REDUCE_OPTIMAL ? choose_any(node, from) :
						  CHOOSE_NOBODY;
}

static int on_choose(struct search *s, int from)
{
	struct node *node;

	if (s->position < dpor.unit->nr)
		return choose_given(s->position);
	if (s->position == s->given || s->position == dpor.unit->nr)
		hold_sleepers(s->position);
	if (s->position < sleeping.nr_nodes)
		return choose_again(&sleeping.nodes[s->position], from);
	node = sleep_push();
	if (!dpor.tree)
		return choose_any(node, from);
	node->tree = dpor.tree;
	return choose_again(node, from);
}

/* Whether something is still to be tried from a state, all else being done. */
static bool is_open(struct node *node)
{
	uint32_t left = node->wanted & ~node->done & ~node->asleep;

	if (dpor.reduction == REDUCE_OPTIMAL)
		return node->tree;
	node->next = __builtin_ctz(left | 1U << 31);
	return left;
}

/* Goes back to the deepest state that is open; false: there is none. */
static bool step_back(void)
{
	uint32_t depth = sleeping.nr_nodes;

	dpor.tree = 0;
	while (depth > dpor.unit->nr) {
		struct node *node = &sleeping.nodes[--depth];

		if (depth >= history.nr) {
			node->done |= task_bit(node->next);
		} else {
			node->done |= task_bit(history.events[depth].task);
			if (dpor.reduction != REDUCE_NOTHING)
				sleep_add(node, depth);
		}
		if (!is_open(node))
			continue;
		sleeping.nr_nodes = depth + 1;
		search.given = depth;
		forget_races(depth);
		return true;
	}
	return false;
}

/* -------------------------------------------------------------------------- */

static void prepare(enum reduction reduction, const struct unit *unit)
{
	if (!dpor.steps)
		dpor.steps = calloc(HISTORY_MAX + 1, sizeof(*dpor.steps));
	if (!dpor.steps)
		abort();
	dpor.reduction = reduction;
	dpor.unit = unit;
	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++)
		dpor.woken[i] = NEVER;
	dpor.nr_races = 0;
	dpor.tree = 0;
	dpor.result = (struct dpor_result){ 0 };
	sleep_init();
	wakeup_init();
	search.choose = on_choose;
	search.over = on_over;
	search.given = 0;
}

static bool count(enum search_end end)
{
	struct dpor_result *result = &dpor.result;
	bool ran = end == SEARCH_RAN || end == SEARCH_DEADLOCK ||
		   end == SEARCH_LIVELOCK;
	/* To go no further is where a unit ends for those whom it holds. */
	bool stuck = end == SEARCH_DEADLOCK ||
		     (end == SEARCH_REDUNDANT && dpor.unit->asleep);

	result->executions += ran;
	result->redundant += end == SEARCH_REDUNDANT;
	result->deadlocks += end == SEARCH_DEADLOCK;
	result->incomplete |= end == SEARCH_LONG || end == SEARCH_STRAYED;
	if (stuck && dpor.reduction != REDUCE_NOTHING)
		races_of_the_blocked();
	plan_reversals();
	return ran;
}

static bool may_go_on(uint64_t limit)
{
	struct dpor_result *result = &dpor.result;

	result->limited = result->executions + result->redundant >= limit;
	return !result->limited && !search.stop && !engine.interrupted;
}

/* One execution after the other, until there is nothing more to be tried. */
static void search_through(uint64_t limit, dpor_visitor visit, void *arg)
{
	struct dpor_result *result = &dpor.result;
	bool more = true;

	while (more && may_go_on(limit)) {
		uint32_t growth = search.growth;
		enum search_end end = search_execute();
		bool ran;

		/* It was cut short, and would pass for the last one. */
		if (engine.interrupted)
			break;
		ran = count(end);
		/* What was seen of this one cannot be repeated. */
		result->grew = search.growth != growth;
		if (result->grew || (ran && visit && !visit(arg)))
			break;
		more = step_back();
	}
	result->exhausted = !more;
	result->limited &= more;
	result->events = search.events;
	result->incomplete |= history.full;
}

struct dpor_result dpor_search_unit(enum reduction reduction,
				    const struct unit *unit, uint64_t limit,
				    dpor_visitor visit, void *arg)
{
	history_cut(0);
	prepare(reduction, unit);
	search_through(limit, visit, arg);
	wakeup_init();
	return dpor.result;
}

/*
 * What was taken for one task's own and is not changes what counts as an event:
 * everything is searched again.
 */
struct dpor_result dpor_search(enum reduction reduction, dpor_visitor visit,
			       void *arg)
{
	uint64_t restarts = 0;

	do {
		dpor_search_unit(reduction, &unit_of_all, UINT64_MAX, visit,
				 arg);
		dpor.result.restarts = restarts++;
	} while (dpor.result.grew);
	return dpor.result;
}

/* ---- What is left -------------------------------------------------------- */

/*
 * All that begins as the search under way does up to @depth, but for what was
 * tried there, or is tried now.
 */
static struct unit left_at(uint32_t depth)
{
	const struct node *node = &sleeping.nodes[depth];
	struct unit unit = { .tasks = malloc(depth + 1), .nr = depth };

	if (!unit.tasks)
		abort();
	for (uint32_t i = 0; i < depth; i++)
		unit.tasks[i] = history.events[i].task;
	for (uint32_t left = dpor.unit->asleep; left; left &= left - 1) {
		unsigned int task = __builtin_ctz(left);

		if (dpor.woken[task] >= depth)
			unit_add_feet(&unit, task, dpor.unit->feet[task],
				      dpor.unit->nr_feet[task]);
	}
	for (uint32_t i = 0; i < node->nr_sleepers; i++) {
		const struct sleeper *sleeper =
			&sleeping.sleepers[node->sleeper + i];

		unit_add_feet(&unit, sleeper->task, sleep_feet(sleeper),
			      sleeper->nr_feet);
	}
	if (depth < sleeping.nr_nodes - 1)
		unit_add_sleeper(&unit, depth);
	return unit;
}

void dpor_left(struct units *units)
{
	*units = (struct units){ 0 };
	for (uint32_t depth = sleeping.nr_nodes; depth > dpor.unit->nr;)
		units_add(units, left_at(--depth));
}
