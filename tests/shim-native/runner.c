// SPDX-License-Identifier: GPL-2.0-only
/*
 * Runs the conformance tests of the shim's synchronization on native threads,
 * with what sim/kernel/native makes of it for each kernel: those that
 * tests/shim-runner runs on the engine, all of them.  A test of several tasks is
 * run in many rounds; a deadlock must show in one.
 */
#include <criterion/criterion.h>
#include <criterion/parameterized.h>
#include <glob.h>
#include <stdio.h>

#include "../shim/expect.h"
#include "threads.h"

#define ROUNDS 30
#define MAX_GROUPS 256

static struct loaded_kernel kernel;
static struct shim_test test;

/* Whether the round was as the test says; fails the test otherwise. */
static bool judge(const struct round *round)
{
	bool seen = test.expect == NO_VIOLATION, ok = true;

	cr_expect_neq(round->end, ROUND_LOST, "%s: %s: the process ended: %s",
		      kernel.desc->name, test.name, round->found[0].text);
	if (round->end == ROUND_LOST)
		return false;
	for (unsigned int i = 0; i < round->nr_found && ok; i++) {
		int kind = round->found[i].kind;

		seen |= kind == test.expect;
		ok = shim_test_expects(&test, kind);
		cr_expect(ok, "%s: %s: %s", kernel.desc->name, test.name,
			  round->found[i].text);
	}
	if (!ok)
		return false;
	cr_expect(seen, "%s: %s: the violation was not reported",
		  kernel.desc->name, test.name);
	ok = round->end != ROUND_DEADLOCK || test.expect_deadlock;
	cr_expect(ok, "%s: %s: deadlock", kernel.desc->name, test.name);
	return ok && seen;
}

static void run_rounds(unsigned long number)
{
	unsigned int rounds = test.tasks > 1 ? ROUNDS : 1, deadlocks = 0;

	for (unsigned int i = 1; i <= rounds; i++) {
		const struct round *round = threads_run(&kernel, number, i);

		if (!judge(round))
			return;
		deadlocks += round->end == ROUND_DEADLOCK;
	}
	cr_expect(deadlocks || !test.expect_deadlock,
		  "%s: %s: no round deadlocks", kernel.desc->name, test.name);
}

/* ---- All of them ------------------------------------------------------------- */

static glob_t kernels;

/* Returns why not, or NULL. */
static const char *load(unsigned long which)
{
	static char why[256];

	if (!kernels.gl_pathc)
		glob(TEST_KERNELS_DIR "/native/shim-test.*.so", 0, NULL,
		     &kernels);
	if (which >= kernels.gl_pathc)
		return "no kernel has the tests";
	return loader_open(kernels.gl_pathv[which], &kernel, why, sizeof(why)) ?
		       why :
		       NULL;
}

static unsigned long count_tests(void)
{
	unsigned long nr = 0;

	while (threads_test(&kernel, nr, &test))
		nr++;
	return nr;
}

/* A process each: some tests, because starting one takes longer than a test. */
#define GROUP 10

struct group {
	unsigned long kernel, first;
};

ParameterizedTestParameters(shim_native, conforms)
{
	static struct group all[MAX_GROUPS];
	unsigned long nr = 0;

	/* Where none can be loaded, it is there_are_tests that fails. */
	for (unsigned long i = 0; !load(i); i++) {
		unsigned long tests = count_tests();

		for (unsigned long at = 0; at < tests; at += GROUP)
			if (nr < MAX_GROUPS)
				all[nr++] = (struct group){ i, at };
		loader_close(&kernel);
	}
	return cr_make_param_array(struct group, all, nr);
}

ParameterizedTest(struct group *group, shim_native, conforms)
{
	cr_assert_null(load(group->kernel));
	for (unsigned long i = group->first; i < group->first + GROUP; i++)
		if (threads_test(&kernel, i, &test))
			run_rounds(i);
}

Test(shim_native, there_are_tests)
{
	unsigned long i = 0;
	const char *why;

	while (!(why = load(i))) {
		cr_expect_gt(count_tests(), 100UL);
		loader_close(&kernel);
		i++;
	}
	cr_expect(i && i == kernels.gl_pathc, "%s", why);
}
