// SPDX-License-Identifier: GPL-2.0-only
/* The scenario file with its marks, and what a search went through. */
#include <stdlib.h>
#include <string.h>

#include "explore.h"
#include "html.h"

#define MAX_LINES 1500

/* ---- The file ------------------------------------------------------------ */

struct lines {
	unsigned int first, last; /* from 1, both shown */
};

static size_t indent_of(const char *line)
{
	return strspn(line, " ");
}

static const char *next_line(const char *line)
{
	const char *end = strchr(line, '\n');

	return end && end[1] ? end + 1 : NULL;
}

/* The lines of the case alone: up to the next that is indented no deeper. */
static struct lines lines_of_case(const struct case_result *result)
{
	const char *line = result->scenario->source;
	unsigned int first = result->desc->pos.line, at = 1;
	struct lines lines = { first, first };
	size_t depth = 0;

	for (; line && at < first; at++)
		line = next_line(line);
	if (!line)
		return (struct lines){ 1, 0 };
	depth = indent_of(line);
	for (line = next_line(line); line; line = next_line(line)) {
		at++;
		if (line[indent_of(line)] == '\n')
			continue;
		if (indent_of(line) <= depth)
			break;
		lines.last = at;
	}
	return lines;
}

/* Why the line is marked, or NULL. */
static const char *mark_of(const struct case_result *result, unsigned int line)
{
	if (line == result->order_line)
		return "this line of the order ran when it failed";
	for (size_t i = 0; i < result->nr_findings; i++)
		if (result->findings[i].pos.line == line)
			return "this does not hold";
	return NULL;
}

static void put_line(const struct html_view *view, unsigned int nr,
		     const char *text)
{
	const char *mark = mark_of(view->result, nr);

	fprintf(view->out,
		"<div class=\"line%s\"><span class=\"nr\">%s%u"
		"</span><code>",
		mark ? " marked" : "", mark ? "&#215; " : "", nr);
	html_bytes(view->out, text, strcspn(text, "\n"));
	if (mark)
		fprintf(view->out, " <span class=\"why\">&#8592; %s</span>",
			mark);
	fputs("</code></div>\n", view->out);
}

void html_scenario(const struct html_view *view)
{
	const struct case_result *result = view->result;
	const char *line = result->scenario->source;
	struct lines lines = { 1, MAX_LINES };
	unsigned int nr = 1;

	if (view->part && result->desc->pos.line)
		lines = lines_of_case(result);
	if (!line || !*line || !result->scenario->path)
		return;
	fprintf(view->out, "<h%d>Scenario <code>", 2 + view->part);
	html_text(view->out, result->scenario->path);
	fprintf(view->out, "</code></h%d>\n<div class=\"listing\">\n",
		2 + view->part);
	for (; line && nr <= lines.last; nr++, line = next_line(line))
		if (nr >= lines.first)
			put_line(view, nr, line);
	fputs("</div>\n", view->out);
	if (line && !view->part)
		fputs("<p class=\"meta\">The rest of the file is left out."
		      "</p>\n",
		      view->out);
}

/* ---- Searches ------------------------------------------------------------ */

static void put_found(const struct html_view *view,
		      const struct explore_report *report)
{
	fprintf(view->out,
		" It failed in execution %lu; the failing schedule needs %u "
		"preemption%s%s.",
		(unsigned long)report->found_at, report->needs,
		report->needs == 1 ? "" : "s",
		!report->fewest ? " or fewer" :
		report->needs	? ", and none with fewer fails" :
				  "");
}

/* "vcpu0:gpc.refresh/mapped vmm:end" as lines of `order:`. */
static void put_order(const struct html_view *view, const char *order)
{
	fputs("<p>As the order of a case:</p>\n<pre class=\"command\">order:\n",
	      view->out);
	while (*order) {
		size_t len = strcspn(order, " ");
		size_t task = strcspn(order, ":");

		fputs("  - ", view->out);
		html_bytes(view->out, order, task < len ? task : len);
		fputs(": ", view->out);
		if (task < len)
			html_bytes(view->out, order + task + 1, len - task - 1);
		fputs("\n", view->out);
		order += len;
		order += strspn(order, " ");
	}
	fputs("</pre>\n", view->out);
}

static void put_states(const struct html_view *view,
		       const struct explore_report *report)
{
	fprintf(view->out,
		"<table class=\"states\">\n<thead><tr><th scope=\"col\">"
		"executions</th><th scope=\"col\">end in this state</th></tr>"
		"</thead>\n<tbody>\n");
	for (size_t i = 0; i < report->nr_states; i++) {
		fprintf(view->out, "<tr><td>%lu</td><td>",
			(unsigned long)report->states[i].count);
		html_text(view->out, report->states[i].text);
		fputs("</td></tr>\n", view->out);
	}
	fputs("</tbody>\n</table>\n", view->out);
	if (report->states_dropped)
		fputs("<p class=\"meta\">There were more states than are kept."
		      "</p>\n",
		      view->out);
}

void html_search(const struct html_view *view)
{
	const struct explore_report *report = view->result->search;
	char *space;

	if (!report || !report->executions)
		return;
	space = explore_space_text(report);
	fprintf(view->out,
		"<h%d>What was searched</h%d>\n<p>%s%s: %lu "
		"executions.",
		2 + view->part, 2 + view->part,
		report->exhausted ? "Completed: " : "Not completed: ", space,
		(unsigned long)report->executions);
	if (report->failed)
		put_found(view, report);
	fputs("</p>\n", view->out);
	if (report->failed && view->result->order)
		put_order(view, view->result->order);
	if (report->nr_states)
		put_states(view, report);
	free(space);
}
