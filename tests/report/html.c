// SPDX-License-Identifier: GPL-2.0-only
/* Pages for a browser, as far as they can be judged without one. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "escape.h"
#include "explore.h"
#include "fixture.h"
#include "html.h"
#include "html_run.h"

#define HOSTILE "<x>&\"'\x01</td>"
#define HARMLESS "&#60;x&#62;&#38;&#34;&#39;\\x01&#60;/td&#62;"

static void case_page(FILE *out, const struct case_result *result,
		      const struct report_style *style)
{
	(void)style;
	html_case_page(out, result, "https://example.org/" HOSTILE);
}

static void run_page(FILE *out, const struct case_result *result,
		     const struct report_style *style)
{
	struct case_result passed = *result;
	struct html_run run;

	(void)style;
	passed.verdict = VERDICT_PASS;
	passed.kernel = "other";
	passed.nr_findings = 0;
	html_run_begin(&run, NULL);
	html_run_add(&run, result);
	html_run_add(&run, &passed);
	html_run_write(out, &run);
	html_run_deinit(&run);
}

static char *page_of(const struct case_result *result)
{
	return capture(case_page, result, NULL);
}

static size_t count(const char *text, const char *part)
{
	size_t nr = 0;

	for (; (text = strstr(text, part)); text += strlen(part))
		nr++;
	return nr;
}

/* ---- Markup -------------------------------------------------------------- */

