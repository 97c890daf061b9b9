// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "escape.h"
#include "lanes.h"
#include "layout.h"
#include "wrap.h"

/* A page without -v shows this many rows of the start and of the end. */
#define ROWS_AT_START 60
#define ROWS_AT_END 120

/* The lane of whatever runs behind the tasks: closing files, the exit. */
#define AFTERWARDS "teardown"

struct page {
	FILE *out;
	const struct case_result *result;
	const struct report_style *style;
	struct layout layout;
	size_t nr_tasks, nr_lanes;
	size_t nr_rows, row; /* of all rows, shown or not */
	size_t hidden;	     /* rows left out since the last one shown */
	size_t last_lane;    /* of the row above, or (size_t)-1 */
	unsigned int step;   /* number of the last event that matters */
	struct cell cell;
	struct buf line, name;
	struct held_locks held;
};

static size_t lane_of(const struct page *page, const struct trace_event *event)
{
	return event->task < page->nr_tasks ? event->task : page->nr_tasks;
}

static const char *lane_name(struct page *page, size_t lane)
{
	buf_clear(&page->name);
	escape_terminal(&page->name,
			lane < page->nr_tasks ?
				page->result->scenario->task[lane].name :
				AFTERWARDS,
			page->style->utf8);
	return buf_get(&page->name);
}

bool lanes_exist(const struct case_result *result)
{
	return result->trace.nr > result->trace.setup_end;
}

/* ---- Lines ------------------------------------------------------------- */

static void put_at(struct buf *line, size_t column, const char *s, size_t len)
{
	size_t width = display_width(buf_get(line), line->len);

	if (!len)
		return;
	if (width < column)
		buf_pad(line, column - width);
	buf_add(line, s, len);
}

static void flush_line(struct page *page, enum style_part part)
{
	fprintf(page->out, "%s%s%s\n", style_on(page->style, part),
		buf_get(&page->line), style_off(page->style, part));
	buf_clear(&page->line);
}

static void put_dashes(struct buf *line, size_t column, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		put_at(line, column, "-", 1);
}

/* ---- Heads ------------------------------------------------------------- */

static void put_step_head(struct page *page)
{
	put_at(&page->line, 2, "step", 4);
}

static void put_change_head(struct page *page)
{
	if (page->layout.change_at)
		put_at(&page->line, page->layout.change_at, "changed", 7);
}

/* Names of tasks, each in its lane, on as many lines as the longest takes. */
static void print_lane_heads(struct page *page)
{
	size_t skip[HOST_MAX_TASKS + 1] = { 0 };
	bool more = true, first = true;

	while (more) {
		more = false;
		if (first)
			put_step_head(page);
		for (size_t lane = 0; lane < page->nr_lanes; lane++) {
			const char *name = lane_name(page, lane) + skip[lane];
			const char *rest;
			size_t len;

			rest = wrap_line(
				name, layout_width(&page->layout, lane), &len);
			put_at(&page->line, layout_column(&page->layout, lane),
			       name, len);
			skip[lane] = rest ? skip[lane] + (rest - name) :
					    skip[lane] + strlen(name);
			more = more || rest;
		}
		if (first)
			put_change_head(page);
		first = false;
		flush_line(page, PART_HEAD);
	}
}

static void print_shared_heads(struct page *page)
{
	put_step_head(page);
	put_at(&page->line, LAYOUT_GUTTER, "task",
	       page->layout.name_width < 4 ? page->layout.name_width : 4);
	put_at(&page->line, layout_column(&page->layout, 0), "event", 5);
	if (page->layout.change_at)
		put_change_head(page);
	else
		buf_puts(&page->line, " => changed");
	flush_line(page, PART_HEAD);
}

