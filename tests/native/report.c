// SPDX-License-Identifier: GPL-2.0-only
/* Sums, verdicts and exit statuses of soaks. */
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>
#include <criterion/redirect.h>

#include "fixture.h"
#include "reader.h"

/* Two files that were soaked; no violation. */
static struct soak_figures figures[2];
static struct scenario *scenario;
static struct soak_file files[2];
static struct soak_options options;

static void begin(void)
{
	cr_redirect_stdout();
	scenario = scenario_called("refresh-same-page");
	for (int i = 0; i < 2; i++) {
		files[i] = (struct soak_file){
			.path = "refresh-same-page.yaml",
			.scenario = scenario,
			.figures = &figures[i],
		};
		figures[i].operations = 100 + i;
		figures[i].rounds = 10;
		figures[i].retries = 3;
		figures[i].ns = 1000000000;
		figures[i].kind[SOP_GPC_REFRESH] = (struct soak_kind){
			.count = 100 + i,
			.ns = 400000,
			.longest = 5000 * (i + 1),
			.failed = i,
		};
	}
	figures[0].kind[SOP_SLOT_MOVE].longest = 7000;
	figures[1].kind[SOP_SLOT_CREATE].longest = 6000;
}

static void end(void)
{
	scenario_destroy(scenario);
}

TestSuite(report, .init = begin, .fini = end);

static int report(void)
{
	int status = soak_report(&options, "mine", files, 2, false);

	fflush(stdout);
	return status;
}

/* Reads all that was printed; free() it. */
static char *printed(void)
{
	FILE *out = cr_get_redirected_stdout();
	char *text = calloc(1, 1 << 16);

	cr_assert_not_null(text);
	cr_assert_gt(fread(text, 1, (1 << 16) - 1, out), 0);
	return text;
}

static void expect_printed(const char *text, bool there)
{
	static char *all;

	all = all ? all : printed();
	cr_assert_eq(strstr(all, text) != NULL, there, "'%s' in\n%s", text,
		     all);
}

static void find(struct soak_figures *f, bool expected, bool fatal)
{
	f->found[f->nr_found++] = (struct soak_found){
		.kind = V_LEAK,
		.expected = expected,
		.fatal = fatal,
		.count = 4,
		.text = "a page was never freed",
	};
}

Test(report, sums_up_and_takes_the_longest)
{
	cr_assert_eq(report(), 0);
	expect_printed("mine on threads: 201 operations in 2.0 s (100 a "
		       "second), 20 rounds, 6 retries",
		       true);
	expect_printed("longest refresh 10.0 us, longest memslot swap 7.0 us\n",
		       true);
	expect_printed("gpc.refresh                   201          100      "
		       "0.5%          4.0         10.0\n",
		       true);
	expect_printed("2 soaked, 0 failed, 0 skipped, 0 violations as "
		       "expected, 0 not\n",
		       true);
}

Test(report, what_is_expected_is_no_failure)
{
	find(&figures[0], true, false);
	cr_assert_eq(report(), 0);
	expect_printed("KNOWN  refresh-same-page: 100 operations", true);
	expect_printed("    expected leak: a page was never freed\n", true);
	expect_printed("0 failed, 0 skipped, 4 violations as expected, 0 not\n",
		       true);
}

Test(report, what_is_not_is_one)
{
	find(&figures[1], false, false);
	cr_assert_eq(report(), 1);
	expect_printed("FAIL   refresh-same-page: 101 operations", true);
	expect_printed("1 failed, 0 skipped, 0 violations as expected, 4 not\n",
		       true);
}

Test(report, a_death_is_a_failure_unless_it_is_explained)
{
	files[0].died = true;
	cr_assert_eq(report(), 1);
	expect_printed("    the process died\n", true);
}

Test(report, a_death_that_was_expected_is_none)
{
	files[0].died = true;
	find(&figures[0], true, true);
	cr_assert_eq(report(), 0);
	expect_printed("died", false);
}

Test(report, skipped_files_are_counted_apart)
{
	files[1].skipped = "needs gmem";
	cr_assert_eq(report(), 0);
	expect_printed("SKIP   refresh-same-page: needs gmem\n", true);
	expect_printed("mine on threads: 100 operations in 1.0 s", true);
	expect_printed("1 soaked, 0 failed, 1 skipped", true);
}

Test(report, where_all_are_skipped_nothing_was_soaked)
{
	files[0].skipped = files[1].skipped = "needs gmem";
	cr_assert_eq(report(), 77);
	expect_printed("0 soaked, 0 failed, 2 skipped", true);
}

Test(report, a_file_that_cannot_be_read_is_an_error)
{
	files[0].scenario = NULL;
	cr_assert_eq(report(), 2);
}

/* ---- End states ------------------------------------------------------------ */

static struct known_end states[] = { { 1, "one" }, { 2, "two" } };
static struct known_ends known = {
	.state = states,
	.nr_states = 2,
	.order = states,
	.nr_orders = 1,
};

/* The first file ended in a state that is known and in one that is not. */
static void compare(bool all)
{
	options.states = "states";
	known.all = all;
	files[0].known = &known;
	figures[0].nr_ends = 2;
	figures[0].end[0] = (struct soak_end){ 1, 90, true, "one" };
	figures[0].end[1] = (struct soak_end){ 3, 10, false, "three" };
}

Test(report, an_end_that_all_interleavings_lack_is_a_failure)
{
	compare(true);
	cr_assert_eq(report(), 1);
	expect_printed("    no order of the search ends so:\n"
		       "      three (10 times)\n",
		       true);
	expect_printed("1 end states that searches exclude (completed for 1 ",
		       true);
}

Test(report, one_that_a_search_did_not_see_is_none)
{
	compare(false);
	cr_assert_eq(report(), 0);
	expect_printed("    of these, it did not see:\n"
		       "      three (10 times)\n",
		       true);
	expect_printed("1 files compared: 1 end states seen of 2 known; of 1 "
		       "orders 1 end as threads did\n"
		       "0 end states that searches exclude (completed for 0 "
		       "files), 1 that searches without end did not see (1 "
		       "files)\n",
		       true);
}

Test(report, a_search_that_lacks_the_end_of_an_order_is_a_failure)
{
	compare(true);
	figures[0].nr_ends = 1;
	cr_assert_eq(report(), 0);
	known.nr_states = 1;
	known.order = &states[1];
	cr_assert_eq(report(), 1);
	expect_printed("    case two ends in none of these by the engine's own "
		       "replay\n",
		       true);
}

Test(report, json_has_what_the_text_has)
{
	compare(true);
	find(&figures[0], true, false);
	options.json = true;
	cr_assert_eq(report(), 1);
	expect_printed("\"operations\": 201, \"seconds\": 2.000", true);
	expect_printed("\"search\": {\"all\": true, \"states\": 2, \"orders\": "
		       "1, \"orders_seen\": 1}",
		       true);
	expect_printed("{\"text\": \"three\", \"count\": 10, \"known\": false}",
		       true);
	expect_printed("\"violation\": \"leak\", \"expected\": true", true);
}
