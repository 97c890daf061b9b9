// SPDX-License-Identifier: GPL-2.0-only
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "commit.h"
#include "escape.h"
#include "points.h"
#include "terminal.h"
#include "wrap.h"

#define GUTTER 4
#define GAP 2

struct drawing {
	FILE *out;
	const struct case_result *result;
	const struct trace *trace;
	size_t end;		    /* behind the last event that is drawn */
	int column[HOST_MAX_TASKS]; /* by task; -1: none */
	unsigned int task[HOST_MAX_TASKS]; /* by column */
	size_t nr_columns, width;
	bool shared;
	unsigned int number; /* of the last line */
};

/* ---- What is drawn ------------------------------------------------------- */

static bool is_failing(const struct drawing *drawing, size_t event)
{
	const struct case_result *result = drawing->result;

	return drawing->trace->events[event].failing ||
	       (result->nr_findings && result->findings[0].event == event);
}

/* Whether another task runs next, as far as that is shown. */
static bool is_last_of_turn(const struct drawing *drawing, size_t event)
{
	const struct trace_event *events = drawing->trace->events;

	for (size_t i = event + 1; i < drawing->end; i++)
		if (trace_event_matters(drawing->trace, i))
			return events[i].task != events[event].task;
	return true;
}

static bool is_drawn(const struct drawing *drawing, size_t event)
{
	const struct trace_event *this = &drawing->trace->events[event];

	if (is_failing(drawing, event))
		return true;
	if (!trace_event_matters(drawing->trace, event))
		return false;
	if (this->kind == TRACE_BEGIN || this->kind == TRACE_BLOCK ||
	    this->cause || this->changed)
		return true;
	if (this->kind == TRACE_END)
		return this->ret < 0;
	return is_last_of_turn(drawing, event);
}

/* What comes behind the failure explains nothing. */
static size_t end_of_drawing(const struct drawing *drawing)
{
	const struct trace *trace = drawing->trace;

	for (size_t i = trace->setup_end; i < trace->nr; i++)
		if (is_failing(drawing, i))
			return i + 1;
	return trace->nr;
}

static void survey(struct drawing *drawing)
{
	const struct trace *trace = drawing->trace;

	for (size_t i = 0; i < HOST_MAX_TASKS; i++)
		drawing->column[i] = -1;
	drawing->end = trace->nr;
	drawing->end = end_of_drawing(drawing);
	for (unsigned int task = 0; task < HOST_MAX_TASKS; task++) {
		for (size_t i = trace->setup_end; i < drawing->end; i++) {
			if (trace->events[i].task != task ||
			    !is_drawn(drawing, i))
				continue;
			drawing->task[drawing->nr_columns] = task;
			drawing->column[task] = drawing->nr_columns++;
			break;
		}
	}
	drawing->shared = drawing->nr_columns > COMMIT_MAX_LANES;
	drawing->width = COMMIT_COLUMNS - GUTTER;
	if (drawing->nr_columns && !drawing->shared)
		drawing->width = (COMMIT_COLUMNS - GUTTER -
				  GAP * (drawing->nr_columns - 1)) /
				 drawing->nr_columns;
}

static const char *task_name(const struct drawing *drawing, unsigned int task)
{
	const struct scenario *scn = drawing->result->scenario;

	return task < scn->nr_task ? scn->task[task].name : "exit";
}

/* ---- Lines --------------------------------------------------------------- */

/* Without blanks at its end, which git and mailers do not like. */
static void flush_line(struct drawing *drawing, struct buf *line)
{
	while (line->len && line->bytes[line->len - 1] == ' ')
		line->bytes[--line->len] = '\0';
	fprintf(drawing->out, "%s\n", buf_get(line));
	buf_clear(line);
}

static void describe(const struct drawing *drawing, struct buf *text,
		     size_t event)
{
	static const struct report_style style = { 0 };
	const struct trace_event *this = &drawing->trace->events[event];
	struct cell cell = { 0 };

	cell_describe(&cell, this, &style, NULL);
	if (drawing->shared)
		buf_printf(text, "%s: ", task_name(drawing, this->task));
	if (is_failing(drawing, event))
		buf_puts(text, "=> ");
	if (this->kind == TRACE_VIOLATION && this->call != CALL_BEGIN)
		buf_printf(text, "%s: ", violation_name(this->violation));
	if (this->place && this->place->function)
		buf_printf(text, "%s(): ", this->place->function);
	buf_puts(text, buf_get(&cell.body));
	if (cell.change.len && this->kind != TRACE_VIOLATION) {
		buf_puts(text, "\n[");
		for (const char *at = buf_get(&cell.change); *at; at++)
			buf_printf(text, *at == '\n' ? "]\n[" : "%c", *at);
		buf_puts(text, "]");
	}
	cell_deinit(&cell);
}

