// SPDX-License-Identifier: GPL-2.0-only
/* What a search says while it lasts, on terminals and elsewhere. */
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "fixture.h"

TestSuite(progress, .init = folder_enter, .fini = folder_leave);

/* Long enough for some to be said on any machine. */
#define SEARCH                                                                 \
	"\"$0\" explore -k reference --case search --random=20000 a.yaml "     \
	"--color=never "

static const char written_over[] = "\033[K";

static struct outcome search(const char *before, const char *after)
{
	char command[512];

	write_scenario("a", "", "clock", case_explore);
	snprintf(command, sizeof(command), "%s " SEARCH "%s", before, after);
	return run_shell(command);
}

/* The same with a terminal for all three streams; script(1) is one. */
static struct outcome search_on_terminal(const char *environment,
					 const char *option)
{
	char command[512];

	write_scenario("a", "", "clock", case_explore);
	snprintf(command, sizeof(command),
		 "unset CI TERM; export TERM=xterm %s PROGRAM=\"$0\"; "
		 "script -qec '\"$PROGRAM\" explore -k reference --case search "
		 "--random=20000 a.yaml %s' /dev/null",
		 environment, option);
	return run_shell(command);
}

Test(progress, is_a_line_now_and_then_where_there_is_no_terminal)
{
	struct outcome outcome = search("", "");

	expect_status(&outcome, 0);
	expect_err(&outcome, "explore search: schedules drawn at random, ");
	cr_assert_null(strchr(outcome.err, '\r'));
	cr_assert_null(strstr(outcome.out, "explore search"));
	outcome_free(&outcome);
}

Test(progress, is_one_line_on_a_terminal)
{
	struct outcome outcome = search_on_terminal("", "");

	expect_status(&outcome, 0);
	expect_out(&outcome, "\rexplore search: schedules drawn at random, ");
	expect_out(&outcome, written_over);
	/* Nothing of it is left before the page. */
	expect_out(&outcome, "\r\033[K\033[32mPASS\033[0m  a / search");
	outcome_free(&outcome);
}

Test(progress, writes_nothing_over_in_ci_and_on_a_dumb_terminal)
{
	static const char *const environments[] = { "CI=true", "TERM=dumb" };

	for (size_t i = 0; i < 2; i++) {
		struct outcome outcome = search_on_terminal(environments[i],
							    "");

		expect_status(&outcome, 0);
		expect_out(&outcome, "explore search: ");
		cr_assert_null(strstr(outcome.out, written_over));
		outcome_free(&outcome);
	}
}

Test(progress, is_nothing_with_quiet)
{
	struct outcome outcome = search("", "-q");

	expect_status(&outcome, 0);
	cr_assert_str_eq(outcome.err, "");
	outcome_free(&outcome);
	outcome = search_on_terminal("", "-q");
	cr_assert_null(strstr(outcome.out, "explore search"));
	outcome_free(&outcome);
}
