// SPDX-License-Identifier: GPL-2.0-only
/* Violations are counted once each. */
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "fixture.h"
#include "found.h"
#include "reader.h"

static struct soak soak;
static struct loaded_kernel kernel;

static void begin(void)
{
	kernel = kernel_called("mine", 0, &gpc_active);
	soak.scenario = scenario_called("refresh-same-page");
	soak.kernel = &kernel;
	soak.threads = soak.scenario->nr_task;
	soak.expected = 1UL << V_LEAK;
	soak_now = &soak;
	soak_figures = calloc(1, sizeof(*soak_figures));
	native_me = &native_tasks[0];
	host_task = 0;
}

static void end(void)
{
	native_me = NULL;
	free(soak_figures);
	scenario_destroy((struct scenario *)soak.scenario);
}

TestSuite(found, .init = begin, .fini = end);

static void find(enum violation kind, const char *text)
{
	struct native_stack stack = { 0 };

	found_violation(&(struct native_violation){
		.kind = kind,
		.text = text,
		.here = &stack,
	});
}

Test(found, numbers_make_no_difference)
{
	cr_assert(found_same_text("page 12 of g0", "page 3 of g0"));
	cr_assert(found_same_text("", ""));
	cr_assert_not(found_same_text("page 12 of g0", "page 12 of h0"));
	cr_assert_not(found_same_text("page 12", "page 12 again"));
}

Test(found, the_same_is_counted_and_another_kept)
{
	soak_figures->operations = 40;
	find(V_LEAK, "page 1 was never freed");
	soak_figures->operations = 50;
	find(V_LEAK, "page 2 was never freed");
	find(V_WARN, "page 2 was never freed");
	cr_assert_eq(soak_figures->nr_found, 2);
	cr_assert_eq(soak_figures->found[0].count, 2);
	cr_assert_eq(soak_figures->found[0].first, 40);
	cr_assert(soak_figures->found[0].expected);
	cr_assert_not(soak_figures->found[1].expected);
}

Test(found, more_kinds_than_there_is_room_for_are_dropped)
{
	for (int i = 0; i < SOAK_MAX_FOUND + 5; i++) {
		char text[] = "a";

		text[0] += i;
		find(V_WARN, text);
	}
	cr_assert_eq(soak_figures->nr_found, SOAK_MAX_FOUND);
}

Test(found, several_threads_of_a_task_have_names)
{
	const struct scenario *scn = soak.scenario;

	cr_assert_str_eq(found_task_name(0), scn->task[0].name);
	soak.threads = 2 * scn->nr_task;
	cr_assert_neq(strcmp(found_task_name(0), found_task_name(scn->nr_task)),
		      0);
	cr_assert_str_eq(found_task_name(HOST_SETUP_TASK), "setup");
}
