// SPDX-License-Identifier: GPL-2.0-only
/* The lanes of a page: who did what, and who stood inside of what meanwhile. */
#include <string.h>

#include "cell.h"
#include "html.h"

/* Of a long trace, so many rows of the start and of the end. */
#define ROWS_AT_START 300
#define ROWS_AT_END 500
/* Of longer ones, and where there are other cases, only steps that matter. */
#define MAX_EVENTS_IN_FULL 2000

#define AFTERWARDS "teardown"

/* Where a task stands while another one runs. */
enum standing { OUTSIDE, PARKED, BLOCKED };

struct lane {
	enum standing standing;
	bool told;	  /* the cells of this window say why already */
	struct buf where; /* "behind mapped" */
};

struct lanes {
	const struct html_view *view;
	const struct trace *trace;
	size_t nr_tasks, last_lane;
	size_t nr_columns;
	bool shown[HOST_MAX_TASKS + 1]; /* lanes in which something happens */
	size_t nr_rows, row, hidden;
	unsigned int step;
	struct lane lane[HOST_MAX_TASKS + 1];
	struct held_locks held;
	struct cell cell;
};

static size_t lane_of(const struct lanes *lanes,
		      const struct trace_event *event)
{
	return event->task < lanes->nr_tasks ? event->task : lanes->nr_tasks;
}

static const char *lane_name(const struct lanes *lanes, size_t lane)
{
	const struct scenario *scn = lanes->view->result->scenario;

	return lane < lanes->nr_tasks ? scn->task[lane].name : AFTERWARDS;
}

static bool is_failing(const struct lanes *lanes, size_t event)
{
	const struct case_result *result = lanes->view->result;

	return lanes->trace->events[event].failing ||
	       (result->nr_findings && result->findings[0].event == event);
}

static bool matters(const struct lanes *lanes, size_t event)
{
	return is_failing(lanes, event) ||
	       trace_event_matters(lanes->trace, event);
}

/* ---- Where tasks stand --------------------------------------------------- */

static void follow(struct lanes *lanes, const struct trace_event *event)
{
	struct lane *lane = &lanes->lane[lane_of(lanes, event)];

	lane->told = false;
	switch (event->kind) {
	case TRACE_END:
		lane->standing = OUTSIDE;
		return;
	case TRACE_BLOCK:
		lane->standing = BLOCKED;
		break;
	case TRACE_BEGIN:
		lane->standing = PARKED;
		break;
	default:
		if (lane->standing == BLOCKED)
			lane->standing = PARKED;
		break;
	}
}

/* What a parked task's window is called: the last step of it that is shown. */
static void remember(struct lanes *lanes, const struct trace_event *event)
{
	struct lane *lane = &lanes->lane[lane_of(lanes, event)];

	buf_clear(&lane->where);
	if (event->kind == TRACE_BLOCK)
		buf_puts(&lane->where, buf_get(&lanes->cell.body));
	else
		buf_printf(&lane->where, "parked behind %s",
			   buf_get(&lanes->cell.body));
}

/* ---- Cells --------------------------------------------------------------- */

static void put_place(const struct html_view *view, const struct place *place)
{
	if (!place)
		return;
	fputs("<span class=\"at\">", view->out);
	html_source_link(view, place);
	if (place->function) {
		fputs(" <span class=\"fn\">", view->out);
		html_code(view->out, place->function);
		fputs("()</span>", view->out);
	}
	fputs("</span>", view->out);
	if (place->source) {
		fputs("<code class=\"src\">", view->out);
		html_code(view->out, place->source);
		fputs("</code>", view->out);
	}
}

static const char *class_of(const struct trace_event *event)
{
	switch (event->kind) {
	case TRACE_BEGIN:
		return "run begin";
	case TRACE_END:
		return "run end";
	case TRACE_BLOCK:
		return "run block";
	default:
		return "run";
	}
}

static void put_running(struct lanes *lanes, const struct trace_event *event,
			size_t lane)
{
	FILE *out = lanes->view->out;

	fprintf(out, "<td class=\"%s\"><span class=\"who\">", class_of(event));
	html_text(out, lane_name(lanes, lane));
	fputs(" </span><span class=\"what\">", out);
	html_code(out, buf_get(&lanes->cell.body));
	fputs("</span>", out);
	put_place(lanes->view, event->place);
	fputs("</td>", out);
}