static bool is_void(const char *name)
{
	static const char *const names[] = { "meta", "br", "wbr", "col",
					     "input" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

struct tags {
	char open[32][16];
	size_t nr;
};

static void visit_tag(struct tags *tags, const char *tag)
{
	bool closes = *tag == '/';
	char name[16] = "";

	tag += closes;
	for (size_t i = 0; isalnum((unsigned char)tag[i]) && i < 15; i++)
		name[i] = tag[i];
	if (closes) {
		cr_assert(tags->nr && !strcmp(tags->open[tags->nr - 1], name),
			  "</%s> within <%s>", name,
			  tags->nr ? tags->open[tags->nr - 1] : "");
		tags->nr--;
	} else if (*name && !is_void(name)) {
		cr_assert_lt(tags->nr, 32);
		memcpy(tags->open[tags->nr++], name, sizeof(name));
	}
}

static void expect_balanced(const char *text)
{
	struct tags tags = { .nr = 0 };

	for (const char *at = text; (at = strchr(at, '<')); at++)
		if (at[1] != '!')
			visit_tag(&tags, at + 1);
	cr_assert_eq(tags.nr, 0, "<%s> is open at the end", tags.open[0]);
}

static void expect_self_contained(const char *text)
{
	static const char *const fetches[] = {
		"<script", "<link", "<img",    "<iframe", "<object",
		" src=",   "url(",  "@import", " style=", " onclick",
	};

	for (size_t i = 0; i < sizeof(fetches) / sizeof(fetches[0]); i++)
		cr_assert(!strstr(text, fetches[i]), "%s is there", fetches[i]);
	cr_assert(strstr(text, "<meta http-equiv=\"Content-Security-Policy\" "
			       "content=\"default-src 'none'; style-src "
			       "'unsafe-inline'\">"));
}

Test(report_html, pages_are_whole_and_fetch_nothing)
{
	char *page = page_of(&recreate_result);
	char *run = capture(run_page, &recreate_result, NULL);

	expect_balanced(page);
	expect_balanced(run);
	expect_self_contained(page);
	expect_self_contained(run);
	free(page);
	free(run);
}

Test(report_html, the_page_of_a_real_failure_is_whole)
{
	struct saved_trace trace;
	char *page, *run;

	seeded_trace("any-order", &trace);
	page = page_of(&trace.result);
	run = capture(run_page, &trace.result, NULL);
	expect_balanced(page);
	expect_balanced(run);
	expect_self_contained(page);
	cr_assert(strstr(page, "<td class=\"park told\">"));
	cr_assert(strstr(page, "<code class=\"src\">"));
	cr_assert(strstr(page, "As the order of a case:"));
	saved_trace_destroy(&trace);
	free(page);
	free(run);
}

Test(report_html, the_same_result_gives_the_same_bytes)
{
	char *first = page_of(&recreate_result);
	char *second = page_of(&recreate_result);

	expect_text(first, second);
	free(first);
	free(second);
}

/* ---- Texts --------------------------------------------------------------- */

static const struct place hostile_place = {
	.path = HOSTILE,
	.line = 3,
	.function = HOSTILE,
	.source = HOSTILE,
};

/* All that may come from a file or from a kernel. */
static char *hostile_page(void (*print)(FILE *out,
					const struct case_result *result,
					const struct report_style *style))
{
	static char text[] = HOSTILE;
	struct trace_event events[] = {
		{ .kind = TRACE_BEGIN,
		  .text = text,
		  .changed = text,
		  .place = &hostile_place },
		{ .kind = TRACE_CALL,
		  .point = text,
		  .obj = text,
		  .task = 0,
		  .call = CALL_MUTEX_LOCK,
		  .changed = text },
		{ .kind = TRACE_BEGIN, .text = text, .task = 1 },
		{ .kind = TRACE_VIOLATION,
		  .text = text,
		  .task = 0,
		  .failing = true },
	};
	struct finding finding = {
		.text = text, .signature = text, .event = 3, .path = text
	};
	struct history_line line = { .verb = text, .event = 1, .text = text };
	struct history history = { .name = text, .lines = &line, .nr = 1 };
	struct end_state state = { .count = 1, .text = text, .order = text };
	struct explore_report search = { .executions = 1,
					 .states = &state,
					 .nr_states = 1,
					 .failed = true };
	struct case_desc desc = { .name = text };
	static struct scenario scenario;
	struct case_result result = {
		.scenario = &scenario,
		.desc = &desc,
		.kernel = text,
		.version = text,
		.revision = text,
		.verdict = VERDICT_FAIL,
		.reason = text,
		.findings = &finding,
		.nr_findings = 1,
		.trace = { .events = events, .nr = 4 },
		.histories = &history,
		.nr_histories = 1,
		.search = &search,
		.order = text,
	};

	scenario = (struct scenario){ .path = text,
				      .name = text,
				      .title = text,
				      .source = text,
				      .nr_task = 2 };
	scenario.task[0].name = scenario.task[1].name = text;
	return capture(print, &result, NULL);
}

static void expect_harmless(const char *page, size_t at_least)
{
	cr_assert(!strstr(page, "<x>"), "%s", page);
	cr_assert(!strchr(page, '\x01'), "%s", page);
	cr_assert_geq(count(page, HARMLESS), at_least, "%zu in %s",
		      count(page, HARMLESS), page);
	expect_balanced(page);
}

Test(report_html, texts_cannot_leave_their_place)
{
	char *page = hostile_page(case_page);
	char *run = hostile_page(run_page);

	expect_harmless(page, 30);
	expect_harmless(run, 30);
	free(page);
	free(run);
}

/* ---- Rows ---------------------------------------------------------------- */

Test(report_html, rows_have_addresses_and_marks)
{
	char *page = page_of(&recreate_result);

	cr_assert(strstr(page, "<tr id=\"s16\" class=\"row fails"));
	cr_assert(strstr(page, "<tr id=\"s7\" class=\"row cause"));
	cr_assert(strstr(page, "<a href=\"#s7\">step 7</a>"));
	cr_assert(strstr(page, "fails here\">&#215;</abbr>"));
	cr_assert_eq(count(page, "<tr id=\"s"), 16);
	free(page);
}

/* No task of the fixture is inside of an operation while another one runs. */
Test(report_html, only_windows_are_hatched)
{
	struct trace_event events[] = {
		{ .kind = TRACE_BEGIN, .task = 0, .text = "gpc.refresh(clock)" },
		{ .kind = TRACE_CALL,
		  .task = 0,
		  .point = "unlocked",
		  .call = CALL_WRITE_UNLOCK_IRQ,
		  .obj = "gpc->lock",
		  .nth = 1 },
		{ .kind = TRACE_BEGIN, .task = 1, .text = "gmem.close(g0)" },
		{ .kind = TRACE_BLOCK, .task = 1, .text = "kvm->lock (vmm)" },
		{ .kind = TRACE_END, .task = 0, .text = "ret 0" },
	};
	struct case_result result = recreate_result;
	char *none = page_of(&recreate_result), *page;

	result.trace = (struct trace){ .events = events, .nr = 5 };
	result.nr_findings = 0;
	result.nr_histories = 0;
	page = page_of(&result);
	cr_assert_eq(count(none, "<td class=\"park"), 0);
	cr_assert_eq(count(page, "<td class=\"park"), 3);
	cr_assert(strstr(page, "parked behind unlocked"));
	cr_assert(strstr(page, "blocked on kvm<span class=\"nb\">-&#62;"
			       "</span><wbr>lock (<wbr>vmm)"));
	free(none);
	free(page);
}

Test(report_html, a_run_leads_from_its_matrix_to_its_parts)
{
	char *run = capture(run_page, &recreate_result, NULL);

	cr_assert(strstr(run, "<a href=\"#c1\">"));
	cr_assert(strstr(run, "href=\"#c1-s16\">step 16</a>"));
	cr_assert(strstr(run, "<section id=\"c1\">"));
	cr_assert(strstr(run, "<tr id=\"c1-s16\" class=\"row fails"));
	cr_assert_eq(count(run, "<section"), 1);
	cr_assert(strstr(run, "1 passed, 0 known failures, 1 failed"));
	free(run);
}

Test(report_html, searches_list_the_states_that_they_end_in)
{
	struct end_state states[] = { { .count = 41, .text = "read: ret 0" },
				      { .count = 7, .text = "read: -EAGAIN" } };
	struct explore_report search = { .stage = STAGE_ALL,
					 .exhausted = true,
					 .executions = 48,
					 .states = states,
					 .nr_states = 2 };
	struct case_result result = recreate_result;
	char *run;

	result.verdict = VERDICT_PASS;
	result.nr_findings = 0;
	result.trace.nr = 0;
	result.search = &search;
	run = capture(run_page, &result, NULL);
	cr_assert(strstr(run, "PASS</a> 2 end states</td>"));
	cr_assert(strstr(run, "<p>Completed: all interleavings: 48 "
			      "executions.</p>"));
	cr_assert(strstr(run, "<tr><td>41</td><td>read: ret 0</td></tr>\n"
			      "<tr><td>7</td><td>read: -EAGAIN</td></tr>"));
	free(run);
}

/* ---- The scenario -------------------------------------------------------- */

Test(report_html, the_line_that_ran_is_marked)
{
	static char source[] = "scenario: 1\ncases:\n  - name: a\n"
			       "    order:\n      - vmm: end\n"
			       "  - name: b\n";
	static struct case_desc desc = { .name = "a", .pos = { 3, 5, 1 } };
	struct case_result result = recreate_result;
	struct scenario scenario = *recreate_result.scenario;
	char *page, *run;

	scenario.source = source;
	result.scenario = &scenario;
	result.desc = &desc;
	result.order_line = 5;
	page = page_of(&result);
	run = capture(run_page, &result, NULL);
	cr_assert(strstr(page, "<div class=\"line marked\"><span class=\"nr\">"
			       "&#215; 5</span><code>      - vmm: end"));
	cr_assert(strstr(page, "scenario: 1"));
	cr_assert(strstr(page, "name: b"));
	/* In a run only the case itself is shown. */
	cr_assert(strstr(run, "- vmm: end"));
	cr_assert(!strstr(run, "scenario: 1"));
	cr_assert(!strstr(run, "name: b"));
	free(page);
	free(run);
}

Test(report_html, names_of_c_break_where_they_may)
{
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);

	html_code(out, "a_b(c->d - e)<");
	fclose(out);
	expect_text(text, "a_<wbr>b(<wbr>c<span class=\"nb\">-&#62;</span>"
			  "<wbr>d - e)&#60;");
	free(text);
}

Test(report_html, a_nul_is_shown)
{
	struct buf out = { 0 };

	escape_html_bytes(&out, "a\0<b>", 5);
	expect_text(buf_get(&out), "a\\x00&#60;b&#62;");
	buf_deinit(&out);
}
