// SPDX-License-Identifier: GPL-2.0-only
#include "script.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "follow.h"
#include "points.h"
#include "symbols.h"

/* Something that a task stood before since its line began. */
struct stand {
	const struct op_points *points;
	const char *obj;
	const void *pc;
	enum shim_call call;
};

/* A named point that it passed since. */
struct pass {
	const struct op_points *points;
	const char *point;
	unsigned int nth; /* in the operation */
};

/* Where a task is, as far as its line is concerned. */
static struct {
	struct script *script;
	struct stand *stands;
	uint32_t nr_stands, size_stands;
	struct pass *passes;
	uint32_t nr_passes, size_passes;
	bool passed;		 /* ... the last one since the last event */
	uint32_t first_of_round; /* line */
	bool closed;		 /* the order is complete */
} at;

/* ---- Watching ------------------------------------------------------------ */

/* Room for one more of @nr elements of @bytes each. */
static void *room_for(void *array, uint32_t nr, uint32_t *size, size_t bytes)
{
	if (nr < *size)
		return array;
	*size = *size ? *size * 2 : 256;
	array = realloc(array, *size * bytes);
	if (!array)
		abort();
	return array;
}

static void on_stood(enum shim_call call, const char *obj, const void *pc)
{
	follow_stood(pc);
	at.stands = room_for(at.stands, at.nr_stands, &at.size_stands,
			     sizeof(*at.stands));
	at.stands[at.nr_stands++] = (struct stand){
		.points = engine.task[host_task].points,
		.obj = obj,
		.pc = pc,
		.call = call,
	};
}

static const char *pass_name(const struct op_points *points,
			     const struct passing *passing)
{
	if (passing->point >= 0)
		return points->points[passing->point];
	return passing->call == CALL_END ? "end" : "begin";
}

/* Nothing but its end tells where one operation ends and the next begins. */
static bool between_operations(void)
{
	return at.nr_passes &&
	       !strcmp(at.passes[at.nr_passes - 1].point, "end");
}

static void on_passed(unsigned int task, const struct passing *passing)
{
	const struct op_points *points = engine.task[task].points;

	if (passing->point < 0 && passing->call == CALL_BEGIN) {
		if (between_operations())
			at.passed = true;
		if (between_operations() || !(search.begun >> task & 1))
			return;
	} else if (passing->point < 0 && passing->call != CALL_END) {
		return;
	}
	at.passes = room_for(at.passes, at.nr_passes, &at.size_passes,
			     sizeof(*at.passes));
	at.passes[at.nr_passes++] = (struct pass){
		.points = points,
		.point = pass_name(points, passing),
		.nth = passing->point < 0 ? 1 : passing->nth,
	};
	at.passed = true;
}

static void on_over(struct search *s)
{
	(void)s;
	follow_over();
}

/* ---- Lines --------------------------------------------------------------- */

static struct script_line *new_line(unsigned int task)
{
	struct script *script = at.script;
	struct script_line *line;

	script->lines = realloc(script->lines, (script->nr_lines + 1) *
						       sizeof(*script->lines));
	if (!script->lines)
		abort();
	line = &script->lines[script->nr_lines++];
	*line = (struct script_line){ .task = task };
	return line;
}

static const char *stand_object(const struct stand *stand)
{
	return stand->pc ? symbols_line(stand->pc) : stand->obj;
}

/* Whether the line would have ended at @stand if it ends at @last. */
static bool would_end_at(const struct stand *stand, const struct stand *last)
{
	const char *x = stand_object(stand), *y = stand_object(last);

	/* What has no name stands for all of its kind. */
	return stand->call == last->call && stand->points == last->points &&
	       (!y || (x && !strcmp(x, y)));
}

static void name_stand(struct script_line *line)
{
	const struct stand *stand = &at.stands[at.nr_stands - 1];
	const char *obj = stand_object(stand);
	unsigned int nth = 0;
	size_t used;

	for (uint32_t i = 0; i < at.nr_stands; i++)
		nth += would_end_at(&at.stands[i], stand);
	used = snprintf(line->until, sizeof(line->until), "%s/before-%s",
			stand->points ? stand->points->op : "?",
			shim_call_name(stand->call));
	if (obj && used < sizeof(line->until))
		used += snprintf(line->until + used, sizeof(line->until) - used,
				 "(%s)", obj);
	if (nth > 1 && used < sizeof(line->until))
		snprintf(line->until + used, sizeof(line->until) - used, "#%u",
			 nth);
}

/* Whether the line would have ended with @pass if it ends with @last. */
static bool would_end(const struct pass *pass, const struct pass *last)
{
	return pass->points == last->points &&
	       !strcmp(pass->point, last->point) &&
	       (last->nth == 1 || pass->nth == last->nth);
}

