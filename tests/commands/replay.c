// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim replay`: cases, orders, and traces that a run has saved. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "fixture.h"

TestSuite(replay, .init = folder_enter, .fini = folder_leave);

static struct outcome with_order(const char *order)
{
	write_scenario("a", "", "clock", case_good);
	return PFNSIM("replay", "-k", "reference", "a.yaml", "--order", order);
}

/* Saves the trace of a failing case as traces/latest. */
static void save_trace(void)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_wrong);
	outcome = PFNSIM("run", "-k", "reference", "a.yaml", "--out", "traces");
	expect_status(&outcome, 1);
	outcome_free(&outcome);
}

static void expect_refused(const char *trace, const char *message)
{
	struct outcome outcome = PFNSIM("replay", "--trace", trace);

	expect_status(&outcome, 2);
	expect_no_out(&outcome);
	expect_err(&outcome, message);
	outcome_free(&outcome);
}

/* ---- Cases and orders -------------------------------------------------- */

Test(replay, a_case_is_shown_even_where_it_passes)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_good);
	outcome = PFNSIM("replay", "-k", "reference", "a.yaml", "--case",
			 "good");
	expect_status(&outcome, 0);
	expect_out(&outcome, "PASS  a / good   (kernel reference)\n");
	expect_out(&outcome, "gpc.refresh(clock)");
	outcome_free(&outcome);
}

Test(replay, an_unknown_case_is_an_error_with_a_suggestion)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_good);
	outcome = PFNSIM("replay", "-k", "reference", "a.yaml", "--case",
			 "godo");
	expect_status(&outcome, 2);
	expect_err(&outcome, "no case 'godo'; did you mean 'good'?");
	outcome_free(&outcome);
}

Test(replay, a_search_cannot_be_replayed_and_says_so)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_explore);
	outcome = PFNSIM("replay", "-k", "reference", "a.yaml", "--case",
			 "search");
	expect_status(&outcome, 77);
	expect_out(&outcome, "a search: see `run` and `explore`");
	outcome_free(&outcome);
}

Test(replay, an_order_of_its_own_needs_no_case)
{
	struct outcome outcome = with_order(
		"vcpu0:gpc.refresh/unlocked vmm:end vcpu0:end");

	expect_status(&outcome, 0);
	/* The command to run it again must be one that works. */
	expect_out(&outcome, "pfnsim replay -k reference a.yaml --order "
			     "'vcpu0:gpc.refresh/unlocked vmm:end vcpu0:end'");
	outcome_free(&outcome);
}

Test(replay, whichever_point_comes_first_ends_a_line)
{
	struct outcome outcome = with_order(
		"vmm:end vcpu0:gpc.refresh/retry|gpc.refresh/end vcpu0:end");

	expect_status(&outcome, 0);
	outcome_free(&outcome);
}

Test(replay, raw_calls_are_points_too)
{
	struct outcome outcome = with_order(
		"vmm:mm.invalidate/spin_lock(kvm->gpc_lock) "
		"vcpu0:gpc.refresh/write_lock_irq(gpc->lock)#1 "
		"vmm:blocked vcpu0:end vmm:end");

	expect_status(&outcome, 0);
	expect_out(&outcome, "blocked on");
	outcome_free(&outcome);
}

Test(replay, a_number_counts_how_often_a_call_is_passed)
{
	struct outcome outcome = with_order(
		"vmm:end vcpu0:gpc.refresh/write_lock_irq(gpc->lock)#9 "
		"vcpu0:end");

	expect_status(&outcome, 2);
	expect_out(&outcome, "the task ended without passing");
	outcome_free(&outcome);
}

Test(replay, blocked_is_an_error_where_nothing_blocks)
{
	struct outcome outcome = with_order("vmm:blocked vcpu0:end vmm:end");

	expect_status(&outcome, 2);
	expect_out(&outcome, "order line 1 (vmm: blocked): the task ended");
	outcome_free(&outcome);
}

Test(replay, a_wrong_order_is_told_with_its_column)
{
	struct outcome outcome = with_order("vcpu0:gpc.refresh/unlocekd "
					    "vmn:end");

	expect_status(&outcome, 2);
	expect_no_out(&outcome);
	expect_err(&outcome, "--order:1:19: error: gpc.refresh has no point "
			     "'unlocekd'; did you mean 'unlocked'?");
	expect_err(&outcome, "--order:1:28: error: unknown task 'vmn'; did you "
			     "mean 'vmm'?");
	outcome_free(&outcome);
}

Test(replay, takes_one_file)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_good);
	write_scenario("b", "", "clock", case_good);
	outcome = PFNSIM("replay", ".", "--case", "good");
	expect_status(&outcome, 2);
	expect_err(&outcome, "pfnsim: replay takes one scenario file\n");
	outcome_free(&outcome);
}

