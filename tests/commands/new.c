// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim new`: what it writes is a scenario as it is. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <criterion/criterion.h>

#include "fixture.h"

TestSuite(new, .init = folder_enter, .fini = folder_leave);

static void expect_good(const char *path)
{
	struct outcome outcome = PFNSIM("lint", path);

	expect_status(&outcome, 0);
	expect_out(&outcome, "1 file(s), 0 with findings\n");
	outcome_free(&outcome);
	outcome = PFNSIM("run", "-k", "reference", "--case",
			 "dropped-in-the-window", path);
	expect_status(&outcome, 0);
	expect_out(&outcome, "1 passed, 0 failed, 0 skipped\n");
	outcome_free(&outcome);
}

Test(new, a_scenario_lints_and_runs_as_it_is)
{
	struct outcome outcome = PFNSIM("new", "my-race");

	expect_status(&outcome, 0);
	expect_out(&outcome, "wrote my-race.yaml; next:\n"
			     "  pfnsim lint my-race.yaml\n");
	outcome_free(&outcome);
	expect_good("my-race.yaml");
}

Test(new, the_name_may_be_a_path)
{
	struct outcome outcome;

	mkdir("a folder", 0777);
	outcome = PFNSIM("new", "-q", "a folder/b_2.yaml");
	expect_status(&outcome, 0);
	expect_no_out(&outcome);
	outcome_free(&outcome);
	expect_good("a folder/b_2.yaml");
}

Test(new, a_file_that_is_there_is_left_alone)
{
	struct outcome outcome;
	char *text;

	write_file("a.yaml", "mine");
	outcome = PFNSIM("new", "a");
	expect_status(&outcome, 2);
	expect_err(&outcome, "pfnsim: a.yaml: File exists\n");
	outcome_free(&outcome);
	text = read_whole("a.yaml");
	cr_assert_str_eq(text, "mine");
	free(text);
}

Test(new, what_no_scenario_is_called_is_refused)
{
	static const char *const names[] = { "A",  "-a.yaml",	"a b",
					     "..", "nowhere/a", ".yaml",
					     "a/" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		struct outcome outcome = PFNSIM("new", "--", names[i]);

		expect_status(&outcome, 2);
		expect_no_out(&outcome);
		outcome_free(&outcome);
	}
}
