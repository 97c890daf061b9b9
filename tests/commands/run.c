// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim run`: verdicts, exit statuses, forms of output. */
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "fixture.h"

TestSuite(run, .init = folder_enter, .fini = folder_leave);

static struct outcome run_one(const char *file)
{
	return PFNSIM("run", "-k", "reference", file);
}

static void expect_last_line(const struct outcome *outcome, const char *want)
{
	char *line = last_line(outcome);

	cr_assert(!strcmp(line, want), "'%s' and not '%s'", line, want);
	free(line);
}

/* Runs the file in every form; all must exit with @status. */
static void expect_in_all_forms(const char *file, const char *dir, int status)
{
	static const char *const forms[] = { "text", "ktap", "json" };

	for (size_t i = 0; i < 3; i++) {
		char format[32];
		struct outcome outcome;

		snprintf(format, sizeof(format), "--format=%s", forms[i]);
		outcome = PFNSIM("run", "--kernel-dir", dir, file, format);
		expect_status(&outcome, status);
		outcome_free(&outcome);
		outcome = PFNSIM("run", "--kernel-dir", dir, file, format,
				 "-q");
		expect_status(&outcome, status);
		outcome_free(&outcome);
	}
}

/* ---- Verdicts ---------------------------------------------------------- */

Test(run, pass_exits_0)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_good);
	outcome = run_one("a.yaml");
	expect_status(&outcome, 0);
	expect_out(&outcome, "PASS  a / good   (kernel reference)\n");
	expect_last_line(&outcome, "1 passed, 0 failed, 0 skipped");
	outcome_free(&outcome);
}

Test(run, a_wrong_expectation_exits_1_and_says_where)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_wrong);
	outcome = run_one("a.yaml");
	expect_status(&outcome, 1);
	expect_out(&outcome, "FAIL  a / wrong   (kernel reference)\n");
	expect_out(&outcome, "(line 27)");
	expect_out(&outcome, "pfnsim replay -k reference a.yaml --case wrong "
			     "--order 'vmm:end vcpu0:end'");
	expect_last_line(&outcome, "0 passed, 1 failed, 0 skipped");
	outcome_free(&outcome);
}

Test(run, a_known_failure_exits_0_and_is_counted_apart)
{
	struct outcome outcome;

	write_scenario("a",
		       "xfail:\n"
		       "  - kernel: refer*\n"
		       "    cases: [wrong]\n"
		       "    fails: expectation\n"
		       "    why: nobody returns that\n",
		       "clock", case_wrong);
	outcome = run_one("a.yaml");
	expect_status(&outcome, 0);
	expect_out(&outcome, "XFAIL  a / wrong");
	expect_out(&outcome, "expectation: nobody returns that");
	expect_out(&outcome, "\n1 known failure\n"
			     "0 passed, 0 failed, 0 skipped\n");
	outcome_free(&outcome);
}

Test(run, a_known_failure_can_be_known_by_capabilities)
{
	static const struct {
		const char *entry;
		int status;
	} kernels[] = {
		{ "has: [gpc.gmem, gpc.seq]", 0 },
		{ "lacks: [gmem.error-locks]", 0 },
		{ "has: [gmem.error-locks]", 1 },
		{ "lacks: [gpc.seq]", 1 },
		{ "has: [gpc.gmem, gmem.error-locks]", 1 },
		{ "kernel: linux-*\n    has: [gpc.gmem]", 1 },
	};

	for (size_t i = 0; i < sizeof(kernels) / sizeof(*kernels); i++) {
		struct outcome outcome;
		char head[200];

		snprintf(head, sizeof(head),
			 "xfail:\n"
			 "  - %s\n"
			 "    fails: expectation\n"
			 "    why: nobody returns that\n",
			 kernels[i].entry);
		write_scenario("a", head, "clock", case_wrong);
		outcome = run_one("a.yaml");
		expect_status(&outcome, kernels[i].status);
		outcome_free(&outcome);
	}
}

Test(run, an_unexpected_pass_exits_1)
{
	struct outcome outcome;

	write_scenario("a",
		       "xfail:\n"
		       "  - kernel: reference\n"
		       "    cases: [good]\n"
		       "    fails: use-after-free\n"
		       "    why: it was so once\n",
		       "clock", case_good);
	outcome = run_one("a.yaml");
	expect_status(&outcome, 1);
	expect_out(&outcome, "XPASS  a / good");
	expect_out(&outcome, "expected use-after-free: it was so once");
	expect_out(&outcome, "\n1 unexpected pass\n"
			     "0 passed, 1 failed, 0 skipped\n");
	outcome_free(&outcome);
}

