// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernels that misbehave (tests/kernels/), and files that are no kernels.  None
 * may take the program with it, nor change what is reported of other cases.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "fixture.h"

TestSuite(kernels, .init = folder_enter, .fini = folder_leave);

/* ---- Kernels that misbehave -------------------------------------------- */

static struct outcome run_on(const char *kernel, const char *refresh)
{
	write_scenario("a", "", refresh, case_good);
	KERNELS(kernel);
	return PFNSIM("run", "--kernel-dir", "kernels", "a.yaml");
}

static void expect_failure(const char *kernel, const char *refresh,
			   const char *sentence)
{
	struct outcome outcome = run_on(kernel, refresh);

	expect_status(&outcome, 1);
	expect_out(&outcome, sentence);
	expect_out(&outcome, "\n0 passed, 1 failed, 0 skipped\n");
	outcome_free(&outcome);
}

Test(kernels, a_trap_names_the_function_and_the_path_to_it)
{
	struct outcome outcome = run_on("traps", "clock");

	expect_status(&outcome, 4);
	expect_out(&outcome,
		   "ERROR  a / good   (kernel traps)\n\n"
		   "  kobject_uevent_env() is not emulated; called by "
		   "gpc_tell_userspace() <- kvm_gpc_refresh()\n");
	outcome_free(&outcome);
}

Test(kernels, a_loop_without_points_is_a_livelock_and_its_place_is_told)
{
	struct outcome outcome = run_on("loops", "clock");

	expect_status(&outcome, 1);
	expect_out(&outcome, "livelock: the kernel loops without passing a "
			     "scheduling point");
	expect_out(&outcome, "in: kvm_gpc_refresh()");
	outcome_free(&outcome);
}

Test(kernels, an_endless_retry_is_a_livelock)
{
	expect_failure("spins", "clock",
		       "livelock: no end after 1000000 scheduling points");
}

Test(kernels, a_stack_overflow_is_reported)
{
	expect_failure("recurses", "clock",
		       "contract: the kernel's stack overflowed: recursion "
		       "without end");
}

Test(kernels, a_write_to_a_freed_object_is_reported)
{
	expect_failure(
		"writes-after-free", "clock",
		"(64 bytes) was written at offset 16 after it was freed");
}

Test(kernels, a_null_pointer_is_reported_with_its_place)
{
	expect_failure("wild", "{cache: clock, len: 1}",
		       "warn: NULL pointer dereference");
	unlink("kernels/wild.so");
	expect_failure("wild", "{cache: clock, len: 1}",
		       "in: gpc_go_wild() <- kvm_gpc_refresh()");
}

Test(kernels, a_bug_is_reported)
{
	expect_failure("wild", "{cache: clock, len: 2}",
		       "in pfncache.c:gpc_go_wild");
}

Test(kernels, a_wild_pointer_is_reported)
{
	expect_failure("wild", "{cache: clock, len: 3}",
		       "warn: access to an address that is not mapped");
}

Test(kernels, a_direct_map_that_is_dereferenced_is_reported)
{
	expect_failure("wild", "{cache: clock, len: 4}",
		       "contract: a kernel mapping was dereferenced directly");
}

Test(kernels, a_division_by_zero_is_reported)
{
	expect_failure("wild", "{cache: clock, len: 5}",
		       "warn: division by zero");
}

/* The program looks at what the kernel left behind. */
Test(kernels, scribbled_objects_can_be_looked_at)
{
	for (int len = 6; len <= 8; len++) {
		char refresh[64];

		snprintf(refresh, sizeof(refresh), "{cache: clock, len: %d}",
			 len);
		expect_failure("wild", refresh, "FAIL  a / good");
		unlink("kernels/wild.so");
	}
}

/* What ended the kernel must not pass because its hazard is allowed. */
Test(kernels, an_allowed_hazard_that_ends_the_kernel_still_fails)
{
	struct outcome outcome;
	char cases[1024];

	snprintf(cases, sizeof(cases), "%s      allow: {warn: it is known}\n",
		 case_good);
	write_scenario("a", "", "{cache: clock, len: 1}", cases);
	KERNELS("wild");
	outcome = PFNSIM("run", "--kernel-dir", "kernels", "a.yaml");
	expect_status(&outcome, 1);
	expect_out(&outcome, "the tasks do not run to their ends: the kernel "
			     "cannot go on");
	outcome_free(&outcome);
}

/* Runs a scenario with one more step in its setup. */
static struct outcome run_setup(const char *kernel, const char *step)
{
	static const char before[] = "  - gpc.activate: clock\n";
	char *text, *rest, *more;

	write_scenario("a", "", "clock", case_good);
	text = read_whole("a.yaml");
	rest = strstr(text, before) + strlen(before);
	cr_assert_geq(asprintf(&more, "%.*s  - %s\n%s", (int)(rest - text),
			       text, step, rest),
		      0);
	write_file("a.yaml", more);
	free(more);
	free(text);
	KERNELS(kernel);
	return PFNSIM("run", "--kernel-dir", "kernels", "a.yaml");
}

Test(kernels, a_violation_in_setup_fails_the_case)
{
	struct outcome outcome = run_setup(
		"wild", "gpc.refresh: {cache: clock, len: 1}");

	expect_status(&outcome, 1);
	expect_out(&outcome, "FAIL  a / good   (kernel wild)\n\n"
			     "  warn: in setup: NULL pointer dereference\n");
	outcome_free(&outcome);
}

