// SPDX-License-Identifier: GPL-2.0-only
#include "replay.h"

#include <stdio.h>
#include <string.h>

#include "cycle.h"
#include "symbols.h"

static struct replay *replay_of(struct decider *decider)
{
	return (struct replay *)decider;
}

static bool same_object(const char *want, const char *obj)
{
	return !want || (obj && !strcmp(want, obj));
}

static bool target_hit(struct replay_target *target, unsigned int task,
		       const struct passing *passing)
{
	if (target->kind != REPLAY_POINT && target->kind != REPLAY_CALL)
		return false;
	if (engine.task[task].points != target->points)
		return false;
	if (target->kind == REPLAY_POINT)
		return passing->point == target->point &&
		       (target->nth == 1 || passing->nth == target->nth);
	if (passing->call != target->call ||
	    !same_object(target->obj, passing->obj))
		return false;
	return ++target->seen == target->nth;
}

static void line_done(struct replay *replay)
{
	replay->lines[replay->line++].done = engine.trace ? engine.trace->nr :
							    0;
}

static bool replay_at(struct decider *decider, unsigned int task,
		      const struct passing *passing)
{
	struct replay *replay = replay_of(decider);
	struct replay_line *line;

	if (replay->stray || replay->line == replay->nr_lines)
		return false;
	if (passing->call == CALL_END)
		replay->completing |= 1U << task;
	line = &replay->lines[replay->line];
	for (unsigned int i = 0; i < line->nr_targets; i++) {
		if (!target_hit(&line->targets[i], task, passing))
			continue;
		line_done(replay);
		return true;
	}
	return false;
}

static bool line_has(const struct replay_line *line, enum replay_kind kind)
{
	for (unsigned int i = 0; i < line->nr_targets; i++)
		if (line->targets[i].kind == kind)
			return true;
	return false;
}

void replay_tell_wait(struct replay *replay)
{
	unsigned int task = replay->lines[replay->stray_line].task;

	if (!engine.task[task].wait)
		return;
	replay->stray_wait_copy = *engine.task[task].wait;
	replay->stray_owner = engine_blocker(task);
}

/* Gives up on the order; the tasks still run to their ends. */
static void go_astray(struct replay *replay, enum replay_stray why)
{
	replay->stray = why;
	replay->stray_line = replay->line;
	replay->stray_owner = -1;
	if (why == STRAY_BLOCKED)
		replay_tell_wait(replay);
}

static bool can_run(const struct replay *replay, unsigned int task)
{
	return replay->can_run ? replay->can_run(task) : engine_enabled(task);
}

static int any_task(void)
{
	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++)
		if (engine_enabled(i))
			return i;
	return -1;
}

/* The lines that were gone through again and again are what will ever be. */
static void end_of_rounds(struct replay *replay)
{
	const struct replay_line *line = &replay->lines[replay->line];
	uint32_t movers = 0, waiting = 0;
	char what[64];

	for (unsigned int i = 1; i <= line->again; i++)
		movers |= 1U << line[-(int)i].task;
	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++) {
		if (engine.task[i].state == TASK_ENDED)
			continue;
		if (!(movers >> i & 1) && can_run(replay, i)) {
			go_astray(replay, STRAY_UNFAIR);
			engine_stop(OUTCOME_STRAYED, "%s", "unfair");
			return;
		}
		if (!(replay->completing >> i & 1))
			waiting |= 1U << i;
	}
	snprintf(what, sizeof(what), "the last %u lines of the order",
		 line->again);
	if (waiting) {
		cycle_found(waiting, replay->completing, replay->rounds, what,
			    "");
		engine_stop(OUTCOME_BOUND, "%s", "again and again");
	}
	go_astray(replay, STRAY_REMAINS);
}

/* The current line says `again`; true where there are more rounds to go. */
static bool goes_round(struct replay *replay)
{
	unsigned int again = replay->lines[replay->line].again;

	if (++replay->rounds > CYCLE_REPEATS) {
		replay->rounds--;
		end_of_rounds(replay);
		return false;
	}
	replay->completing = 0;
	for (unsigned int i = 0; i < again; i++) {
		struct replay_line *line = &replay->lines[--replay->line];

		for (unsigned int j = 0; j < line->nr_targets; j++)
			line->targets[j].seen = 0;
	}
	return true;
}

