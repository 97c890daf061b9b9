// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim explore` of a scenario: what it says, in each form. */
#include <criterion/criterion.h>
#include <string.h>

#include "fixture.h"

TestSuite(explore, .init = folder_enter, .fini = folder_leave);

Test(explore, says_what_was_searched)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_explore);
	outcome = PFNSIM("explore", "-k", "reference", "--preemptions", "1",
			 "a.yaml");
	expect_status(&outcome, 0);
	expect_out(&outcome, "PASS  a / search");
	expect_out(&outcome, "  search:  all interleavings");
	expect_out(&outcome, "1 passed, 0 failed, 0 skipped\n");
	outcome_free(&outcome);
}

Test(explore, draws_what_it_is_told_to)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_explore);
	outcome = PFNSIM("explore", "-k", "reference", "--random", "7",
			 "a.yaml");
	expect_status(&outcome, 0);
	expect_out(&outcome, "schedules drawn at random; 7 executions");
	outcome_free(&outcome);
}

Test(explore, json_is_json)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_explore);
	outcome = PFNSIM("explore", "-k", "reference", "--format=json",
			 "--preemptions", "1", "a.yaml");
	expect_status(&outcome, 0);
	cr_assert(json_is_valid(outcome.out), "%s", outcome.out);
	expect_out(&outcome, "\"verdict\": \"PASS\"");
	outcome_free(&outcome);
}

Test(explore, a_violation_that_is_none_is_refused)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_explore);
	outcome = PFNSIM("explore", "--find", "stale-pages", "a.yaml");
	expect_status(&outcome, 2);
	cr_assert_not_null(strstr(outcome.err, "did you mean 'stale-page'?"));
	outcome_free(&outcome);
	outcome = PFNSIM("explore", "--find", "leak", "--all");
	expect_status(&outcome, 2);
	outcome_free(&outcome);
}