static void put_standing(struct lanes *lanes, size_t lane, bool tell)
{
	FILE *out = lanes->view->out;
	struct lane *this = &lanes->lane[lane];

	if (this->standing == OUTSIDE) {
		fputs("<td class=\"idle\"></td>", out);
		return;
	}
	if (this->told || !tell) {
		fputs("<td class=\"park\"><span class=\"vh\">parked</span></td>",
		      out);
		return;
	}
	fputs("<td class=\"park told\"><span class=\"note\"><span class=\"who\">",
	      out);
	html_text(out, lane_name(lanes, lane));
	fputs(" </span>", out);
	html_code(out, buf_get(&this->where));
	fputs("</span></td>", out);
	this->told = true;
}

static void put_changes(FILE *out, const char *changes)
{
	fputs("<td class=\"changed\">", out);
	while (*changes) {
		size_t len = strcspn(changes, "\n");

		fputs("<span>", out);
		html_bytes(out, changes, len);
		fputs("</span>", out);
		changes += len + (changes[len] == '\n');
	}
	fputs("</td>", out);
}

/* ---- Rows ---------------------------------------------------------------- */

static void put_number(struct lanes *lanes, size_t event, bool minor)
{
	FILE *out = lanes->view->out;
	bool fails = is_failing(lanes, event);

	fputs("<th scope=\"row\">", out);
	if (fails)
		fputs("<abbr class=\"sign\" title=\"fails here\">&#215;</abbr> ",
		      out);
	else if (lanes->trace->events[event].cause)
		fputs("<abbr class=\"sign\" title=\"the failure depends on "
		      "it\">*</abbr> ",
		      out);
	if (!minor)
		fprintf(out, "<a href=\"#%ss%u\">%u</a>", lanes->view->prefix,
			lanes->step, lanes->step);
	fputs("</th>", out);
}

static void open_row(struct lanes *lanes, size_t event, bool minor)
{
	FILE *out = lanes->view->out;
	const struct trace_event *this = &lanes->trace->events[event];
	size_t lane = lane_of(lanes, this);

	fputs("<tr", out);
	if (!minor)
		fprintf(out, " id=\"%ss%u\"", lanes->view->prefix, lanes->step);
	fprintf(out, " class=\"row%s%s%s\">",
		is_failing(lanes, event) ? " fails" :
		this->cause		 ? " cause" :
					   "",
		lane != lanes->last_lane && lanes->row ? " switch" : "",
		minor ? " minor" : "");
}

static void put_row(struct lanes *lanes, size_t event, bool minor, bool moved)
{
	static const struct report_style plain = { .utf8 = true };
	static const struct report_style full = { .utf8 = true,
						  .verbose = true };
	const struct trace_event *this = &lanes->trace->events[event];
	size_t lane = lane_of(lanes, this);

	cell_describe(&lanes->cell, this, minor ? &full : &plain,
		      minor && moved ? &lanes->held : NULL);
	open_row(lanes, event, minor);
	put_number(lanes, event, minor);
	for (size_t i = 0; i <= lanes->nr_tasks; i++)
		if (i == lane)
			put_running(lanes, this, lane);
		else if (lanes->shown[i])
			put_standing(lanes, i, !minor);
	put_changes(lanes->view->out, buf_get(&lanes->cell.change));
	fputs("</tr>\n", lanes->view->out);
	if (minor)
		return;
	remember(lanes, this);
	lanes->last_lane = lane;
}

static bool is_hidden(const struct lanes *lanes, size_t event)
{
	if (lanes->nr_rows <= ROWS_AT_START + ROWS_AT_END ||
	    is_failing(lanes, event) || lanes->trace->events[event].cause)
		return false;
	return lanes->row >= ROWS_AT_START &&
	       lanes->row < lanes->nr_rows - ROWS_AT_END;
}

static void put_hidden(struct lanes *lanes)
{
	if (lanes->hidden)
		fprintf(lanes->view->out,
			"<tr class=\"gap\"><td colspan=\"%zu\">%zu steps are "
			"left out here</td></tr>\n",
			lanes->nr_columns + 2, lanes->hidden);
	lanes->hidden = 0;
}

