// SPDX-License-Identifier: GPL-2.0-only
/*
 * The engine without any kernel: tasks are functions of the test that pass
 * points, block and misbehave.
 */
#include <criterion/criterion.h>
#include <signal.h>
#include <string.h>

#include "engine.h"
#include "replay.h"

static char order_of_events[256];
static bool lock_held;

static void note(const char *what)
{
	strcat(order_of_events, what);
	strcat(order_of_events, " ");
}

static void setup(void)
{
	cr_assert(engine_init() == 0);
	engine_reset();
	engine.limit = ENGINE_DEFAULT_LIMIT;
	order_of_events[0] = '\0';
	lock_held = false;
}

static const struct op_points op = {
	.op = "op",
	.watch = { [CALL_MUTEX_LOCK] = 1 << 0, [CALL_COND_RESCHED] = 1 << 1 },
	.anchors = {
		{ "l", 0, -1, false },
		{ NULL, 1, 0, true },
	},
	.nr_anchors = 2,
	.points = { "locked", "retry" },
	.nr_points = 2,
};

static _Bool lock_free(const void *arg)
{
	(void)arg;
	return !lock_held;
}

static int lock_owner(const void *arg)
{
	(void)arg;
	return 0;
}

static void take(void)
{
	static const struct host_wait wait = { .call = CALL_MUTEX_LOCK,
					       .name = "l",
					       .ready = lock_free,
					       .owner = lock_owner };

	host_enter(CALL_MUTEX_LOCK, NULL, "l");
	while (lock_held)
		host_block(&wait);
	lock_held = true;
	host_leave(CALL_MUTEX_LOCK, NULL, "l");
}

static void locking_task(unsigned int task)
{
	char name[2] = { 'a' + task, 0 };

	engine_op_begin(&op, 0);
	engine_pass(CALL_BEGIN);
	take();
	note(name);
	host_leave(CALL_COND_RESCHED, NULL, NULL);
	host_leave(CALL_COND_RESCHED, NULL, NULL);
	note(name);
	lock_held = false;
	engine_pass(CALL_END);
	engine_op_end();
}

static void add_two(void (*run)(unsigned int))
{
	engine_add_task(0, run);
	engine_add_task(1, run);
}

Test(engine, runs_tasks_in_order_without_a_decider, .init = setup)
{
	add_two(locking_task);
	cr_assert(engine_run(NULL) == OUTCOME_DONE);
	cr_assert_str_eq(order_of_events, "a a b b ");
}

/* ---- replay -------------------------------------------------------------- */

#define POINT_TARGET(p, n)                                                     \
	{                                                                      \
		.kind = REPLAY_POINT, .points = &op, .point = p, .nth = n      \
	}

static enum outcome_kind
replay_lines(struct replay *replay, struct replay_line *lines, unsigned int nr)
{
	replay_init(replay, lines, nr);
	replay_start(replay);
	add_two(locking_task);
	return engine_run(&replay->decider);
}

Test(replay, switches_at_the_named_point, .init = setup)
{
	struct replay_target locked[] = { POINT_TARGET(0, 1) };
	struct replay_target blocked[] = { { .kind = REPLAY_BLOCKED } };
	struct replay_target end[] = { { .kind = REPLAY_END } };
	struct replay_line lines[] = { { 0, locked, 1, 0, 0 },
				       { 1, blocked, 1, 0, 0 },
				       { 0, end, 1, 0, 0 },
				       { 1, end, 1, 0, 0 } };
	struct replay replay;

	cr_assert(replay_lines(&replay, lines, 4) == OUTCOME_DONE);
	cr_assert(replay.stray == STRAY_NONE);
	cr_assert_str_eq(order_of_events, "a a b b ");
}