static void draw(struct drawing *drawing, size_t event)
{
	const struct trace_event *this = &drawing->trace->events[event];
	size_t at = GUTTER, indent = this->kind == TRACE_BEGIN ? 0 : 2;
	struct buf text = { 0 }, safe = { 0 }, line = { 0 };
	const char *rest;

	if (!drawing->shared)
		at += drawing->column[this->task] * (drawing->width + GAP);
	describe(drawing, &text, event);
	escape_terminal(&safe, buf_get(&text), false);
	buf_printf(&line, "%2u", ++drawing->number);
	for (rest = buf_get(&safe); rest;) {
		const char *part = rest;
		size_t len;

		rest = wrap_line(part, drawing->width - indent, &len);
		buf_pad(&line, at + indent - line.len);
		buf_add(&line, part, len);
		flush_line(drawing, &line);
		indent = 4;
	}
	buf_deinit(&text);
	buf_deinit(&safe);
	buf_deinit(&line);
}

static void put_head(struct drawing *drawing)
{
	struct buf line = { 0 };

	if (drawing->shared)
		return;
	for (int rule = 0; rule < 2; rule++) {
		for (size_t i = 0; i < drawing->nr_columns; i++) {
			struct buf name = { 0 };
			size_t len;

			buf_printf(&name, "CPU%zu (%s)", i,
				   task_name(drawing, drawing->task[i]));
			wrap_line(buf_get(&name), drawing->width, &len);
			buf_pad(&line,
				GUTTER + i * (drawing->width + GAP) - line.len);
			for (size_t j = 0; j < len; j++)
				buf_add(&line, rule ? "-" : buf_get(&name) + j,
					1);
			buf_deinit(&name);
		}
		flush_line(drawing, &line);
	}
	buf_deinit(&line);
}

/* ---- What was found ------------------------------------------------------ */

/* The number that the step has in this drawing. */
static unsigned int number_of_step(const struct drawing *drawing,
				   unsigned long step)
{
	const struct trace *trace = drawing->trace;
	unsigned int number = 0;

	for (size_t i = trace->setup_end; i < drawing->end; i++) {
		if (trace_step_number(trace, i) > step)
			break;
		number += is_drawn(drawing, i);
	}
	return number;
}

/* "at step 17" of a trace is another step here. */
static void renumber(const struct drawing *drawing, struct buf *out,
		     const char *text)
{
	const char *at;

	while ((at = strstr(text, "step "))) {
		char *end;
		unsigned long step;

		buf_add(out, text, at + 5 - text);
		text = at + 5;
		step = strtoul(text, &end, 10);
		if (end != text)
			buf_printf(out, "%u", number_of_step(drawing, step));
		text = end;
	}
	buf_puts(out, text);
}

static void put_paragraph(FILE *out, const char *text)
{
	struct buf safe = { 0 }, lines = { 0 };

	escape_terminal(&safe, text, false);
	wrap_paragraph(&lines, buf_get(&safe), 0, 0, COMMIT_COLUMNS);
	fputs(buf_get(&lines), out);
	buf_deinit(&safe);
	buf_deinit(&lines);
}

static void put_sentence(const struct drawing *drawing)
{
	const struct case_result *result = drawing->result;
	struct buf text = { 0 }, numbered = { 0 };

	if (result->nr_findings)
		describe_finding(&text, result, &result->findings[0]);
	else
		buf_puts(&text, verdict_name(result->verdict));
	renumber(drawing, &numbered, buf_get(&text));
	put_paragraph(drawing->out, buf_get(&numbered));
	buf_deinit(&text);
	buf_deinit(&numbered);
}

static void put_origin(const struct drawing *drawing)
{
	const struct case_result *result = drawing->result;
	struct buf text = { 0 };

	buf_printf(&text, "Found by pfnsim in %s/%s on %s",
		   result_scenario_name(result), result_case_name(result),
		   result->kernel ? result->kernel : "-");
	if (result->version && *result->version)
		buf_printf(&text, " (%s)", result->version);
	buf_puts(&text, ".");
	put_paragraph(drawing->out, buf_get(&text));
	buf_deinit(&text);
}

void commit_write(FILE *out, const struct case_result *result)
{
	struct drawing drawing = {
		.out = out,
		.result = result,
		.trace = &result->trace,
	};

	survey(&drawing);
	put_sentence(&drawing);
	fputc('\n', out);
	put_head(&drawing);
	for (size_t i = drawing.trace->setup_end; i < drawing.end; i++)
		if (is_drawn(&drawing, i))
			draw(&drawing, i);
	fputc('\n', out);
	put_origin(&drawing);
}