/* Skips lines that are fulfilled already; true where the current one can run. */
static bool line_runs(struct replay *replay)
{
	while (replay->line < replay->nr_lines) {
		struct replay_line *line = &replay->lines[replay->line];
		enum task_state state = engine.task[line->task].state;

		if (line->again) {
			if (!goes_round(replay))
				return false;
			continue;
		}
		if (state == TASK_ENDED) {
			if (!line_has(line, REPLAY_END)) {
				go_astray(replay, STRAY_ENDED);
				return false;
			}
		} else if (can_run(replay, line->task)) {
			return true;
		} else if (!line_has(line, REPLAY_BLOCKED)) {
			go_astray(replay, STRAY_BLOCKED);
			return false;
		}
		line_done(replay);
	}
	go_astray(replay, STRAY_REMAINS);
	return false;
}

static int replay_next(struct decider *decider, int from)
{
	struct replay *replay = replay_of(decider);

	(void)from;
	if (replay->stray || !line_runs(replay))
		return any_task();
	return replay->lines[replay->line].task;
}

void replay_finish(struct replay *replay)
{
	while (!replay->stray && engine.outcome == OUTCOME_DONE &&
	       replay->line < replay->nr_lines) {
		if (line_has(&replay->lines[replay->line], REPLAY_END))
			line_done(replay);
		else
			go_astray(replay, STRAY_ENDED);
	}
}

void replay_init(struct replay *replay, struct replay_line *lines,
		 unsigned int nr_lines)
{
	*replay = (struct replay){
		.decider = { .at = replay_at, .next = replay_next },
		.lines = lines,
		.nr_lines = nr_lines,
	};
	for (unsigned int i = 0; i < nr_lines; i++)
		for (unsigned int j = 0; j < lines[i].nr_targets; j++)
			if (lines[i].targets[j].kind == REPLAY_CALL &&
			    lines[i].targets[j].call != CALL_BEGIN &&
			    lines[i].targets[j].call != CALL_END)
				replay->decider.all_calls = true;
	for (unsigned int i = 0; i < nr_lines; i++) {
		for (unsigned int j = 0; j < lines[i].nr_targets; j++) {
			const struct replay_target *target =
				&lines[i].targets[j];

			if (target->kind != REPLAY_BEFORE)
				continue;
			replay->before = true;
			replay->accesses |= target->call == CALL_LOAD ||
					    target->call == CALL_STORE;
		}
	}
}

/* ---- What a task stands before ------------------------------------------- */

static struct replay *attached;

bool replay_stand_before(struct replay *replay, enum shim_call call,
			 const char *obj)
{
	struct replay_line *line;
	bool hit = false;

	if (replay->stray || replay->line == replay->nr_lines)
		return false;
	line = &replay->lines[replay->line];
	for (unsigned int i = 0; i < line->nr_targets && !hit; i++) {
		struct replay_target *target = &line->targets[i];

		if (target->kind == REPLAY_BEFORE && target->call == call &&
		    engine.task[host_task].points == target->points &&
		    same_object(target->obj, obj))
			hit = ++target->seen == target->nth;
	}
	if (hit)
		line_done(replay);
	return hit;
}

static void stand_before(enum shim_call call, const char *obj)
{
	if (replay_stand_before(attached, call, obj))
		engine_schedule();
}

static void before_call(enum shim_call call, const void *obj, const char *name)
{
	(void)obj;
	stand_before(call, name);
}

static void before_access(const volatile void *addr, unsigned long size,
			  unsigned int how, const void *pc)
{
	(void)addr;
	(void)size;
	if (!(how & ACCESS_SHIM))
		stand_before(how & ACCESS_WRITE ? CALL_STORE : CALL_LOAD,
			     symbols_line(pc));
}

void replay_attach(struct replay *replay)
{
	static const struct engine_hooks hooks = { .enter = before_call,
						   .access = before_access };

	if (!replay->before)
		return;
	attached = replay;
	engine.hooks = &hooks;
	host_hooks = replay->accesses ? HOOKS_CODE : HOOKS_NONE;
}

void replay_detach(void)
{
	engine.hooks = NULL;
	host_hooks = HOOKS_NONE;
}

void replay_start(struct replay *replay)
{
	replay->line = replay->rounds = replay->completing = 0;
	replay->stray = STRAY_NONE;
	for (unsigned int i = 0; i < replay->nr_lines; i++)
		replay->lines[i].done = 0;
	for (unsigned int i = 0; i < replay->nr_lines; i++)
		for (unsigned int j = 0; j < replay->lines[i].nr_targets; j++)
			replay->lines[i].targets[j].seen = 0;
}
