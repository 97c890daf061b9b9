// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim explore --all`: finds what is seeded, and says how to see it again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <criterion/criterion.h>

#include "fixture.h"
#include "pairs.h"

TestSuite(explore_all, .init = folder_enter, .fini = folder_leave);

#define SEEDED(name) "--kernel-dir", TEST_KERNELS_DIR, "-k", "seeded-" name

/* Replays the command that @outcome tells, and expects @violation of it. */
static void expect_replay(const struct outcome *outcome, const char *violation)
{
	const char *at = strstr(outcome->out, "replay:  pfnsim ");
	struct outcome again;
	char command[1024];
	const char *end;

	cr_assert_not_null(at, "no command in\n%s", outcome->out);
	at += strlen("replay:  pfnsim ");
	end = strstr(strchr(at, '\n') + 1, "\n");
	snprintf(command, sizeof(command), "$0 %.*s --kernel-dir %s",
		 (int)(end - at), at, TEST_KERNELS_DIR);
	again = run_shell(command);
	expect_status(&again, 1);
	expect_out(&again, violation);
	outcome_free(&again);
}

static void expect_found(struct outcome outcome, const char *pair,
			 const char *violation)
{
	expect_status(&outcome, 1);
	expect_out(&outcome, pair);
	expect_out(&outcome, violation);
	expect_replay(&outcome, violation);
	outcome_free(&outcome);
}

/* ---- Seeded bugs --------------------------------------------------------- */

Test(explore_all, finds_a_sequence_that_is_not_bumped)
{
	expect_found(PFNSIM("explore", "--all", SEEDED("hva-no-slot"), "--only",
			    "refresh,dontneed", "--out", "found"),
		     "FAIL  refresh x dontneed (lone)\n", "stale-page: ");
}

Test(explore_all, finds_a_count_that_is_raised_too_late)
{
	expect_found(PFNSIM("explore", "--all", SEEDED("seq-too-late"),
			    "--only", "refresh,dontneed", "--out", "found"),
		     "FAIL  refresh x dontneed (gpa)\n", "stale-page: ");
}

Test(explore_all, finds_a_cache_that_is_used_after_deactivation)
{
	expect_found(PFNSIM("explore", "--all", SEEDED("inactive-refresh"),
			    "--only", "refresh,deactivate", "--out", "found"),
		     "FAIL  refresh x deactivate (private)\n", "leak: ");
}

Test(explore_all, finds_a_new_address_with_an_old_page)
{
	expect_found(PFNSIM("explore", "--all", SEEDED("new-gpa-old-pfn"),
			    "--only", "activate-elsewhere,read", "--out",
			    "found"),
		     "FAIL  activate-elsewhere x read (gpa)\n", "stale-page: ");
}

/* The same without the bugs. */
Test(explore_all, passes_on_the_reference)
{
	struct outcome outcome = PFNSIM(
		"explore", "--all", "-k", "reference", "--only",
		"refresh,deactivate,dontneed,activate-elsewhere,read");

	expect_status(&outcome, 0);
	expect_out(&outcome, "\n  . passes\n");
	expect_out(&outcome, "  a  activate-elsewhere  .\n"
			     "  b  refresh             . .\n");
	expect_out(&outcome, " passed, 0 failed, 0 skipped\n");
	outcome_free(&outcome);
}

/* ---- What is searched ---------------------------------------------------- */

/* What @json says of the scenario @name; free() it. */
static char *result_of(const char *json, const char *name)
{
	const char *at, *end;
	char start[128];

	snprintf(start, sizeof(start), "{\"scenario\": \"%s\", ", name);
	at = strstr(json, start);
	cr_assert_not_null(at, "nothing of %s in\n%s", name, json);
	end = strstr(at + 1, "{\"scenario\": ");
	return end ? strndup(at, end - at) : strdup(at);
}

/* "activate.gpc.activate -14; cache clock ...": whether a step failed. */
static bool has_failed(const char *json)
{
	const char *text = strstr(json, "\"text\": ");
	const char *end = text ? strpbrk(text, "\n}") : NULL;
	const char *minus = text ? strstr(text, " -") : NULL;

	cr_assert_not_null(text, "no state in\n%s", json);
	return minus && minus < end;
}

