// SPDX-License-Identifier: GPL-2.0-only
/* The commands that run nothing: lint, list, points, kernels, schema, version. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "fixture.h"

TestSuite(about, .init = folder_enter, .fini = folder_leave);

static size_t count(const char *text, const char *what)
{
	size_t nr = 0;

	for (; (text = strstr(text, what)); text += strlen(what))
		nr++;
	return nr;
}

static void expect_json(const struct outcome *outcome)
{
	expect_status(outcome, 0);
	cr_assert(json_is_valid(outcome->out), "%s", outcome->out);
}

static void write_two_scenarios(void)
{
	char cases[1024];

	snprintf(cases, sizeof(cases), "%s%s", case_good, case_explore);
	write_scenario("a", "labels: [race, rule]\nneeds: [gmem]\n", "clock",
		       cases);
	write_scenario("b", "", "clock", case_good);
}

/* ---- lint, list -------------------------------------------------------- */

Test(about, lint_tells_what_is_wrong_and_what_is_not_good)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_good);
	write_scenario("b", "", "colck", case_good);
	outcome = PFNSIM("lint", "a.yaml");
	expect_status(&outcome, 0);
	expect_out(&outcome, "1 file(s), 0 with findings\n");
	outcome_free(&outcome);
	rename("a.yaml", "c.yaml");
	outcome = PFNSIM("lint", "b.yaml", "c.yaml");
	expect_status(&outcome, 2);
	expect_out(&outcome, "2 file(s), 2 with findings\n");
	expect_err(&outcome, "b.yaml:16:20: error: unknown cache 'colck'");
	expect_err(&outcome, "c.yaml:3:7: ");
	outcome_free(&outcome);
	outcome = PFNSIM("lint", "-q", "b.yaml");
	expect_status(&outcome, 2);
	expect_no_out(&outcome);
	outcome_free(&outcome);
}

Test(about, list_has_a_line_for_each_case)
{
	struct outcome outcome;

	write_two_scenarios();
	outcome = PFNSIM("list", ".");
	expect_status(&outcome, 0);
	cr_assert(!strcmp(outcome.out, "a/good\torder\trace,rule\tgmem\n"
				       "a/search\texplore\trace,rule\tgmem\n"
				       "b/good\torder\t\t\n"),
		  "%s", outcome.out);
	outcome_free(&outcome);
}

Test(about, list_as_json)
{
	struct outcome outcome;

	write_two_scenarios();
	outcome = PFNSIM("list", "--format=json", ".");
	expect_json(&outcome);
	cr_assert_eq(count(outcome.out, "\"scenario\":"), 3);
	outcome_free(&outcome);
}

Test(about, list_knows_only_cases_that_there_are)
{
	struct outcome outcome;

	write_two_scenarios();
	outcome = PFNSIM("list", "--case", "search", ".");
	expect_status(&outcome, 0);
	cr_assert_eq(count(outcome.out, "\n"), 1);
	outcome_free(&outcome);
	outcome = PFNSIM("list", "--case", "serach", ".");
	expect_status(&outcome, 2);
	expect_err(&outcome, "no case 'serach'; did you mean 'search'?");
	outcome_free(&outcome);
}

static int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void expect_unique_lines(char *text)
{
	char *lines[64];
	size_t nr = 0;

	for (char *line; (line = strsep(&text, "\n")) && nr < 64;)
		if (*line)
			lines[nr++] = line;
	qsort(lines, nr, sizeof(*lines), by_text);
	for (size_t i = 1; i < nr; i++)
		cr_assert(strcmp(lines[i - 1], lines[i]), "%s", lines[i]);
}

/* In a folder whose name is hard to quote. */
Test(about, list_for_ctest_is_what_ctest_takes)
{
	struct outcome outcome;
	char want[64];
	size_t nr;

	cr_assert_eq(mkdir("a; $b \"c\"", 0777), 0);
	cr_assert_eq(chdir("a; $b \"c\""), 0);
	write_two_scenarios();
	outcome = run_shell("\"$0\" list --format=ctest . "
			    ">CTestTestfile.cmake");
	expect_status(&outcome, 0);
	outcome_free(&outcome);
	outcome = run_shell("grep -o 'add_test(\"[^\"]*\"' "
			    "CTestTestfile.cmake");
	nr = count(outcome.out, "add_test(");
	cr_assert(nr && nr % 3 == 0, "%s", outcome.out);
	expect_unique_lines(outcome.out);
	outcome_free(&outcome);
	outcome = run_shell("ctest -N");
	expect_status(&outcome, 0);
	snprintf(want, sizeof(want), "Total Tests: %zu\n", nr);
	expect_out(&outcome, want);
	outcome_free(&outcome);
	outcome = run_shell("ctest -R '^reference/a/'");
	expect_status(&outcome, 0);
	expect_out(&outcome, "100% tests passed");
	expect_out(&outcome, "reference/a/search");
	outcome_free(&outcome);
}

/* ---- points, kernels, schema, version ---------------------------------- */

Test(about, points_of_one_operation_or_of_all)
{
	struct outcome one = PFNSIM("points", "gmem.punch_hole");
	struct outcome all = PFNSIM("points");

	expect_status(&one, 0);
	expect_out(&one, "gmem.punch_hole/begin\n");
	expect_out(&one, "gmem.punch_hole/truncated ");
	expect_out(&one, "gmem.punch_hole/end\n");
	cr_assert_null(strstr(one.out, "gpc.refresh"));
	expect_status(&all, 0);
	cr_assert_not_null(strstr(all.out, one.out));
	expect_out(&all, "gpc.refresh/retry ");
	outcome_free(&one);
	outcome_free(&all);
	one = PFNSIM("points", "--format=json");
	expect_json(&one);
	outcome_free(&one);
	one = PFNSIM("points", "gmem.punch_hoel");
	expect_status(&one, 2);
	expect_err(&one, "pfnsim: no operation 'gmem.punch_hoel'; did you mean "
			 "'gmem.punch_hole'?\n");
	outcome_free(&one);
}