Test(kernels, a_trap_in_setup_is_told_as_one)
{
	struct outcome outcome = run_setup("traps", "gpc.refresh: clock");

	expect_status(&outcome, 4);
	expect_out(&outcome, "kobject_uevent_env() is not emulated; called by");
	outcome_free(&outcome);
}

Test(kernels, a_setup_step_that_fails_is_an_error_of_the_file)
{
	struct outcome outcome = run_setup(
		"reference", "gpc.refresh: {cache: clock, len: 4097}");

	expect_status(&outcome, 2);
	expect_out(&outcome, "setup step at line 14 fails with -EINVAL");
	outcome_free(&outcome);
}

/* The report from scenario b on, up to the totals; free() it. */
static char *second_half(const struct outcome *outcome)
{
	char *from = strstr(outcome->out, "b / good"), *line, *end;

	cr_assert_not_null(from, "%s", outcome->out);
	line = last_line(outcome);
	end = strstr(from, line);
	free(line);
	cr_assert_not_null(end);
	return strndup(from, end - from);
}

static void expect_same_behind(const char *kernel, const char *refresh)
{
	struct outcome after, alone;
	char *x, *y;

	write_scenario("a", "", refresh, case_good);
	write_scenario("b", "", "{cache: clock, len: 32}", case_good);
	KERNELS("reference", kernel);
	after = PFNSIM("run", "-v", "--kernel-dir", "kernels", "-k", kernel,
		       "-k", "reference", "a.yaml", "b.yaml");
	alone = PFNSIM("run", "-v", "--kernel-dir", "kernels", "-k", kernel,
		       "-k", "reference", "b.yaml");
	x = second_half(&after);
	y = second_half(&alone);
	cr_assert(!strncmp(x, y, strlen(y) - 20), "%s\n---\n%s", x, y);
	free(x);
	free(y);
	outcome_free(&after);
	outcome_free(&alone);
}

Test(kernels, what_comes_after_is_not_changed)
{
	expect_same_behind("recurses", "clock");
}

Test(kernels, what_comes_after_a_wild_one_is_not_changed)
{
	expect_same_behind("wild", "{cache: clock, len: 8}");
}

Test(kernels, what_comes_after_a_trap_is_not_changed)
{
	expect_same_behind("traps", "clock");
}

/* ---- Files that are no kernels ----------------------------------------- */

static void expect_refused(const char *message)
{
	struct outcome outcome = PFNSIM("run", "--kernel-dir", "kernels",
					"a.yaml");

	expect_status(&outcome, 2);
	expect_no_out(&outcome);
	expect_err(&outcome, message);
	outcome_free(&outcome);
	outcome = PFNSIM("kernels", "--kernel-dir", "kernels");
	expect_status(&outcome, 2);
	outcome_free(&outcome);
}

static void set_up_folder(void)
{
	folder_enter();
	cr_assert_eq(mkdir("kernels", 0777), 0);
	write_scenario("a", "", "clock", case_good);
}

TestSuite(no_kernel, .init = set_up_folder, .fini = folder_leave);

Test(no_kernel, a_text)
{
	write_file("kernels/x.so", "not even an ELF file\n");
	expect_refused("pfnsim: kernel x: kernels/x.so is no shared object");
}

Test(no_kernel, a_part_of_one)
{
	struct outcome outcome = run_shell("head -c 20000 '" KERNELS_DIR
					   "/reference.so' >kernels/x.so");

	expect_status(&outcome, 0);
	outcome_free(&outcome);
	expect_refused("pfnsim: kernel x: kernels/x.so is no shared object");
}

Test(no_kernel, a_folder)
{
	cr_assert_eq(mkdir("kernels/x.so", 0777), 0);
	expect_refused("kernels/x.so is no shared object");
}

Test(no_kernel, a_fifo)
{
	cr_assert_eq(mkfifo("kernels/x.so", 0666), 0);
	expect_refused("kernels/x.so is no shared object");
}

Test(no_kernel, a_link_to_nowhere)
{
	cr_assert_eq(symlink("/no/where", "kernels/x.so"), 0);
	expect_refused("kernels/x.so: No such file or directory");
}

Test(no_kernel, some_other_library)
{
	Dl_info info;

	cr_assert(
		dladdr(dlsym(RTLD_DEFAULT, "criterion_run_all_tests"), &info));
	cr_assert_eq(symlink(info.dli_fname, "kernels/x.so"), 0);
	expect_refused("kernels/x.so is not a kernel of pfnsim");
}

Test(no_kernel, one_of_another_interface)
{
	cr_assert_eq(symlink(TEST_KERNELS_DIR "/refused/wrong-abi.so",
			     "kernels/x.so"),
		     0);
	expect_refused("build it again");
}

Test(no_kernel, an_empty_folder)
{
	expect_refused("pfnsim: no kernel in kernels; "
		       "`pfnsim kernel add` makes one");
}

Test(no_kernel, no_folder_at_all)
{
	cr_assert_eq(rmdir("kernels"), 0);
	expect_refused("pfnsim: no kernel in kernels; "
		       "`pfnsim kernel add` makes one");
}

Test(no_kernel, an_unknown_name_has_a_suggestion)
{
	struct outcome outcome = PFNSIM("run", "-k", "refrence", "a.yaml");

	expect_status(&outcome, 2);
	expect_err(&outcome, "pfnsim: no kernel 'refrence'; did you mean "
			     "'reference'?\n");
	outcome_free(&outcome);
}