Test(replay, has_the_forms_of_run)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_wrong);
	outcome = PFNSIM("replay", "-k", "reference", "a.yaml", "--case",
			 "wrong", "--format=json");
	expect_status(&outcome, 1);
	cr_assert(json_is_valid(outcome.out), "%s", outcome.out);
	outcome_free(&outcome);
	outcome = PFNSIM("replay", "-k", "reference", "a.yaml", "--case",
			 "wrong", "--format=ktap");
	expect_status(&outcome, 1);
	expect_out(&outcome, "KTAP version 1\n1..1\n");
	expect_out(&outcome, "  not ok 1 reference/wrong\nnot ok 1 a\n");
	outcome_free(&outcome);
}

Test(replay, prints_the_same_bytes_every_time)
{
	struct outcome first, second;

	write_scenario("a", "", "clock", case_good);
	first = PFNSIM("replay", "-v", "a.yaml", "--case", "good");
	second = PFNSIM("replay", "-v", "a.yaml", "--case", "good");
	expect_status(&first, 0);
	cr_assert(!strcmp(first.out, second.out));
	outcome_free(&first);
	outcome_free(&second);
}

/* ---- Traces ------------------------------------------------------------ */

Test(trace, leads_to_the_same_failure, .init = folder_enter,
     .fini = folder_leave)
{
	struct outcome outcome;

	save_trace();
	cr_assert_eq(access("traces/a.wrong.reference.trace", R_OK), 0);
	outcome = PFNSIM("replay", "--trace", "traces/latest");
	expect_status(&outcome, 1);
	expect_out(&outcome, "FAIL  a / wrong   (kernel reference)\n");
	outcome_free(&outcome);
}

Test(trace, of_an_order_without_a_case_can_be_replayed, .init = folder_enter,
     .fini = folder_leave)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_good);
	outcome = PFNSIM("replay", "-k", "reference", "a.yaml", "--out", "t",
			 "--order", "vmm:blocked vcpu0:end vmm:end");
	expect_status(&outcome, 2);
	outcome_free(&outcome);
	outcome = PFNSIM("replay", "--trace", "t/latest");
	expect_status(&outcome, 2);
	expect_out(&outcome, "order line 1 (vmm: blocked): the task ended");
	outcome_free(&outcome);
}

Test(trace, is_the_same_file_every_time, .init = folder_enter,
     .fini = folder_leave)
{
	char *first, *second;

	save_trace();
	first = read_whole("traces/latest");
	save_trace();
	second = read_whole("traces/latest");
	cr_assert(!strcmp(first, second));
	cr_assert(json_is_valid(first), "%s", first);
	cr_assert(strstr(first, "{\"pfnsim-trace\": 2,\n"));
	cr_assert(strstr(first, "\"order\": \"vmm:end vcpu0:end\""));
	free(first);
	free(second);
}

Test(trace, the_command_line_goes_before_the_trace, .init = folder_enter,
     .fini = folder_leave)
{
	struct outcome outcome;

	save_trace();
	outcome = PFNSIM("replay", "--trace", "traces/latest", "-k",
			 "refrence");
	expect_status(&outcome, 2);
	expect_err(&outcome, "no kernel 'refrence'");
	outcome_free(&outcome);
}

#define HEAD                                                                   \
	"{\"pfnsim-trace\": 2, \"kernel\": {\"name\": \"reference\"},"         \
	" \"case\": {\"name\": \"wrong\", \"in-file\": true},"                 \
	" \"scenario\": {\"name\": \"a\", \"path\": \"a.yaml\"}"

Test(trace, broken_ones_are_refused, .init = folder_enter, .fini = folder_leave)
{
	char *huge = malloc(300001);

	cr_assert_not_null(huge);
	memset(huge, 'x', 300000);
	huge[300000] = '\0';
	write_file("empty", "");
	write_file("former", "pfnsim-trace 1\nscenario: a.yaml\n");
	write_file("later", "{\"pfnsim-trace\": 3}\n");
	write_file("headless", "{\"pfnsim-trace\": 2}\n");
	write_file("orderless", HEAD "}");
	write_file("huge", huge);
	free(huge);
	cr_assert_eq(mkdir("folder", 0777), 0);
	expect_refused("missing", "missing: error: No such file or directory");
	expect_refused("empty", "empty:1:1: error: not a trace of pfnsim");
	expect_refused("former", "former:1:1: error: not a trace of pfnsim "
				 "that this version reads: save it again");
	expect_refused("later", "later:1:18: error: a trace of version 3; this "
				"program reads version 2");
	expect_refused("huge", "huge:1:1: error: not a trace of pfnsim");
	expect_refused("folder", "folder: error: Is a directory");
	expect_refused("/dev/zero", "/dev/zero: error: the file is larger");
	expect_refused("headless", "error: 'scenario' is missing");
	expect_refused("headless", "error: 'kernel' is missing");
	expect_refused("orderless", "the trace has no order to replay");
}

