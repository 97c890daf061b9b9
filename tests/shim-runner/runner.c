// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs the kernel-side conformance tests of the shim, each under many schedules:
 * tasks one after the other, a switch at every point, and seeded random ones.
 * The result must be the same under all of them; a deadlock must show in one.
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <stdio.h>
#include <string.h>

#include "../shim/shim_test.h"
#include "engine.h"
#include "loader.h"

#define RANDOM_SCHEDULES 40

static struct loaded_kernel kernel;
static unsigned long number;
static struct shim_test test;
static long boot_result;
static unsigned int deadlocks;

/* ---- Schedules ----------------------------------------------------------- */

enum schedule { ONE_BY_ONE, ALTERNATING, RANDOM };

struct scheduler {
	struct decider decider;
	enum schedule schedule;
	unsigned long state;
};

static unsigned long next_random(struct scheduler *s)
{
	s->state ^= s->state << 13;
	s->state ^= s->state >> 7;
	s->state ^= s->state << 17;
	return s->state;
}

static bool schedule_at(struct decider *decider, unsigned int task,
			const struct passing *passing)
{
	struct scheduler *s = (struct scheduler *)decider;

	(void)task;
	if (s->schedule == ONE_BY_ONE)
		return passing->call == CALL_COND_RESCHED ||
		       passing->call == CALL_SCHEDULE;
	return s->schedule == ALTERNATING || next_random(s) % 4 == 0;
}

static int schedule_next(struct decider *decider, int from)
{
	struct scheduler *s = (struct scheduler *)decider;
	unsigned int skip = 1;

	if (s->schedule == RANDOM)
		skip = next_random(s) % HOST_MAX_TASKS;
	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++) {
		unsigned int task = (from + skip + i) % HOST_MAX_TASKS;

		if (engine_enabled(task))
			return task;
	}
	return -1;
}

/* ---- One test under one schedule ----------------------------------------- */

static long part(enum shim_test_part what)
{
	struct op_args args = { .a = { number, what }, .buf = &test };

	return kernel.desc->op(OP_TEST, &args);
}

static void boot_task(unsigned int task)
{
	struct machine_config config = { .nr_frames = 256 };

	(void)task;
	boot_result = kernel.desc->boot(&config);
	if (!boot_result)
		part(SHIM_TEST_SETUP);
}

static void run_part(unsigned int task)
{
	part(SHIM_TEST_TASK + task);
}

static void check_task(unsigned int task)
{
	(void)task;
	part(SHIM_TEST_CHECK);
}

static void run_alone(void (*run)(unsigned int task))
{
	host_task = HOST_SETUP_TASK;
	engine_add_task(HOST_SETUP_TASK, run);
	engine_run(NULL);
}

static bool expected(const struct engine_finding *finding)
{
	/* An order that can deadlock is reported even where it does not. */
	if (finding->kind == V_DEADLOCK || finding->kind == V_LOCK_ORDER)
		if (test.expect_deadlock)
			return true;
	return (int)finding->kind == test.expect;
}

static void judge(const char *schedule, bool deadlock)
{
	bool seen = test.expect == NO_VIOLATION;

	for (unsigned int i = 0; i < engine.nr_findings; i++) {
		const struct engine_finding *finding = &engine.finding[i];

		seen |= (int)finding->kind == test.expect;
		cr_assert(expected(finding), "%s, %s: %s", test.name, schedule,
			  finding->text);
	}
	cr_assert(seen, "%s, %s: the violation was not reported", test.name,
		  schedule);
	cr_assert(!deadlock || test.expect_deadlock, "%s, %s: deadlock",
		  test.name, schedule);
	deadlocks += deadlock;
	cr_assert_neq(engine.outcome, OUTCOME_TRAP, "%s: %s", test.name,
		      engine.outcome_text);
}

static void run_under(enum schedule schedule, unsigned long seed)
{
	struct scheduler scheduler = {
		.decider = { .at = schedule_at,
			     .next = schedule_next,
			     .all_calls = true },
		.schedule = schedule,
		.state = seed * 0x9e3779b97f4a7c15UL + 1,
	};
	enum outcome_kind outcome;
	char name[64];

	snprintf(name, sizeof(name), "schedule %d seed %lu", schedule, seed);
	loader_cold_start(&kernel);
	engine_reset();
	run_alone(boot_task);
	cr_assert_eq(boot_result, 0, "the kernel does not boot");
	part(SHIM_TEST_INFO);
	for (unsigned int i = 0; i < test.tasks; i++)
		engine_add_task(i, run_part);
	outcome = engine_run(&scheduler.decider);
	if (outcome == OUTCOME_DONE)
		run_alone(check_task);
	judge(name, outcome == OUTCOME_DEADLOCK);
}

/* ---- All of them --------------------------------------------------------- */

static void load(void)
{
	char why[256];

	cr_assert_eq(engine_init(), 0);
	cr_assert_eq(loader_open(TEST_KERNELS_DIR "/shim-test.so", &kernel, why,
				 sizeof(why)),
		     0, "%s", why);
}

static unsigned long count_tests(void)
{
	unsigned long nr = 0;

	for (number = 0; !part(SHIM_TEST_INFO); number++)
		nr++;
	return nr;
}

ParameterizedTestParameters(shim, conforms)
{
	static unsigned long numbers[1024];
	unsigned long nr;

	load();
	nr = count_tests();
	loader_close(&kernel);
	for (unsigned long i = 0; i < nr; i++)
		numbers[i] = i;
	return cr_make_param_array(unsigned long, numbers, nr);
}

ParameterizedTest(unsigned long *which, shim, conforms)
{
	load();
	number = *which;
	run_under(ONE_BY_ONE, 0);
	run_under(ALTERNATING, 0);
	for (unsigned long seed = 1; seed <= RANDOM_SCHEDULES; seed++)
		run_under(RANDOM, seed);
	if (test.expect_deadlock)
		cr_assert(deadlocks, "%s: no schedule deadlocks", test.name);
}

Test(shim, there_are_tests)
{
	load();
	cr_assert_gt(count_tests(), 100UL);
}