static void visit(struct lanes *lanes, size_t event, bool in_full)
{
	const struct trace_event *this = &lanes->trace->events[event];
	bool moved = held_follow(&lanes->held, this);
	bool minor = !matters(lanes, event);

	if (!minor || in_full)
		follow(lanes, this);
	if (minor) {
		if (in_full && lanes->shown[lane_of(lanes, this)])
			put_row(lanes, event, true, moved);
		return;
	}
	lanes->step += trace_event_matters(lanes->trace, event);
	if (is_hidden(lanes, event)) {
		lanes->hidden++;
	} else {
		put_hidden(lanes);
		put_row(lanes, event, false, moved);
	}
	lanes->row++;
}

/* ---- The table ----------------------------------------------------------- */

static void put_head(const struct lanes *lanes)
{
	FILE *out = lanes->view->out;

	fputs("<table class=\"lanes\">\n<colgroup><col class=\"n\">", out);
	for (size_t i = 0; i < lanes->nr_columns; i++)
		fputs("<col>", out);
	fputs("<col class=\"changed\"></colgroup>\n"
	      "<thead><tr><th scope=\"col\">step</th>",
	      out);
	for (size_t i = 0; i <= lanes->nr_tasks; i++) {
		if (!lanes->shown[i])
			continue;
		fputs("<th scope=\"col\" class=\"task\">", out);
		html_text(out, lane_name(lanes, i));
		fputs("</th>", out);
	}
	fputs("<th scope=\"col\">changed</th></tr></thead>\n<tbody>\n", out);
}

static void put_legend(const struct lanes *lanes, size_t minor)
{
	FILE *out = lanes->view->out;
	const char *prefix = lanes->view->prefix;

	if (minor)
		fprintf(out,
			"<input type=\"checkbox\" class=\"full\" id=\"%sfull\">"
			"<label for=\"%sfull\">every scheduling point, with "
			"the locks that are held (%zu more rows)</label>\n",
			prefix, prefix, minor);
	fputs("<p class=\"legend\"><span><b class=\"bad\">&#215;</b> fails "
	      "here</span> <span><b class=\"warn\">*</b> the failure depends "
	      "on it</span> <span><i class=\"swatch park\"></i> inside an "
	      "operation, but another task runs</span> <span><i "
	      "class=\"swatch dash\"></i> another task goes on</span></p>\n",
	      out);
}

/* Counts rows; returns how many more there are for those who want them all. */
static size_t survey(struct lanes *lanes)
{
	const struct trace *trace = lanes->trace;
	size_t minor = 0;

	for (size_t i = trace->setup_end; i < trace->nr; i++) {
		bool row = matters(lanes, i);

		minor += !row;
		lanes->nr_rows += row;
		lanes->shown[lane_of(lanes, &trace->events[i])] |= row;
	}
	for (size_t i = 0; i <= lanes->nr_tasks; i++)
		lanes->nr_columns += lanes->shown[i];
	if (lanes->view->part ||
	    trace->nr - trace->setup_end > MAX_EVENTS_IN_FULL)
		return 0;
	return minor;
}

void html_lanes(const struct html_view *view)
{
	struct lanes lanes = {
		.view = view,
		.trace = &view->result->trace,
		.nr_tasks = view->result->scenario->nr_task,
		.last_lane = (size_t)-1,
	};
	size_t minor = survey(&lanes);

	if (!lanes.nr_rows)
		return;
	fprintf(view->out, "<h%d>What happened</h%d>\n", 2 + view->part,
		2 + view->part);
	put_legend(&lanes, minor);
	put_head(&lanes);
	for (size_t i = lanes.trace->setup_end; i < lanes.trace->nr; i++)
		visit(&lanes, i, minor);
	put_hidden(&lanes);
	fputs("</tbody>\n</table>\n", view->out);
	if (lanes.trace->truncated)
		fputs("<p>The trace is cut here: it is too long to be kept "
		      "whole.</p>\n",
		      view->out);
	for (size_t i = 0; i <= lanes.nr_tasks; i++)
		buf_deinit(&lanes.lane[i].where);
	cell_deinit(&lanes.cell);
}