Test(run, failing_otherwise_than_expected_exits_1)
{
	struct outcome outcome;

	write_scenario("a",
		       "xfail:\n"
		       "  - kernel: reference\n"
		       "    cases: [wrong]\n"
		       "    fails: deadlock\n"
		       "    why: it was so once\n",
		       "clock", case_wrong);
	outcome = run_one("a.yaml");
	expect_status(&outcome, 1);
	expect_out(&outcome, "FAIL  a / wrong");
	expect_out(&outcome, "fails otherwise than expected (deadlock)");
	outcome_free(&outcome);
}

Test(run, an_order_whose_point_is_never_passed_is_an_error)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_never_passed);
	outcome = run_one("a.yaml");
	expect_status(&outcome, 2);
	expect_out(&outcome, "ERROR  a / never-passed");
	expect_out(&outcome, "order line 2 (vcpu0: gpc.refresh/retry): the "
			     "task ended without passing");
	expect_out(&outcome, "\n1 error\n0 passed, 1 failed, 0 skipped\n");
	outcome_free(&outcome);
}

Test(run, an_order_that_blocks_is_an_error_that_names_lock_and_holder)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_blocks);
	outcome = run_one("a.yaml");
	expect_status(&outcome, 2);
	expect_out(&outcome, "order line 2 (vmm: end): the task blocks in "
			     "write_lock_irq(gpc->lock), held by");
	expect_out(&outcome, "vcpu0 before that");
	outcome_free(&outcome);
}

Test(run, a_search_runs_like_any_case)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_explore);
	outcome = run_one("a.yaml");
	expect_status(&outcome, 0);
	expect_out(&outcome, "PASS  a / search");
	expect_last_line(&outcome, "1 passed, 0 failed, 0 skipped");
	outcome_free(&outcome);
}

Test(run, a_search_without_hooks_is_skipped_and_says_so)
{
	struct outcome outcome;

	KERNELS("reference");
	write_scenario("a", "", "clock", case_explore);
	outcome = PFNSIM("run", "--kernel-dir", "kernels", "a.yaml");
	expect_status(&outcome, 77);
	expect_out(&outcome, "needs a kernel with hooks");
	outcome_free(&outcome);
}

Test(run, what_a_kernel_lacks_is_skipped_with_both_lists)
{
	struct outcome outcome;

	if (access(KERNELS_DIR "/linux-6.12.so", R_OK))
		cr_skip_test("linux-6.12 was not built");
	write_scenario("a", "needs: [gmem.no-direct-map]\n", "clock",
		       case_good);
	outcome = PFNSIM("run", "-k", "linux-6.12", "a.yaml");
	expect_status(&outcome, 77);
	expect_out(&outcome, "needs gmem.no-direct-map (linux-6.12 has: gmem ");
	outcome_free(&outcome);
}

/* ---- The worst decides ------------------------------------------------- */

Test(run, the_form_never_changes_the_exit_status)
{
	char cases[1024];

	KERNELS("reference");
	write_scenario("pass", "", "clock", case_good);
	write_scenario("fail", "", "clock", case_wrong);
	write_scenario("skip", "", "clock", case_explore);
	write_scenario("order", "", "clock", case_blocks);
	write_file("broken.yaml", "scenario: 2\n");
	expect_in_all_forms("pass.yaml", "kernels", 0);
	expect_in_all_forms("fail.yaml", "kernels", 1);
	expect_in_all_forms("order.yaml", "kernels", 2);
	expect_in_all_forms("broken.yaml", "kernels", 2);
	expect_in_all_forms("skip.yaml", "kernels", 77);
	snprintf(cases, sizeof(cases), "%s%s", case_good, case_explore);
	write_scenario("both", "", "clock", cases);
	expect_in_all_forms("both.yaml", "kernels", 0);
	snprintf(cases, sizeof(cases), "%s%s", case_wrong, case_blocks);
	write_scenario("bad", "", "clock", cases);
	expect_in_all_forms("bad.yaml", "kernels", 2);
}

Test(run, what_is_not_emulated_is_worse_than_all_else)
{
	KERNELS("reference", "traps");
	write_scenario("fail", "", "clock", case_wrong);
	expect_in_all_forms("fail.yaml", "kernels", 4);
}