Test(replay, second_passing_of_a_point, .init = setup)
{
	struct replay_target retry[] = { POINT_TARGET(1, 2) };
	struct replay_target blocked[] = { { .kind = REPLAY_BLOCKED } };
	struct replay_target end[] = { { .kind = REPLAY_END } };
	struct replay_line lines[] = { { 0, retry, 1, 0, 0 },
				       { 1, blocked, 1, 0, 0 },
				       { 0, end, 1, 0, 0 },
				       { 1, end, 1, 0, 0 } };
	struct replay replay;

	cr_assert(replay_lines(&replay, lines, 4) == OUTCOME_DONE);
	cr_assert(replay.stray == STRAY_NONE);
}

Test(replay, blocking_where_the_order_goes_on_is_straying, .init = setup)
{
	struct replay_target locked[] = { POINT_TARGET(0, 1) };
	struct replay_target end[] = { { .kind = REPLAY_END } };
	struct replay_line lines[] = { { 0, locked, 1, 0, 0 },
				       { 1, end, 1, 0, 0 },
				       { 0, end, 1, 0, 0 } };
	struct replay replay;

	replay_lines(&replay, lines, 3);
	cr_assert(replay.stray == STRAY_BLOCKED);
	cr_assert(replay.stray_line == 1);
	cr_assert(replay.stray_owner == 0);
}

Test(replay, ending_before_the_point_is_straying, .init = setup)
{
	struct replay_target thrice[] = { POINT_TARGET(1, 3) };
	struct replay_target end[] = { { .kind = REPLAY_END } };
	struct replay_line lines[] = { { 0, thrice, 1, 0, 0 },
				       { 1, end, 1, 0, 0 } };
	struct replay replay;

	replay_lines(&replay, lines, 2);
	cr_assert(replay.stray == STRAY_ENDED);
}

Test(replay, tasks_that_remain_are_straying, .init = setup)
{
	struct replay_target end[] = { { .kind = REPLAY_END } };
	struct replay_line lines[] = { { 0, end, 1, 0, 0 } };
	struct replay replay;

	replay_lines(&replay, lines, 1);
	cr_assert(replay.stray == STRAY_REMAINS);
}

Test(replay, raw_calls_are_counted, .init = setup)
{
	struct replay_target raw[] = { { .kind = REPLAY_CALL,
					 .points = &op,
					 .call = CALL_COND_RESCHED,
					 .nth = 2 } };
	struct replay_target blocked[] = { { .kind = REPLAY_BLOCKED } };
	struct replay_target end[] = { { .kind = REPLAY_END } };
	struct replay_line lines[] = { { 0, raw, 1, 0, 0 },
				       { 1, blocked, 1, 0, 0 },
				       { 0, end, 1, 0, 0 },
				       { 1, end, 1, 0, 0 } };
	struct replay replay;

	cr_assert(replay_lines(&replay, lines, 4) == OUTCOME_DONE);
	cr_assert(replay.stray == STRAY_NONE);
}

/* ---- misbehaving tasks ---------------------------------------------------- */

static _Bool never(const void *arg)
{
	(void)arg;
	return false;
}

static void waiting_task(unsigned int task)
{
	static const struct host_wait wait = { .call = CALL_SCHEDULE,
					       .name = "w",
					       .ready = never };

	(void)task;
	host_block(&wait);
}

Test(engine, reports_a_deadlock_and_who_waits, .init = setup)
{
	add_two(waiting_task);
	cr_assert(engine_run(NULL) == OUTCOME_DEADLOCK);
	cr_assert(engine.nr_findings == 1);
	cr_assert(engine.finding[0].kind == V_DEADLOCK);
	cr_assert_str_eq(engine.finding[0].text,
			 "@0 waits in schedule(w); @1 waits in schedule(w)");
}

static void endless_task(unsigned int task)
{
	(void)task;
	for (;;)
		host_leave(CALL_COND_RESCHED, NULL, NULL);
}

Test(engine, bounds_a_loop_over_points, .init = setup)
{
	engine.limit = 1000;
	engine_add_task(0, endless_task);
	cr_assert(engine_run(NULL) == OUTCOME_BOUND);
	cr_assert(engine.finding[0].kind == V_LIVELOCK);
}

static volatile int spin = 1;

static void spinning_task(unsigned int task)
{
	(void)task;
	while (spin)
		;
}