/* How often the line would have ended before, had it the last point as its end. */
static unsigned int ends_before(void)
{
	const struct pass *last = &at.passes[at.nr_passes - 1];
	unsigned int nr = 0;

	for (uint32_t i = 0; i + 1 < at.nr_passes; i++)
		nr += would_end(&at.passes[i], last);
	return nr;
}

/* The last point names the place, unless an operation before had it, too. */
static bool point_is_clear(void)
{
	return !ends_before();
}

static void name_point(struct script_line *line)
{
	const struct pass *last = &at.passes[at.nr_passes - 1];

	if (last->nth > 1)
		snprintf(line->until, sizeof(line->until), "%s/%s#%u",
			 last->points->op, last->point, last->nth);
	else
		snprintf(line->until, sizeof(line->until), "%s/%s",
			 last->points->op, last->point);
}

/* How often something was passed is not the same in each round. */
static bool in_round(void)
{
	return at.script->round && search.position > at.script->round;
}

/* A line for each time that an operation of this kind ended. */
static void end_between(unsigned int task)
{
	for (unsigned int i = ends_before() + 1; i; i--)
		name_point(new_line(task));
}

/* The line of @task ends where it is now. */
static void end_line(unsigned int task)
{
	struct script_line *line;

	if (search.alive >> task & 1 && at.passed && between_operations() &&
	    !search.wait[task]) {
		end_between(task);
		return;
	}
	line = new_line(task);
	if (!(search.alive >> task & 1))
		strcpy(line->until, "end");
	else if ((search.wait[task] || search.lock[task]) &&
		 !search_is_enabled(task))
		strcpy(line->until, "blocked");
	else if (at.passed && point_is_clear() &&
		 (at.passes[at.nr_passes - 1].nth == 1 || !in_round()))
		name_point(line);
	else if (at.nr_stands)
		name_stand(line);
	else
		strcpy(line->until, "end");
}

static void begin_line(void)
{
	at.nr_stands = at.nr_passes = 0;
	at.passed = false;
}

/* ---- The strategy -------------------------------------------------------- */

static int next_of_script(uint32_t position)
{
	const struct script *script = at.script;
	uint32_t enabled;

	if (position < script->nr) {
		if (search_is_enabled(script->tasks[position]) ||
		    search.spinning >> script->tasks[position] & 1)
			return script->tasks[position];
		search.end = SEARCH_STRAYED;
		engine.outcome = OUTCOME_STRAYED;
		return CHOOSE_NOBODY;
	}
	if (script->round) {
		search.end = SEARCH_LIVELOCK;
		engine.outcome = OUTCOME_BOUND;
		return CHOOSE_NOBODY;
	}
	enabled = search_enabled();
	return enabled ? __builtin_ctz(enabled) : CHOOSE_NOBODY;
}

/* Where a round begins or ends.  The order has one, and says `again`. */
static bool is_turn(uint32_t position)
{
	const struct script *script = at.script;

	return script->round &&
	       (position == script->round || position == script->round_end);
}

static void turn(uint32_t position)
{
	uint32_t nr = at.script->nr_lines;

	if (position == at.script->round) {
		at.first_of_round = nr;
		return;
	}
	new_line(0)->again = nr - at.first_of_round;
	at.closed = true;
}

static int on_choose(struct search *s, int from)
{
	int last = s->position ? history.events[s->position - 1].task : -1;
	int next = next_of_script(s->position);
	bool turns = is_turn(s->position);

	(void)from;
	if ((next != last || turns) && !at.closed) {
		if (last >= 0)
			end_line(last);
		begin_line();
		if (turns)
			turn(s->position);
	}
	/* What was passed before the event that comes next is no help. */
	at.passed = false;
	follow_chosen(next);
	return next;
}

static void end_all(void)
{
	int last = history.nr ? history.events[history.nr - 1].task : -1;
	struct script *script = at.script;

	if (at.closed)
		return;
	if (last >= 0 && !(search.alive >> last & 1) &&
	    !(script->nr_lines &&
	      script->lines[script->nr_lines - 1].task == (unsigned int)last))
		end_line(last);
	for (uint32_t left = search.alive; left; left &= left - 1)
		strcpy(new_line(__builtin_ctz(left))->until, "end");
}

enum search_end script_run(struct script *script)
{
	at.script = script;
	script->lines = NULL;
	script->nr_lines = 0;
	at.closed = false;
	begin_line();
	search.choose = on_choose;
	search.over = on_over;
	search.stood = on_stood;
	search.passed = on_passed;
	search.given = 0;
	search.blind = false;
	search_execute();
	search.stood = NULL;
	search.passed = NULL;
	end_all();
	return search.end;
}

void script_deinit(struct script *script)
{
	free(script->lines);
	script->lines = NULL;
}

uint32_t script_of_history(uint8_t *tasks)
{
	for (uint32_t i = 0; i < history.nr; i++)
		tasks[i] = history.events[i].task;
	return history.nr;
}