/* ---- Forms ------------------------------------------------------------- */

Test(run, text_ends_in_the_line_that_people_look_for)
{
	struct outcome outcome;
	regex_t form;
	char *line;

	write_scenario("a", "", "clock", case_good);
	write_scenario("b", "", "clock", case_explore);
	outcome = PFNSIM("run", "-k", "reference", "--table", "a.yaml",
			 "b.yaml");
	expect_status(&outcome, 0);
	line = last_line(&outcome);
	regcomp(&form, "^[0-9]+ passed, [0-9]+ failed, [0-9]+ skipped$",
		REG_EXTENDED | REG_NOSUB);
	cr_assert_eq(regexec(&form, line, 0, NULL, 0), 0, "%s", line);
	regfree(&form);
	free(line);
	outcome_free(&outcome);
}

Test(run, table_has_a_row_for_each_scenario)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_good);
	write_scenario("b", "", "clock", case_wrong);
	outcome = PFNSIM("run", "-q", "-k", "reference", "--table", "a.yaml",
			 "b.yaml");
	expect_status(&outcome, 1);
	expect_out(&outcome, "\n"
			     "scenario  reference\n"
			     "--------  ---------\n"
			     "a         1 pass\n"
			     "b         FAIL\n");
	outcome_free(&outcome);
}

Test(run, quiet_prints_what_decides_and_nothing_else)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_good);
	write_scenario("b", "", "clock", case_wrong);
	outcome = PFNSIM("run", "-q", "-k", "reference", "a.yaml");
	expect_status(&outcome, 0);
	cr_assert(!strcmp(outcome.out, "1 passed, 0 failed, 0 skipped\n"));
	outcome_free(&outcome);
	outcome = PFNSIM("run", "-q", "-k", "reference", "a.yaml", "b.yaml");
	expect_out(&outcome, "FAIL  b / wrong");
	cr_assert_null(strstr(outcome.out, "a / good"));
	outcome_free(&outcome);
}

Test(run, ktap_is_complete)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_good);
	write_scenario("b", "", "clock", case_wrong);
	outcome = PFNSIM("run", "-k", "reference", "--format=ktap", "a.yaml",
			 "b.yaml");
	expect_status(&outcome, 1);
	expect_out(&outcome, "KTAP version 1\n"
			     "1..2\n"
			     "  KTAP version 1\n"
			     "  # Subtest: a\n"
			     "  1..1\n"
			     "  ok 1 reference/good\n"
			     "ok 1 a\n");
	expect_out(&outcome, "\n  not ok 1 reference/wrong\nnot ok 2 b\n");
	outcome_free(&outcome);
}

Test(run, json_is_json_whatever_the_verdict)
{
	char cases[2048];
	struct outcome outcome;

	snprintf(cases, sizeof(cases), "%s%s%s%s", case_good, case_wrong,
		 case_explore, case_blocks);
	write_scenario("a", "", "clock", cases);
	outcome = PFNSIM("run", "-k", "reference", "--format=json", "a.yaml");
	expect_status(&outcome, 2);
	cr_assert(json_is_valid(outcome.out), "%s", outcome.out);
	expect_out(&outcome, "\"case\": \"good\", \"kernel\": \"reference\", "
			     "\"verdict\": \"PASS\"");
	expect_out(&outcome, "\"verdict\": \"FAIL\"");
	expect_out(&outcome, "\"verdict\": \"ERROR\"");
	expect_out(&outcome, "\"passed\": 2, \"known\": 0, \"failed\": 2, "
			     "\"skipped\": 0}");
	outcome_free(&outcome);
}

/* ---- Choosing what to run ---------------------------------------------- */

Test(run, case_runs_only_that_one)
{
	char cases[1024];
	struct outcome outcome;

	snprintf(cases, sizeof(cases), "%s%s", case_good, case_wrong);
	write_scenario("a", "", "clock", cases);
	outcome = PFNSIM("run", "-k", "reference", "--case", "good", "a.yaml");
	expect_status(&outcome, 0);
	expect_last_line(&outcome, "1 passed, 0 failed, 0 skipped");
	outcome_free(&outcome);
	outcome = PFNSIM("run", "-k", "reference", "--case", "wrogn", "a.yaml");
	expect_status(&outcome, 2);
	expect_no_out(&outcome);
	expect_err(&outcome,
		   "pfnsim: no case 'wrogn'; did you mean 'wrong'?\n");
	outcome_free(&outcome);
}

