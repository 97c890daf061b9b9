// SPDX-License-Identifier: GPL-2.0-only
/* Traces as files: what is written can be read, and says the same. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "fixture.h"
#include "html.h"
#include "savedtrace.h"
#include "terminal.h"

static void write_trace(FILE *out, const struct case_result *result,
			const struct report_style *style)
{
	(void)style;
	saved_trace_write(out, result);
}

static void write_page(FILE *out, const struct case_result *result,
		       const struct report_style *style)
{
	(void)style;
	html_case_page(out, result, NULL);
}

static void read_text(const char *text, struct saved_trace *trace)
{
	char path[] = "/tmp/pfnsim-trace-XXXXXX";
	int fd = mkstemp(path), err;

	cr_assert_geq(fd, 0);
	cr_assert_eq(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	close(fd);
	err = saved_trace_read(path, trace);
	unlink(path);
	cr_assert_eq(err, 0, "not read: %s", text);
}

static void
expect_same(void (*print)(FILE *out, const struct case_result *result,
			  const struct report_style *style),
	    const struct case_result *a, const struct case_result *b)
{
	const struct report_style style = { .columns = 100,
					    .page = true,
					    .verbose = true };
	char *first = capture(print, a, &style);
	char *second = capture(print, b, &style);

	expect_text(second, first);
	free(first);
	free(second);
}

Test(report_savedtrace, is_read_back_whole)
{
	char *text = capture(write_trace, &recreate_result, NULL);
	struct saved_trace trace;

	read_text(text, &trace);
	expect_same(write_trace, &recreate_result, &trace.result);
	expect_same(report_case, &recreate_result, &trace.result);
	expect_same(write_page, &recreate_result, &trace.result);
	saved_trace_destroy(&trace);
	free(text);
}

/* Whatever text there is comes back, or as U+FFFD where it was none. */
Test(report_savedtrace, keeps_strange_texts)
{
	static char reason[] = "<b>\"\\ \t\n\x01\x7f \xc2\x85 \xe2\x86\x92 "
			       "\xef\xbf\xbe {} [] : # - ' &a *a !t %";
	struct case_result result = recreate_result;
	struct saved_trace trace;
	char *text;

	result.reason = reason;
	text = capture(write_trace, &result, NULL);
	read_text(text, &trace);
	expect_text(trace.result.reason, reason);
	saved_trace_destroy(&trace);
	free(text);
}

Test(report_savedtrace, keeps_searches)
{
	struct end_state states[] = { { .count = 12, .text = "read: ret 0" },
				      { .count = 3, .text = "read: stale" } };
	struct explore_report search = { .stage = STAGE_ALL,
					 .exhausted = true,
					 .executions = 15,
					 .states = states,
					 .nr_states = 2 };
	struct case_result result = recreate_result;
	struct saved_trace trace;
	char *text;

	result.search = &search;
	text = capture(write_trace, &result, NULL);
	read_text(text, &trace);
	cr_assert_eq(trace.search.nr_states, 2);
	cr_assert_eq(trace.search.states[0].count, 12);
	expect_same(write_trace, &result, &trace.result);
	expect_same(write_page, &result, &trace.result);
	saved_trace_destroy(&trace);
	free(text);
}
