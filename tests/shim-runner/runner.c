// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs the kernel-side conformance tests of the shim, as it is compiled for each
 * kernel, each under many schedules: tasks one after the other, a switch at every
 * point, and seeded random ones.  The result must be the same under all of them;
 * a deadlock must show in one.
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>

#include "../shim/expect.h"
#include "../shim/shim_test.h"
#include "engine.h"
#include "loader.h"
#include "names.h"

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

static long part_of(enum shim_test_part what, void *buf)
{
	struct op_args args = { .a = { number, what }, .buf = buf };

	return kernel.desc->op(OP_TEST, &args);
}

static long part(enum shim_test_part what)
{
	return part_of(what, &test);
}

/* For tasks that wait until another one waits. */
static bool is_blocked(unsigned int task, unsigned int call)
{
	const struct engine_task *other = &engine.task[task];

	return other->state == TASK_BLOCKED && other->wait->call == call &&
	       !engine_enabled(task);
}

static void boot_task(unsigned int task)
{
	struct machine_config config = { .nr_frames = 256 };

	(void)task;
	boot_result = kernel.desc->boot(&config);
	if (boot_result)
		return;
	part_of(SHIM_TEST_HOST,
		&(struct shim_test_host){ .is_blocked = is_blocked });
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

/* Whether the run was as the test says; fails the test otherwise. */
static bool judge(const char *schedule, bool deadlock)
{
	bool seen = test.expect == NO_VIOLATION, ok = true;

	for (unsigned int i = 0; i < engine.nr_findings && ok; i++) {
		const struct engine_finding *finding = &engine.finding[i];

		seen |= (int)finding->kind == test.expect;
		ok = shim_test_expects(&test, finding->kind);
		cr_expect(ok, "%s: %s, %s: %s", kernel.desc->name, test.name,
			  schedule, finding->text);
	}
	if (!ok)
		return false;
	cr_expect(seen, "%s: %s, %s: the violation was not reported",
		  kernel.desc->name, test.name, schedule);
	ok = !deadlock || test.expect_deadlock;
	cr_expect(ok, "%s: %s, %s: deadlock", kernel.desc->name, test.name,
		  schedule);
	deadlocks += deadlock;
	cr_expect_neq(engine.outcome, OUTCOME_TRAP, "%s: %s", test.name,
		      engine.outcome_text);
	return ok && seen && engine.outcome != OUTCOME_TRAP;
}

static bool run_under(enum schedule schedule, unsigned long seed)
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
	engine.kernel = kernel.desc;
	run_alone(boot_task);
	cr_assert_eq(boot_result, 0, "the kernel does not boot");
	part(SHIM_TEST_INFO);
	for (unsigned int i = 0; i < test.tasks; i++)
		engine_add_task(i, run_part);
	outcome = engine_run(&scheduler.decider);
	if (outcome == OUTCOME_DONE)
		run_alone(check_task);
	return judge(name, outcome == OUTCOME_DEADLOCK);
}

/* ---- All of them --------------------------------------------------------- */

#define MAX_TESTS 1024
#define MAX_GROUPS 1024

/* Kernels whose shim is tested; found once, before the first fork. */
static glob_t kernels;

static void find_kernels(void)
{
	if (!kernels.gl_pathc)
		cr_assert_eq(glob(TEST_KERNELS_DIR "/shim-test.*.so", 0, NULL,
				  &kernels),
			     0, "no kernel has the tests");
}

static void load(unsigned long which)
{
	char why[256];

	find_kernels();
	cr_assert_eq(engine_init(), 0);
	cr_assert_eq(loader_open(kernels.gl_pathv[which], &kernel, why,
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

/* A process each: some tests, because starting one takes longer than a test. */
#define GROUP 10

struct group {
	unsigned long kernel, first;
};

ParameterizedTestParameters(shim, conforms)
{
	static struct group all[MAX_GROUPS];
	unsigned long nr = 0;

	find_kernels();
	for (unsigned long i = 0; i < kernels.gl_pathc; i++) {
		unsigned long tests;

		load(i);
		tests = count_tests();
		for (unsigned long at = 0; at < tests; at += GROUP)
			if (nr < MAX_GROUPS)
				all[nr++] = (struct group){ i, at };
		loader_close(&kernel);
	}
	return cr_make_param_array(struct group, all, nr);
}

static void run_under_all(void)
{
	bool ok;

	deadlocks = 0;
	ok = run_under(ONE_BY_ONE, 0) && run_under(ALTERNATING, 0);
	for (unsigned long seed = 1; ok && seed <= RANDOM_SCHEDULES; seed++)
		ok = run_under(RANDOM, seed);
	if (ok && test.expect_deadlock)
		cr_expect(deadlocks, "%s: no schedule deadlocks", test.name);
}

ParameterizedTest(struct group *group, shim, conforms)
{
	load(group->kernel);
	for (number = group->first; number < group->first + GROUP; number++)
		if (!part(SHIM_TEST_INFO))
			run_under_all();
}

Test(shim, there_are_tests)
{
	load(0);
	cr_assert_gt(count_tests(), 100UL);
	cr_assert_leq(count_tests(), MAX_TESTS);
}

/* ---- Are they all? ------------------------------------------------------- */

Test(shim, tests_name_what_they_follow)
{
	load(0);
	for (number = 0; !part(SHIM_TEST_INFO); number++)
		cr_expect(test.of && *test.of && test.follows &&
				  strchr(test.follows, ':'),
			  "%s does not say what it is of, or what it follows",
			  test.name);
}

Test(shim, names_are_unique)
{
	static const char *seen[MAX_TESTS];

	load(0);
	for (number = 0; !part(SHIM_TEST_INFO); number++) {
		for (unsigned long i = 0; i < number; i++)
			cr_expect_str_neq(seen[i], test.name,
					  "%s is there twice", test.name);
		seen[number] = test.name;
	}
}

static void each_name_of_tests(void (*each)(const char *name))
{
	for (number = 0; !part(SHIM_TEST_INFO); number++) {
		char names[512], *rest, *name;

		snprintf(names, sizeof(names), "%s", test.of ? test.of : "");
		name = strtok_r(names, " ", &rest);
		for (; name; name = strtok_r(NULL, " ", &rest))
			each(name);
	}
}

static void check_offered(const char *name)
{
	cr_expect(names_are_offered(name),
		  "%s is of %s, which the shim does not have", test.name, name);
}

Test(shim, every_function_is_tested)
{
	char report[8192];

	find_kernels();
	for (unsigned long i = 0; i < kernels.gl_pathc; i++) {
		load(i);
		names_read(kernels.gl_pathv[i], TESTS_DIR "/shim/untested.txt");
		each_name_of_tests(names_mark_tested);
		each_name_of_tests(check_offered);
		names_note_excuses();
		cr_expect(!names_report(report, sizeof(report)),
			  "%s takes what no test is of and what is not in "
			  "tests/shim/untested.txt:\n%s",
			  kernel.desc->name, report);
		loader_close(&kernel);
	}
	cr_expect(!names_report_excuses(TESTS_DIR "/..", report,
					sizeof(report)),
		  "tests/shim/untested.txt excuses without need:\n%s", report);
}