Test(about, kernels_are_those_of_the_folder)
{
	struct outcome outcome;

	KERNELS("reference", "traps");
	outcome = PFNSIM("kernels", "--kernel-dir", "kernels");
	expect_status(&outcome, 0);
	cr_assert(!strncmp(outcome.out, "reference ", 10));
	expect_out(&outcome, "gpc.gmem");
	cr_assert_eq(count(outcome.out, "\n"), 2);
	outcome_free(&outcome);
	outcome = PFNSIM("kernels", "--kernel-dir", "kernels", "--format=json");
	expect_json(&outcome);
	expect_out(&outcome, "\"name\": \"traps\"");
	outcome_free(&outcome);
}

Test(about, kernels_have_the_revision_that_was_written_beside_them)
{
	struct outcome outcome;

	KERNELS("reference", "traps");
	write_file("kernels/traps.revision", "v6.12-3-g1234567-dirty\nmore\n");
	outcome = PFNSIM("kernels", "--kernel-dir", "kernels");
	expect_status(&outcome, 0);
	expect_out(&outcome, " v6.12-3-g1234567-dirty ");
	cr_assert_eq(count(outcome.out, "\n"), 2);
	outcome_free(&outcome);
	outcome = PFNSIM("kernels", "--kernel-dir", "kernels", "--format=json");
	expect_json(&outcome);
	expect_out(&outcome, "\"revision\": \"v6.12-3-g1234567-dirty\", ");
	expect_out(&outcome, "\"revision\": \"\", ");
	outcome_free(&outcome);
	write_file("kernels/traps.revision", "");
	outcome = PFNSIM("kernels", "--kernel-dir", "kernels");
	expect_status(&outcome, 0);
	outcome_free(&outcome);
	write_file("kernels/traps.revision", "\"\033[2J\n");
	outcome = PFNSIM("kernels", "--kernel-dir", "kernels", "--format=json");
	expect_json(&outcome);
	outcome_free(&outcome);
	outcome = PFNSIM("kernels", "--kernel-dir", "kernels");
	cr_assert_null(strchr(outcome.out, '\033'));
	outcome_free(&outcome);
}

Test(about, schema_is_json_and_the_reference_is_the_one_in_docs)
{
	struct outcome outcome = PFNSIM("schema");
	char *docs;

	expect_json(&outcome);
	outcome_free(&outcome);
	outcome = PFNSIM("schema", "--format=markdown");
	expect_status(&outcome, 0);
	docs = read_whole(TESTS_DIR "/../docs/scenario-reference.md");
	cr_assert(!strcmp(docs, outcome.out),
		  "make docs/scenario-reference.md again: "
		  "pfnsim schema --format=markdown");
	free(docs);
	outcome_free(&outcome);
}

Test(about, version_is_one_line)
{
	struct outcome command = PFNSIM("version");
	struct outcome option = PFNSIM("--version");

	expect_status(&command, 0);
	cr_assert(!strncmp(command.out, "pfnsim ", 7));
	cr_assert_eq(count(command.out, "\n"), 1);
	cr_assert(!strcmp(command.out, option.out));
	outcome_free(&command);
	outcome_free(&option);
}

/* ---- Usage ------------------------------------------------------------- */

static void expect_usage_error(struct outcome outcome, const char *message)
{
	expect_status(&outcome, 2);
	expect_no_out(&outcome);
	cr_assert(!strncmp(outcome.err, "pfnsim: ", 8), "%s", outcome.err);
	cr_assert_eq(count(outcome.err, "\n"), 1, "%s", outcome.err);
	expect_err(&outcome, message);
	outcome_free(&outcome);
}

Test(about, a_wrong_command_line_gets_one_line_and_the_nearest_name)
{
	write_scenario("a", "", "clock", case_good);
	expect_usage_error(PFNSIM("rnu", "x"), "did you mean 'run'?");
	expect_usage_error(PFNSIM("run", "--kernl", "x"),
			   "did you mean '--kernel'?");
	expect_usage_error(PFNSIM("run", "-Z", "a.yaml"), "'-Z'");
	expect_usage_error(PFNSIM("replay"), "replay needs --case, --order");
	expect_usage_error(PFNSIM("run", "--format=jsn", "a.yaml"),
			   "did you mean 'json'?");
	expect_usage_error(PFNSIM("run", "-k"), "--kernel needs an argument");
	expect_usage_error(PFNSIM("run", "-v", "-q", "a.yaml"),
			   "--verbose and --quiet");
	expect_usage_error(PFNSIM("replay", "a.yaml"),
			   "replay needs --case, --order or --trace");
	expect_usage_error(PFNSIM("points", "gpc.read", "gpc.write"),
			   "unexpected 'gpc.write'");
	expect_usage_error(PFNSIM("bench", "everything"),
			   "there are: replay, explore, search, scale");
}

Test(about, the_program_alone_introduces_itself)
{
	struct outcome outcome = PFNSIM(NULL);

	expect_status(&outcome, 0);
	expect_out(&outcome, "Usage: pfnsim COMMAND [OPTION]... [FILE]...\n");
	outcome_free(&outcome);
}

Test(about, a_file_alone_is_run)
{
	struct outcome alone, run;

	write_scenario("a", "", "clock", case_good);
	alone = PFNSIM("a.yaml");
	run = PFNSIM("run", "a.yaml");
	expect_status(&alone, 0);
	cr_assert(!strcmp(alone.out, run.out));
	outcome_free(&alone);
	outcome_free(&run);
}
