// SPDX-License-Identifier: GPL-2.0-only
/*
 * All shim tests, and the steps that their tasks agree on.
 */
#include <linux/errno.h>
#include <linux/types.h>
#include <border.h>
#include <kernel.h>
#include "shim_test.h"

DECLARE_SHIM_TESTS(locks);
DECLARE_SHIM_TESTS(lockdep);
DECLARE_SHIM_TESTS(context);
DECLARE_SHIM_TESTS(rcu);
DECLARE_SHIM_TESTS(srcu);
DECLARE_SHIM_TESTS(wait);
DECLARE_SHIM_TESTS(atomic);
DECLARE_SHIM_TESTS(xarray);
DECLARE_SHIM_TESTS(fs_pseudo);
DECLARE_SHIM_TESTS(mm_frames);
DECLARE_SHIM_TESTS(mm_slab);
DECLARE_SHIM_TESTS(mm_mappings);
DECLARE_SHIM_TESTS(mm_direct);
DECLARE_SHIM_TESTS(mm_filemap);
DECLARE_SHIM_TESTS(mm_user);
DECLARE_SHIM_TESTS(mm_gup);
DECLARE_SHIM_TESTS(rw);
DECLARE_SHIM_TESTS(grace);
DECLARE_SHIM_TESTS(counts);
DECLARE_SHIM_TESTS(fs_files);
DECLARE_SHIM_TESTS(mm_age);
DECLARE_SHIM_TESTS(mm_notifier);
DECLARE_SHIM_TESTS(mm_copy);
DECLARE_SHIM_TESTS(mm_lookup);
DECLARE_SHIM_TESTS(mm_cache);
DECLARE_SHIM_TESTS(mm_kernel);
DECLARE_SHIM_TESTS(arch_mmu);
DECLARE_SHIM_TESTS(structures);
DECLARE_SHIM_TESTS(basics);

static const struct {
	const struct shim_test *tests;
	const unsigned int *nr;
} tables[] = {
	{ shim_tests_locks, &nr_shim_tests_locks },
	{ shim_tests_lockdep, &nr_shim_tests_lockdep },
	{ shim_tests_context, &nr_shim_tests_context },
	{ shim_tests_rcu, &nr_shim_tests_rcu },
	{ shim_tests_srcu, &nr_shim_tests_srcu },
	{ shim_tests_wait, &nr_shim_tests_wait },
	{ shim_tests_atomic, &nr_shim_tests_atomic },
	{ shim_tests_xarray, &nr_shim_tests_xarray },
	{ shim_tests_fs_pseudo, &nr_shim_tests_fs_pseudo },
	{ shim_tests_mm_frames, &nr_shim_tests_mm_frames },
	{ shim_tests_mm_slab, &nr_shim_tests_mm_slab },
	{ shim_tests_mm_mappings, &nr_shim_tests_mm_mappings },
	{ shim_tests_mm_direct, &nr_shim_tests_mm_direct },
	{ shim_tests_mm_filemap, &nr_shim_tests_mm_filemap },
	{ shim_tests_mm_user, &nr_shim_tests_mm_user },
	{ shim_tests_mm_gup, &nr_shim_tests_mm_gup },
	{ shim_tests_rw, &nr_shim_tests_rw },
	{ shim_tests_grace, &nr_shim_tests_grace },
	{ shim_tests_counts, &nr_shim_tests_counts },
	{ shim_tests_fs_files, &nr_shim_tests_fs_files },
	{ shim_tests_mm_age, &nr_shim_tests_mm_age },
	{ shim_tests_mm_notifier, &nr_shim_tests_mm_notifier },
	{ shim_tests_mm_copy, &nr_shim_tests_mm_copy },
	{ shim_tests_mm_lookup, &nr_shim_tests_mm_lookup },
	{ shim_tests_mm_cache, &nr_shim_tests_mm_cache },
	{ shim_tests_mm_kernel, &nr_shim_tests_mm_kernel },
	{ shim_tests_arch_mmu, &nr_shim_tests_arch_mmu },
	{ shim_tests_structures, &nr_shim_tests_structures },
	{ shim_tests_basics, &nr_shim_tests_basics },
};

static unsigned int steps;

static _Bool steps_reached(const void *arg)
{
	return steps >= *(const unsigned int *)arg;
}

static int nobody(const void *arg)
{
	return -1;
}

void shim_wait_for(_Bool (*ready)(const void *arg), const void *arg)
{
	host_enter(CALL_WAIT_EVENT, NULL, "step");
	if (!ready(arg))
		host_block(&(struct host_wait){ .call = CALL_WAIT_EVENT,
						.name = "step",
						.arg = arg,
						.ready = ready,
						.owner = nobody });
	host_leave(CALL_WAIT_EVENT, NULL, "step");
}

void shim_wait_step(unsigned int n)
{
	shim_wait_for(steps_reached, &n);
}

void shim_step(unsigned int n)
{
	shim_wait_step(n);
	steps++;
}

unsigned int shim_steps(void)
{
	return steps;
}

static const struct shim_test *find_test(unsigned long number)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(tables); i++) {
		if (number < *tables[i].nr)
			return &tables[i].tests[number];
		number -= *tables[i].nr;
	}
	return NULL;
}

long shim_test_op(struct op_args *args)
{
	const struct shim_test *test = find_test(args->a[0]);
	unsigned long part = args->a[1];
	void (*func)(void) = NULL;

	if (!test || part >= SHIM_TEST_TASK + SHIM_TEST_TASKS)
		return -ENOENT;
	if (part == SHIM_TEST_INFO) {
		*(struct shim_test *)args->buf = *test;
		return 0;
	}
	if (part == SHIM_TEST_SETUP)
		func = test->setup;
	else if (part == SHIM_TEST_CHECK)
		func = test->check;
	else
		func = test->task[part - SHIM_TEST_TASK];
	if (func)
		func();
	return 0;
}