Test(engine, ends_a_loop_without_points, .init = setup, .timeout = 30)
{
	engine_add_task(0, spinning_task);
	cr_assert(engine_run(NULL) == OUTCOME_HANG);
	cr_assert(engine.finding[0].kind == V_LIVELOCK);
}

#ifndef PFNSIM_ASAN
static int (*volatile again)(int depth);

static int recurse(int depth)
{
	volatile char frame[512];

	frame[depth % 512] = depth;
	return again(depth + 1) + frame[0];
}

static void recursing_task(unsigned int task)
{
	again = recurse;
	recurse(task);
}

Test(engine, ends_a_recursion_without_end, .init = setup)
{
	engine_add_task(0, recursing_task);
	cr_assert(engine_run(NULL) == OUTCOME_FATAL);
	cr_assert(strstr(engine.finding[0].text, "recursion"));
}

static void wild_task(unsigned int task)
{
	long *volatile wild = task ? (long *)0x6b6b6b6b6b6b6b6bUL : NULL;

	*wild = 1;
}

Test(engine, survives_a_null_pointer, .init = setup)
{
	engine_add_task(0, wild_task);
	cr_assert(engine_run(NULL) == OUTCOME_FATAL);
	cr_assert(engine.finding[0].kind == V_WARN);
}

Test(engine, tells_poison_from_other_wild_pointers, .init = setup)
{
	engine_add_task(1, wild_task);
	cr_assert(engine_run(NULL) == OUTCOME_FATAL);
	cr_assert(engine.finding[0].kind == V_USE_AFTER_FREE);
}

/* The engine must be usable after each of them. */
Test(engine, goes_on_after_a_fault, .init = setup)
{
	for (int i = 0; i < 100; i++) {
		engine_reset();
		engine_add_task(0, wild_task);
		cr_assert(engine_run(NULL) == OUTCOME_FATAL);
	}
	engine_reset();
	order_of_events[0] = '\0';
	add_two(locking_task);
	cr_assert(engine_run(NULL) == OUTCOME_DONE);
}
#endif

static void fatal_task(unsigned int task)
{
	(void)task;
	host_report(V_LEAK, HOST_NO_PFN, "first");
	host_report(V_LEAK, HOST_NO_PFN, "first");
	host_fatal(V_WARN, HOST_NO_PFN, "BUG");
}

Test(engine, records_each_violation_once, .init = setup)
{
	engine_add_task(0, fatal_task);
	cr_assert(engine_run(NULL) == OUTCOME_FATAL);
	cr_assert(engine.nr_findings == 2);
	cr_assert_str_eq(engine.finding[1].text, "BUG");
}

static void trapping_task(unsigned int task)
{
	(void)task;
	host_trap("kvm_exotic");
}

Test(engine, names_what_is_not_emulated, .init = setup)
{
	engine_add_task(0, trapping_task);
	cr_assert(engine_run(NULL) == OUTCOME_TRAP);
	cr_assert(strstr(engine.outcome_text, "kvm_exotic()"));
}

static void allocating_task(unsigned int task)
{
	engine_op_begin(&op, 0);
	engine.task[task].fail_at = 2;
	note(host_should_fail("kmalloc") ? "fails" : "works");
	note(host_should_fail("kmalloc") ? "fails" : "works");
	note(host_should_fail("kmalloc") ? "fails" : "works");
	engine_op_end();
	note(host_should_fail("kmalloc") ? "fails" : "works");
}

Test(engine, fails_the_chosen_allocation_of_a_step, .init = setup)
{
	engine_add_task(0, allocating_task);
	cr_assert(engine_run(NULL) == OUTCOME_DONE);
	cr_assert_str_eq(order_of_events, "works fails works works ");
}

Test(engine, interrupt_ends_the_execution, .init = setup)
{
	engine.interrupted = 1;
	engine_add_task(0, endless_task);
	cr_assert(engine_run(NULL) == OUTCOME_INTERRUPTED);
	engine.interrupted = 0;
}