Test(run, a_folder_stands_for_its_files_in_the_order_of_their_names)
{
	struct outcome outcome;

	cr_assert_eq(mkdir("all", 0777) | mkdir("all/below", 0777), 0);
	cr_assert_eq(chdir("all"), 0);
	write_scenario("c", "", "clock", case_good);
	write_scenario("a", "", "clock", case_good);
	cr_assert_eq(chdir("below"), 0);
	write_scenario("b", "", "clock", case_good);
	cr_assert_eq(chdir("../.."), 0);
	write_file("all/notes.txt", "no scenario");
	outcome = PFNSIM("run", "-k", "reference", "all/");
	expect_status(&outcome, 0);
	expect_out(&outcome, "PASS  a / good   (kernel reference)\n"
			     "PASS  b / good   (kernel reference)\n"
			     "PASS  c / good   (kernel reference)\n"
			     "3 passed, 0 failed, 0 skipped\n");
	outcome_free(&outcome);
}

/* ---- Bad input --------------------------------------------------------- */

Test(run, a_name_stands_for_a_scenario_that_comes_with_pfnsim)
{
	struct outcome outcome = run_one("gpc-life");

	expect_status(&outcome, 0);
	expect_out(&outcome, "gpc-life / ");
	outcome_free(&outcome);
	outcome = PFNSIM("list");
	expect_status(&outcome, 0);
	expect_out(&outcome, "gpc-life/");
	outcome_free(&outcome);
}

Test(run, a_wrong_name_has_the_nearest_one_named)
{
	struct outcome outcome;

	mkdir("folder", 0777);
	write_scenario("folder/own", "", "clock", case_good);
	outcome = run_one("folder/owm.yaml");
	expect_status(&outcome, 2);
	expect_err(&outcome, "did you mean 'folder/own.yaml'?");
	outcome_free(&outcome);
	outcome = run_one("foldr");
	expect_err(&outcome, "did you mean 'folder'?");
	outcome_free(&outcome);
	outcome = run_one("gpc-lif");
	expect_err(&outcome, "did you mean 'gpc-life'?");
	outcome_free(&outcome);
	outcome = run_one("qqqqqqqqqqqqqqqq");
	expect_err(&outcome, "qqqqqqqqqqqqqqqq: error: No such file or "
			     "directory\n");
	outcome_free(&outcome);
}

Test(run, one_broken_file_has_all_errors_told_and_nothing_run)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_good);
	write_scenario("b", "", "colck", "  - name: x\n    oder: []\n");
	write_file("c.yaml", "scenario: 7\n");
	outcome = PFNSIM("run", "-k", "reference", "a.yaml", "b.yaml", "c.yaml",
			 "missing.yaml");
	expect_status(&outcome, 2);
	expect_no_out(&outcome);
	expect_err(&outcome, "b.yaml:16:20: error: unknown cache 'colck'; did "
			     "you mean 'clock'?");
	expect_err(&outcome, "unknown key 'oder'; did you mean 'order'?");
	expect_err(&outcome, "c.yaml:1:11: error: ");
	expect_err(&outcome, "missing.yaml: error: No such file or directory");
	outcome_free(&outcome);
}

Test(run, a_folder_without_scenarios_is_an_error)
{
	struct outcome outcome;

	cr_assert_eq(mkdir("empty", 0777), 0);
	outcome = PFNSIM("run", "empty");
	expect_status(&outcome, 2);
	expect_err(&outcome, "empty: error: no scenario (*.yaml) here\n");
	outcome_free(&outcome);
}

/* ---- Determinism ------------------------------------------------------- */

Test(run, the_same_run_prints_the_same_bytes)
{
	static const char *const forms[] = { "text", "ktap", "json" };
	char cases[1024];

	snprintf(cases, sizeof(cases), "%s%s", case_good, case_wrong);
	write_scenario("a", "", "clock", cases);
	for (size_t i = 0; i < 3; i++) {
		char format[32];
		struct outcome first, second;

		snprintf(format, sizeof(format), "--format=%s", forms[i]);
		first = PFNSIM("run", "-v", format, "a.yaml");
		second = PFNSIM("run", "-v", format, "a.yaml");
		cr_assert(!strcmp(first.out, second.out), "%s", forms[i]);
		outcome_free(&first);
		outcome_free(&second);
	}
}