static void print_rules(struct page *page)
{
	const struct layout *layout = &page->layout;
	size_t nr = layout->shared ? 1 : page->nr_lanes;

	put_dashes(&page->line, 2, 4);
	if (layout->shared)
		put_dashes(&page->line, LAYOUT_GUTTER, layout->name_width);
	for (size_t lane = 0; lane < nr; lane++)
		put_dashes(&page->line, layout_column(layout, lane),
			   layout_width(layout, lane));
	if (layout->change_at)
		put_dashes(&page->line, layout->change_at,
			   layout->change_width - LAYOUT_GAP);
	flush_line(page, PART_DIM);
}

/* ---- Rows -------------------------------------------------------------- */

static bool is_failing(const struct page *page, size_t event)
{
	const struct case_result *result = page->result;

	return result->trace.events[event].failing ||
	       (result->nr_findings && result->findings[0].event == event);
}

static bool is_row(const struct page *page, size_t event)
{
	const struct trace *trace = &page->result->trace;

	return page->style->verbose || is_failing(page, event) ||
	       trace_event_matters(trace, event);
}

/* Rows in the middle of a long trace go, but for those that are marked. */
static bool is_hidden(const struct page *page, size_t event)
{
	if (page->style->verbose ||
	    page->nr_rows <= ROWS_AT_START + ROWS_AT_END)
		return false;
	if (is_failing(page, event) || page->result->trace.events[event].cause)
		return false;
	return page->row >= ROWS_AT_START &&
	       page->row < page->nr_rows - ROWS_AT_END;
}

static void print_hidden(struct page *page)
{
	if (!page->hidden)
		return;
	put_at(&page->line, 2, "...", 3);
	buf_printf(&page->line, "   %zu steps not shown; -v shows them",
		   page->hidden);
	flush_line(page, PART_DIM);
	page->hidden = 0;
}

static void put_gutter(struct page *page, size_t event)
{
	const struct trace_event *events = page->result->trace.events;

	if (is_failing(page, event))
		put_at(&page->line, 0, "X", 1);
	else if (events[event].cause)
		put_at(&page->line, 0, "*", 1);
	if (trace_event_matters(&page->result->trace, event))
		buf_printf(&page->line, "%*u", (int)(6 - page->line.len),
			   page->step);
}

/* The name of the task where lanes are shared and the task is another one. */
static void put_name(struct page *page, size_t lane)
{
	const char *name;
	size_t len;

	if (!page->layout.shared || lane == page->last_lane)
		return;
	name = lane_name(page, lane);
	wrap_line(name, page->layout.name_width, &len);
	put_at(&page->line, LAYOUT_GUTTER, name, len);
}

static enum style_part part_of_row(const struct page *page, size_t event)
{
	if (is_failing(page, event))
		return PART_BAD;
	if (page->result->trace.events[event].cause)
		return PART_KNOWN;
	return PART_PLAIN;
}

/* Puts the next line of @s behind @lead and returns the rest. */
static const char *put_wrapped(struct buf *line, size_t column, size_t width,
			       const char *lead, const char *s)
{
	size_t lead_len = strlen(lead), len;
	const char *rest = wrap_line(s, width - lead_len, &len);

	put_at(line, column, lead, lead_len);
	put_at(line, column + lead_len, s, len);
	return rest;
}

static void print_changes_below(struct page *page, size_t lane,
				enum style_part part)
{
	const char *rest = buf_get(&page->cell.change);
	const char *lead = "=> ";

	while (rest && *rest) {
		rest = put_wrapped(&page->line,
				   layout_column(&page->layout, lane),
				   layout_width(&page->layout, lane), lead,
				   rest);
		lead = "   ";
		flush_line(page, part);
	}
}

static void print_row(struct page *page, size_t event)
{
	const struct layout *layout = &page->layout;
	size_t lane = lane_of(page, &page->result->trace.events[event]);
	const char *body = buf_get(&page->cell.body);
	const char *change = buf_get(&page->cell.change);
	enum style_part part = part_of_row(page, event);
	const char *lead = page->cell.lead;

	put_gutter(page, event);
	put_name(page, lane);
	if (!layout->change_at)
		change = NULL;
	do {
		if (body)
			body = put_wrapped(&page->line,
					   layout_column(layout, lane),
					   layout_width(layout, lane), lead,
					   body);
		if (change)
			change = put_wrapped(&page->line, layout->change_at,
					     layout->change_width, "", change);
		lead = page->cell.next;
		flush_line(page, part);
	} while (body || change);
	if (!layout->change_at)
		print_changes_below(page, lane, part);
	page->last_lane = lane;
}