static void write_combination(const struct combination *what)
{
	char *name = pairs_name(what), *text = pairs_text(what, 0);
	char file[128];

	snprintf(file, sizeof(file), "alone/%s.yaml", name);
	write_file(file, text);
	free(text);
	free(name);
}

static void expect_work(const struct combination *what, const char *json)
{
	const struct pair_operation *op = &pair_operations[what->op[0]];
	char *name = pairs_name(what), *result = result_of(json, name);

	/* What memory_failure() returns is what became of the page. */
	cr_expect(has_failed(result) == (op->refused ||
					 strstr(op->steps, "fail:") != NULL) ||
			  strstr(result, "poison -EBUSY"),
		  "%s comes to\n%s", name, result);
	free(result);
	free(name);
}

/* An operation that fails, where none is to, does nothing to any other. */
Test(explore_all, every_operation_has_something_to_do)
{
	size_t nr;
	struct combination *list = pairs_list(~0UL, 1, ~0ULL, &nr);
	struct outcome outcome;

	cr_assert_eq(mkdir("alone", 0777), 0);
	for (size_t i = 0; i < nr; i++)
		write_combination(&list[i]);
	outcome = PFNSIM("explore", "-k", "reference", "--format=json",
			 "--preemptions", "0", "alone");
	expect_status(&outcome, 0);
	for (size_t i = 0; i < nr; i++)
		expect_work(&list[i], outcome.out);
	outcome_free(&outcome);
	free(list);
}

Test(explore_all, three_tasks_run_at_a_time)
{
	struct outcome outcome = PFNSIM("explore", "--all", "-k", "reference",
					"--tasks", "3", "--only",
					"refresh,read,dontneed");

	expect_status(&outcome, 0);
	expect_out(&outcome, "triples of operations");
	expect_out(&outcome, "at most 1 preemption;");
	outcome_free(&outcome);
}

Test(explore_all, what_there_is_no_time_for_is_unknown)
{
	struct outcome outcome = PFNSIM("explore", "--all", "-k", "reference",
					"--seconds", "1", "--preemptions",
					"16");

	expect_status(&outcome, 3);
	expect_out(&outcome, "? not finished");
	expect_out(&outcome, "\nNot finished, with nothing found so far: ");
	expect_out(&outcome, "invalidate x invalidate (unmapped)");
	outcome_free(&outcome);
}

/* ---- Forms --------------------------------------------------------------- */

Test(explore_all, json_has_everything)
{
	struct outcome outcome = PFNSIM("explore", "--all",
					SEEDED("hva-no-slot"), "--only",
					"refresh,dontneed", "--format=json");

	expect_status(&outcome, 1);
	cr_assert(json_is_valid(outcome.out), "%s", outcome.out);
	expect_out(&outcome, "{\"operations\": [\"refresh\", \"dontneed\"], "
			     "\"machine\": \"lone\", \"verdict\": \"FAIL\"");
	expect_out(&outcome, "\"verdict\": \"PASS\", \"exhausted\": true");
	outcome_free(&outcome);
}

Test(explore_all, the_table_fits_a_narrow_terminal)
{
	struct outcome outcome = run_shell("COLUMNS=40 $0 explore --all "
					   "-k reference --tasks 1");

	expect_status(&outcome, 0);
	for (const char *at = strchr(outcome.out, '\n'); at && at[1];
	     at = strchr(at + 1, '\n'))
		cr_assert_leq(strcspn(at + 1, "\n"), 40, "%s", at + 1);
	outcome_free(&outcome);
}

/* ---- Command lines ------------------------------------------------------- */

#define expect_refused(message, ...)                                           \
	do {                                                                   \
		struct outcome outcome = PFNSIM("explore", __VA_ARGS__);       \
                                                                               \
		expect_status(&outcome, 2);                                    \
		expect_err(&outcome, message);                                 \
		outcome_free(&outcome);                                        \
	} while (0)

Test(explore_all, wrong_command_lines_are_refused)
{
	expect_refused("no operation 'refesh'; did you mean 'refresh'?",
		       "--all", "--only", "refesh");
	expect_refused("explore --all takes no file: 'a.yaml'", "--all",
		       "a.yaml");
	expect_refused("--only needs --all", "--only", "refresh", "a.yaml");
	expect_refused("--tasks needs --all", "--tasks", "2", "a.yaml");
	expect_refused("or --all", "--preemptions", "1");
	expect_refused("--tasks", "--all", "--tasks", "4");
}
