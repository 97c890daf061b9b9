// SPDX-License-Identifier: GPL-2.0-only
/* Verdicts, exit statuses, and which events of a trace have a number. */
#include <criterion/criterion.h>

#include "fixture.h"

static int status_of(size_t nr, const enum verdict *verdicts)
{
	struct case_result results[8] = { 0 };
	const struct case_result *pointers[8];

	for (size_t i = 0; i < nr; i++) {
		results[i].verdict = verdicts[i];
		pointers[i] = &results[i];
	}
	return verdict_exit_status(pointers, nr);
}

#define STATUS(...)                                                            \
	status_of(sizeof((enum verdict[]){ __VA_ARGS__ }) /                    \
			  sizeof(enum verdict),                                \
		  (const enum verdict[]){ __VA_ARGS__ })

Test(result, known_failures_and_skips_are_fine)
{
	cr_assert_eq(STATUS(VERDICT_PASS, VERDICT_XFAIL, VERDICT_SKIP), 0);
}

Test(result, all_skipped_is_77)
{
	cr_assert_eq(STATUS(VERDICT_SKIP, VERDICT_SKIP), 77);
	cr_assert_eq(verdict_exit_status(NULL, 0), 0);
}

Test(result, worst_verdict_decides)
{
	cr_assert_eq(STATUS(VERDICT_PASS, VERDICT_UNKNOWN), 3);
	cr_assert_eq(STATUS(VERDICT_FAIL, VERDICT_UNKNOWN), 1);
	cr_assert_eq(STATUS(VERDICT_UNKNOWN, VERDICT_XPASS), 1);
	cr_assert_eq(STATUS(VERDICT_ERROR, VERDICT_FAIL), 2);
	cr_assert_eq(STATUS(VERDICT_SKIP, VERDICT_FAIL), 1);
}

Test(result, an_error_of_the_tool_outweighs_all)
{
	struct case_result tool = { .verdict = VERDICT_ERROR,
				    .tool_error = true };
	struct case_result file = { .verdict = VERDICT_ERROR };
	const struct case_result *results[] = { &file, &tool, &file };

	cr_assert_eq(verdict_exit_status(results, 3), 4);
}

Test(result, every_verdict_has_a_name)
{
	for (enum verdict v = VERDICT_PASS; v <= VERDICT_ERROR; v++)
		cr_assert(verdict_name(v), "verdict %d has no name", v);
	cr_assert_null(verdict_name(VERDICT_ERROR + 1));
}

Test(result, steps_are_counted_behind_setup)
{
	const struct trace *trace = &recreate_result.trace;

	cr_assert_eq(trace_step_number(trace, 0), 0);
	cr_assert_eq(trace_step_number(trace, 2), 1);
	cr_assert_eq(trace_step_number(trace, 10), 7);
	cr_assert_eq(trace_step_number(trace, 19), 16);
	cr_assert_eq(trace_step_number(trace, (size_t)-1), 0);
}

Test(result, a_call_that_does_not_matter_has_the_number_before_it)
{
	const struct trace *trace = &recreate_result.trace;

	cr_assert(!trace_event_matters(trace, 3));
	cr_assert_eq(trace_step_number(trace, 3), 1);
}

Test(result, a_call_matters_where_its_task_is_parked)
{
	struct trace_event events[] = {
		{ .kind = TRACE_CALL, .task = 0, .call = CALL_SPIN_LOCK },
		{ .kind = TRACE_CALL, .task = 0, .call = CALL_SPIN_UNLOCK },
		{ .kind = TRACE_NOTE, .task = 0, .note = NOTE_ACCESS },
		{ .kind = TRACE_CALL, .task = 1, .call = CALL_SPIN_LOCK },
	};
	struct trace trace = { .events = events, .nr = 4 };

	cr_assert(!trace_event_matters(&trace, 0));
	cr_assert(trace_event_matters(&trace, 1));
	cr_assert(!trace_event_matters(&trace, 2));
	cr_assert(!trace_event_matters(&trace, 3));
}

Test(result, a_blocked_task_is_shown_once)
{
	struct trace_event events[] = {
		{ .kind = TRACE_BLOCK, .task = 0, .text = "gpc->lock (vmm)" },
		{ .kind = TRACE_BEGIN, .task = 1, .text = "gpc.read(clock)" },
		{ .kind = TRACE_RESUME, .task = 0 },
		{ .kind = TRACE_BLOCK, .task = 0, .text = "gpc->lock (vmm)" },
		{ .kind = TRACE_BLOCK, .task = 0, .text = "gpc->lock (vcpu)" },
	};
	struct trace trace = { .events = events, .nr = 5 };

	cr_assert(trace_event_matters(&trace, 0));
	cr_assert(!trace_event_matters(&trace, 3));
	cr_assert(trace_event_matters(&trace, 4));
}

Test(result, equal_lines_in_a_row_are_one)
{
	struct trace_event free_page = { .kind = TRACE_NOTE,
					 .note = NOTE_PAGE_FREE,
					 .pfn = 0x1003,
					 .text = "free P3" };
	struct trace_event events[] = { free_page, free_page, free_page };
	struct trace trace = { .events = events, .nr = 3 };

	events[2].cause = true;
	cr_assert(trace_event_matters(&trace, 0));
	cr_assert(!trace_event_matters(&trace, 1));
	cr_assert(trace_event_matters(&trace, 2), "a marked step is hidden");
}