static void visit_event(struct page *page, size_t event)
{
	const struct trace_event *this = &page->result->trace.events[event];
	bool moved = held_follow(&page->held, this);

	page->step += trace_event_matters(&page->result->trace, event);
	if (!is_row(page, event))
		return;
	if (is_hidden(page, event)) {
		page->hidden++;
	} else {
		print_hidden(page);
		cell_describe(&page->cell, this, page->style,
			      moved ? &page->held : NULL);
		print_row(page, event);
	}
	page->row++;
}

/* ---- Pages ------------------------------------------------------------- */

/* Counts rows, finds out whether anything ran behind the tasks. */
static void survey(struct page *page)
{
	const struct trace *trace = &page->result->trace;

	page->nr_lanes = page->nr_tasks;
	for (size_t i = trace->setup_end; i < trace->nr; i++) {
		if (!is_row(page, i))
			continue;
		page->nr_rows++;
		if (trace->events[i].task >= page->nr_tasks)
			page->nr_lanes = page->nr_tasks + 1;
	}
}

static size_t longest_name(struct page *page)
{
	size_t longest = 1;

	for (size_t lane = 0; lane < page->nr_lanes; lane++) {
		const char *name = lane_name(page, lane);
		size_t width = display_width(name, strlen(name));

		if (width > longest)
			longest = width;
	}
	return longest;
}

static void print_end(struct page *page)
{
	const struct trace *trace = &page->result->trace;

	print_hidden(page);
	if (trace->truncated)
		fprintf(page->out,
			"  ...   the record ends here: it is full at %zu events\n",
			trace->nr);
}

void report_lanes(FILE *out, const struct case_result *result,
		  const struct report_style *style)
{
	struct page page = {
		.out = out,
		.result = result,
		.style = style,
		.nr_tasks = result->scenario ? result->scenario->nr_task : 0,
		.last_lane = (size_t)-1,
	};
	const struct trace *trace = &result->trace;

	survey(&page);
	if (!page.nr_rows)
		return;
	layout_init(&page.layout, style->columns, page.nr_lanes,
		    longest_name(&page));
	if (page.layout.shared)
		print_shared_heads(&page);
	else
		print_lane_heads(&page);
	print_rules(&page);
	for (size_t i = trace->setup_end; i < trace->nr; i++)
		visit_event(&page, i);
	print_end(&page);
	cell_deinit(&page.cell);
	buf_deinit(&page.line);
	buf_deinit(&page.name);
}

/* What the operation that begins at @event returned, or NULL. */
static const struct trace_event *end_of(const struct trace *trace, size_t event)
{
	for (size_t i = event + 1; i < trace->nr; i++) {
		if (trace->events[i].kind == TRACE_END &&
		    trace->events[i].task == trace->events[event].task)
			return &trace->events[i];
	}
	return NULL;
}

void report_setup(FILE *out, const struct case_result *result,
		  const struct report_style *style)
{
	const struct trace *trace = &result->trace;
	struct buf line = { 0 };

	for (size_t i = 0; i < trace->setup_end; i++) {
		const struct trace_event *end;

		if (trace->events[i].kind != TRACE_BEGIN)
			continue;
		end = end_of(trace, i);
		buf_clear(&line);
		if (trace->events[i].text)
			escape_terminal(&line, trace->events[i].text,
					style->utf8);
		if (end && end->text) {
			buf_puts(&line, ": ");
			escape_terminal(&line, end->text, style->utf8);
		}
		fprintf(out, "%s setup  %s\n",
			trace->events[i].failing || (end && end->failing) ?
				"X" :
				" ",
			buf_get(&line));
	}
	buf_deinit(&line);
}
