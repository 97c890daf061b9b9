// SPDX-License-Identifier: GPL-2.0-only
/*
 * `pfnsim kernel` where nothing needs to be built; tests/kernel-add is on what
 * it builds.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "fixture.h"

TestSuite(kernel, .init = folder_enter, .fini = folder_leave);

static void expect_refused(struct outcome outcome, const char *message)
{
	expect_status(&outcome, 2);
	expect_no_out(&outcome);
	expect_err(&outcome, message);
	outcome_free(&outcome);
}

#define KERNEL(...) PFNSIM("kernel", "--kernel-dir", "kernels", __VA_ARGS__)

Test(kernel, takes_add_remove_and_prune)
{
	expect_refused(KERNEL("ad", "a"), "did you mean 'add'?");
	expect_refused(KERNEL("add", "a"), "needs a name and a tree");
	expect_refused(KERNEL("add", "a", "--git", "."),
		       "needs a name and a revision");
	expect_refused(KERNEL("remove", "a", "b"), "needs a name only");
	expect_refused(KERNEL("remove"), "kernel remove needs a name");
	expect_refused(KERNEL("prune", "a"), "kernel prune takes no name");
	expect_refused(PFNSIM("kernel"), "kernel needs a verb, as `add`");
	expect_refused(KERNEL("dif", "a", "b"), "did you mean 'diff'?");
	expect_refused(KERNEL("diff", "a"), "needs two kernels");
	expect_refused(KERNEL("show", "a", "b"), "needs a name only");
	expect_refused(KERNEL("check", "a", "b"), "needs a name only");
}

Test(kernel, names_are_checked)
{
	static const char *const names[] = {
		"",
		"a/b",
		"../a",
		"A",
		".a",
		"-a",
		"a+b",
		"a b",
		"a\n",
		"a234567890123456789012345678901234567890123456789012345678901"
		"23456",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		expect_refused(KERNEL("add", "--", names[i], "."),
			       "a kernel's name has up to 64");
		expect_refused(KERNEL("remove", "--", names[i]),
			       "a kernel's name has up to 64");
	}
}

Test(kernel, leaves_pfnsims_own_kernels_alone)
{
	KERNELS("reference", "traps");
	expect_refused(KERNEL("add", "reference", "."), "own kernels");
	expect_refused(KERNEL("remove", "reference"), "own kernels");
	expect_refused(KERNEL("add", "traps", "."), "own kernels");
	expect_refused(KERNEL("remove", "traps"), "own kernels");
	cr_assert_eq(access("kernels/traps.so", R_OK), 0);
}

/* Kernels that were copied from elsewhere have no objects. */
Test(kernel, code_that_is_not_there_is_told)
{
	KERNELS("reference");
	expect_refused(KERNEL("show", "reference"), "was built elsewhere");
	expect_refused(KERNEL("check", "../x"), "no kernel that knows its");
	expect_refused(KERNEL("diff", "nowhere", "reference"),
		       "'nowhere' is no kernel that knows its code");
}

Test(kernel, a_tree_that_is_not_there_is_told)
{
	expect_refused(KERNEL("add", "a", "nowhere"), "nowhere: No such file");
	expect_refused(KERNEL("remove", "a"), "no kernel a was added");
	cr_assert_eq(mkdir("a;b", 0777), 0);
	expect_refused(KERNEL("add", "a", "a;b"), "cannot build from a path");
}

Test(kernel, what_was_added_is_removed_whole)
{
	struct outcome outcome;

	KERNELS("reference");
	cr_assert_eq(mkdir("kernels/a.build", 0777), 0);
	cr_assert_eq(mkdir("kernels/a.build/deep", 0777), 0);
	write_file("kernels/a.build/deep/file", "");
	write_file("kernels/a.so", "");
	write_file("kernels/a.revision", "");
	write_file("kernels/ab.so", "");
	outcome = KERNEL("remove", "a");
	expect_status(&outcome, 0);
	expect_out(&outcome, "removed a\n");
	outcome_free(&outcome);
	cr_assert_neq(access("kernels/a.build", F_OK), 0);
	cr_assert_neq(access("kernels/a.so", F_OK), 0);
	cr_assert_neq(access("kernels/a.revision", F_OK), 0);
	cr_assert_eq(access("kernels/ab.so", F_OK), 0);
	cr_assert_eq(access("kernels/reference.so", F_OK), 0);
}

Test(kernel, prune_takes_away_all_of_series)
{
	struct outcome outcome;

	KERNELS("reference");
	cr_assert_eq(mkdir("kernels/series", 0777), 0);
	cr_assert_eq(mkdir("kernels/series/work-00", 0777), 0);
	write_file("kernels/series/work-00/log", "");
	write_file("kernels/series/a.so", "");
	write_file("kernels/series/b.so", "");
	write_file("kernels/series/c.log", "");
	outcome = KERNEL("prune");
	expect_status(&outcome, 0);
	expect_out(&outcome, "pruned 2 kernels of series\n");
	outcome_free(&outcome);
	cr_assert_neq(access("kernels/series", F_OK), 0);
	cr_assert_eq(access("kernels/reference.so", F_OK), 0);
	outcome = KERNEL("prune");
	expect_status(&outcome, 0);
	expect_out(&outcome, "pruned 0 kernels of series\n");
	outcome_free(&outcome);
}