Test(trace, errors_have_lines_and_come_all_at_once, .init = folder_enter,
     .fini = folder_leave)
{
	write_file("t",
		   HEAD ",\n\"verdict\": \"FIAL\",\n\"evnets\": [],\n"
			"\"order-line\": -4,\n\"truncated\": 1,\n"
			"\"findings\": {},\n\"tasks\": [7],\n"
			"\"events\": [{\"kind\": \"call\", \"task\": 99}]\n}");
	expect_refused("t", "t:2:12: error: no verdict is called 'FIAL'");
	expect_refused("t", "t:3:1: error: unknown key 'evnets'; did you mean "
			    "'events'?");
	expect_refused("t", "t:4:15: error: a number from 0 to");
	expect_refused("t", "t:5:14: error: true or false is needed here");
	expect_refused("t", "t:6:13: error: a list is needed here, not a "
			    "mapping");
	expect_refused("t", "t:7:11: error: a string is needed here");
	expect_refused("t", "t:8:12: error: there is no task 99");
}

Test(trace, whose_json_breaks_off_is_refused, .init = folder_enter,
     .fini = folder_leave)
{
	char *whole;

	save_trace();
	whole = read_whole("traces/latest");
	for (size_t len = strlen(whole) - 3; len > 100; len = len * 2 / 3) {
		whole[len] = '\0';
		write_file("part", whole);
		expect_refused("part", "part:");
	}
	free(whole);
}

Test(trace, whose_case_is_gone_is_an_error, .init = folder_enter,
     .fini = folder_leave)
{
	save_trace();
	write_scenario("a", "", "clock", case_good);
	expect_refused("traces/latest", "no case 'wrong'");
	unlink("a.yaml");
	expect_refused("traces/latest", "a.yaml: error: No such file");
}

Test(trace, a_folder_that_cannot_be_made_is_an_error_before_anything_runs,
     .init = folder_enter, .fini = folder_leave)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_wrong);
	outcome = PFNSIM("run", "-k", "reference", "a.yaml", "--out", "a.yaml");
	expect_status(&outcome, 2);
	expect_no_out(&outcome);
	expect_err(&outcome, "pfnsim: --out a.yaml: Not a directory\n");
	outcome_free(&outcome);
	outcome = PFNSIM("run", "-k", "reference", "a.yaml", "--out",
			 "no/such/folder");
	expect_status(&outcome, 2);
	expect_err(&outcome, "pfnsim: --out no/such/folder: No such file");
	outcome_free(&outcome);
}

Test(trace, a_read_only_folder_is_an_error, .init = folder_enter,
     .fini = folder_leave)
{
	struct outcome outcome;

	if (!geteuid())
		cr_skip_test("root may write everywhere");
	write_scenario("a", "", "clock", case_wrong);
	cr_assert_eq(mkdir("ro", 0555), 0);
	outcome = PFNSIM("run", "-k", "reference", "a.yaml", "--out", "ro");
	expect_status(&outcome, 2);
	expect_err(&outcome, "pfnsim: --out ro: Permission denied\n");
	outcome_free(&outcome);
}

Test(trace, that_cannot_be_saved_is_an_error, .init = folder_enter,
     .fini = folder_leave)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_wrong);
	cr_assert_eq(mkdir("t", 0777), 0);
	cr_assert_eq(mkdir("t/a.wrong.reference.trace", 0777), 0);
	outcome = PFNSIM("run", "-k", "reference", "a.yaml", "--out", "t");
	expect_status(&outcome, 4);
	expect_out(&outcome, "FAIL  a / wrong");
	expect_err(&outcome, "t/a.wrong.reference.trace: Is a directory");
	outcome_free(&outcome);
}

/* ---- Code that has changed since --------------------------------------- */

/* The trace, but for its first @old, which becomes @new. */
static void rewrite_trace(const char *old, const char *new)
{
	char *text = read_whole("traces/latest"), *at = strstr(text, old);
	char *changed;

	cr_assert_not_null(at, "no %s in\n%s", old, text);
	*at = '\0';
	cr_assert_gt(asprintf(&changed, "%s%s%s", text, new, at + strlen(old)),
		     0);
	write_file("changed.trace", changed);
	free(changed);
	free(text);
}

Test(replay, the_first_step_of_a_trace_that_differs_is_named)
{
	struct outcome outcome;

	need_variant("srcu-not-taken");
	save_trace();
	rewrite_trace("{\"name\": \"reference\"",
		      "{\"name\": \"reference+srcu-not-taken\"");
	outcome = PFNSIM("replay", "--trace", "changed.trace");
	expect_status(&outcome, 2);
	expect_out(&outcome, "the code takes another path than the trace: ");
	expect_out(&outcome, "srcu_read_lock(kvm->srcu)` and is `");
	outcome_free(&outcome);
}

Test(replay, a_trace_on_a_kernel_that_is_named_may_differ)
{
	struct outcome outcome;

	need_variant("srcu-not-taken");
	save_trace();
	outcome = PFNSIM("replay", "--trace", "traces/latest", "-k",
			 "reference+srcu-not-taken");
	expect_status(&outcome, 1);
	outcome_free(&outcome);
}

Test(replay, a_value_that_a_step_returned_is_compared)
{
	struct outcome outcome;

	save_trace();
	rewrite_trace("\"call\": \"end\"", "\"call\": \"end\", \"ret\": 7");
	outcome = PFNSIM("replay", "--trace", "changed.trace");
	expect_status(&outcome, 2);
	expect_out(&outcome, "/end, 7` and is `");
	outcome_free(&outcome);
}
