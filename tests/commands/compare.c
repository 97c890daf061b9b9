// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim compare`: what is better, worse or otherwise on the next kernel. */
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "fixture.h"

TestSuite(compare, .init = folder_enter, .fini = folder_leave);

#define COMPARE(...)                                                           \
	PFNSIM("compare", "--kernel-dir", "kernels", __VA_ARGS__, "a.yaml")

/* The kernel `spins` never ends its retries. */
static void prepare(void)
{
	KERNELS("reference", "spins");
	write_scenario("a", "", "clock", case_good);
}

Test(compare, nothing_changes_from_a_kernel_to_itself)
{
	struct outcome outcome;

	prepare();
	outcome = COMPARE("-k", "reference", "-k", "reference");
	expect_status(&outcome, 0);
	expect_out(&outcome, "\n  a/good  ");
	expect_out(&outcome, "\n1 case: 0 worse, 0 better, "
			     "0 changed otherwise\n");
	outcome_free(&outcome);
	outcome = COMPARE("-q", "-k", "reference", "-k", "reference");
	expect_status(&outcome, 0);
	cr_assert_null(strstr(outcome.out, "a/good"));
	outcome_free(&outcome);
}

Test(compare, worse_exits_1)
{
	struct outcome outcome;

	prepare();
	outcome = COMPARE("-k", "reference", "-k", "spins");
	expect_status(&outcome, 1);
	expect_out(&outcome, "\n- a/good  ");
	expect_out(&outcome, "  - FAIL livelock\n");
	expect_out(&outcome, "\n1 case: 1 worse, 0 better, "
			     "0 changed otherwise\n");
	outcome_free(&outcome);
}

Test(compare, better_exits_0)
{
	struct outcome outcome;

	prepare();
	outcome = COMPARE("-k", "spins", "-k", "reference");
	expect_status(&outcome, 0);
	expect_out(&outcome, "\n+ a/good    FAIL livelock  ");
	expect_out(&outcome, "  + pass\n");
	expect_out(&outcome, "\n1 case: 0 worse, 1 better, "
			     "0 changed otherwise\n");
	outcome_free(&outcome);
}

/* What the middle one breaks counts, though the last one mends it. */
Test(compare, every_kernel_is_compared_with_the_one_before_it)
{
	struct outcome outcome;

	prepare();
	outcome = COMPARE("-k", "reference", "-k", "spins", "-k", "reference");
	expect_status(&outcome, 1);
	expect_out(&outcome, "  - FAIL livelock  ");
	expect_out(&outcome, "  + pass\n");
	outcome_free(&outcome);
}

Test(compare, a_known_failure_is_a_failure)
{
	struct outcome outcome;

	prepare();
	write_scenario("a",
		       "xfail:\n"
		       "  - kernel: spins\n"
		       "    fails: livelock\n"
		       "    why: it is made so\n",
		       "clock", case_good);
	outcome = COMPARE("-k", "reference", "-k", "spins");
	expect_status(&outcome, 1);
	expect_out(&outcome, "  - xfail livelock\n");
	outcome_free(&outcome);
}

Test(compare, failing_by_something_else_is_a_change_of_another_kind)
{
	struct outcome outcome;

	prepare();
	write_scenario("a", "", "clock", case_wrong);
	outcome = COMPARE("-k", "reference", "-k", "spins");
	expect_status(&outcome, 0);
	expect_out(&outcome, "\n~ a/wrong    FAIL expectation  ");
	expect_out(&outcome, "  ~ FAIL livelock\n");
	expect_out(&outcome, "0 worse, 0 better, 1 changed otherwise\n");
	outcome_free(&outcome);
}

Test(compare, json_says_the_same)
{
	struct outcome outcome;

	prepare();
	outcome = COMPARE("-k", "reference", "-k", "spins", "--format=json");
	expect_status(&outcome, 1);
	cr_assert(json_is_valid(outcome.out), "%s", outcome.out);
	expect_out(&outcome, "\"verdict\": \"PASS\", \"fails\": \"\", "
			     "\"change\": null}");
	expect_out(&outcome, "\"verdict\": \"FAIL\", \"fails\": \"livelock\", "
			     "\"change\": \"worse\"}");
	expect_out(&outcome, "\"worse\": 1, \"better\": 0, \"other\": 0");
	expect_out(&outcome, "{\"name\": \"spins\", \"title\": null, "
			     "\"error\": null}");
	outcome_free(&outcome);
}

Test(compare, html_says_the_same)
{
	struct outcome outcome;

	prepare();
	outcome = COMPARE("-k", "reference", "-k", "spins", "--format=html");
	expect_status(&outcome, 1);
	expect_out(&outcome, "<!doctype html>\n");
	expect_out(&outcome, "<h1>Cases by kernel</h1>");
	expect_out(&outcome, "<th scope=\"col\"><code>spins</code></th>");
	expect_out(&outcome, "<td class=\"fails worse\"><span class=\"mark\">"
			     "-</span>FAIL livelock</td>");
	expect_out(&outcome, "\n</html>\n");
	outcome_free(&outcome);
}

Test(compare, what_is_not_there_is_an_error)
{
	struct outcome outcome;

	prepare();
	outcome = COMPARE("-k", "reference", "-k", "spin");
	expect_status(&outcome, 2);
	expect_err(&outcome, "no kernel 'spin'; did you mean 'spins'?");
	outcome_free(&outcome);
	outcome = COMPARE("-k", "reference", "-k", "spins", "--case=god");
	expect_status(&outcome, 2);
	expect_err(&outcome, "no case 'god'; did you mean 'good'?");
	outcome_free(&outcome);
	write_scenario("a", "", "clock", case_never_passed);
	outcome = COMPARE("-k", "reference", "-k", "reference");
	expect_status(&outcome, 2);
	outcome_free(&outcome);
}
