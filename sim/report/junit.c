// SPDX-License-Identifier: GPL-2.0-only
#include "junit.h"

#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "points.h"
#include "terminal.h"

void junit_begin(struct junit *junit, FILE *out)
{
	*junit = (struct junit){ .out = out };
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	      "<testsuites name=\"pfnsim\">\n",
	      out);
}

void junit_file_begin(struct junit *junit, const char *name)
{
	junit->suite = strdup(name);
	if (!junit->suite)
		abort();
}

static void add_attribute(struct buf *out, const char *name, const char *value)
{
	buf_printf(out, " %s=\"", name);
	escape_html(out, value);
	buf_puts(out, "\"");
}

/* A line of the text of an element. */
static void add_line(struct buf *out, const struct buf *line)
{
	escape_html(out, buf_get(line));
	buf_puts(out, "\n");
}

static void add_findings(struct buf *out, const struct case_result *result)
{
	struct buf line = { 0 };

	for (size_t i = 0; i < result->nr_findings; i++) {
		buf_clear(&line);
		describe_finding(&line, result, &result->findings[i]);
		add_line(out, &line);
	}
	if (result->nr_findings && result->desc) {
		buf_clear(&line);
		describe_replay(&line, result, " ");
		add_line(out, &line);
	}
	buf_deinit(&line);
}

/* What failed first, in a word. */
static const char *type_of(const struct case_result *result)
{
	if (result->verdict != VERDICT_FAIL || !result->nr_findings)
		return verdict_name(result->verdict);
	if (!result->findings[0].is_violation)
		return "expectation";
	return violation_name(result->findings[0].violation);
}

static const char *message_of(const struct case_result *result)
{
	if (result->verdict == VERDICT_FAIL && result->nr_findings)
		return result->findings[0].text;
	return result->reason ? result->reason : verdict_name(result->verdict);
}

/* <failure> or <error>, with all that is known. */
static void add_problem(struct buf *out, const char *element,
			const struct case_result *result)
{
	buf_printf(out, "   <%s", element);
	add_attribute(out, "type", type_of(result));
	add_attribute(out, "message", message_of(result));
	buf_puts(out, ">");
	add_findings(out, result);
	buf_printf(out, "</%s>\n", element);
}

static void add_known(struct buf *out, const struct case_result *result)
{
	buf_puts(out, "   <system-out>known failure: ");
	escape_html(out, result->reason ? result->reason : "");
	buf_puts(out, "\n");
	add_findings(out, result);
	buf_puts(out, "</system-out>\n");
}

static void add_outcome(struct junit *junit, const struct case_result *result)
{
	struct buf *out = &junit->cases;

	switch (result->verdict) {
	case VERDICT_PASS:
		break;
	case VERDICT_XFAIL:
		add_known(out, result);
		break;
	case VERDICT_SKIP:
		junit->skipped++;
		buf_puts(out, "   <skipped");
		add_attribute(out, "message", message_of(result));
		buf_puts(out, "/>\n");
		break;
	case VERDICT_FAIL:
	case VERDICT_XPASS:
		junit->failures++;
		add_problem(out, "failure", result);
		break;
	case VERDICT_UNKNOWN:
	case VERDICT_ERROR:
		junit->errors++;
		add_problem(out, "error", result);
		break;
	}
}

void junit_case(struct junit *junit, const struct case_result *result)
{
	struct buf *out = &junit->cases, name = { 0 };

	buf_printf(&name, "%s on %s", result_case_name(result),
		   result->kernel ? result->kernel : "no kernel");
	buf_puts(out, "  <testcase");
	add_attribute(out, "classname", result_scenario_name(result));
	add_attribute(out, "name", buf_get(&name));
	buf_puts(out, ">\n");
	add_outcome(junit, result);
	buf_puts(out, "  </testcase>\n");
	junit->tests++;
	buf_deinit(&name);
}

void junit_file_end(struct junit *junit)
{
	struct buf head = { 0 };

	add_attribute(&head, "name", junit->suite);
	fprintf(junit->out,
		" <testsuite%s tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" "
		"skipped=\"%zu\">\n%s </testsuite>\n",
		buf_get(&head), junit->tests, junit->failures, junit->errors,
		junit->skipped, buf_get(&junit->cases));
	buf_deinit(&head);
	buf_deinit(&junit->cases);
	free(junit->suite);
	*junit = (struct junit){ .out = junit->out };
}

void junit_end(struct junit *junit)
{
	if (junit->suite)
		junit_file_end(junit);
	fputs("</testsuites>\n", junit->out);
}
