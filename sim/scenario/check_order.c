// SPDX-License-Identifier: GPL-2.0-only
/*
 * Whether an order can be followed, as far as the file alone can tell: where
 * points lie inside an operation is for the run to find out.
 */
#include "reading.h"

#include <string.h>

/* The earliest place where a task may stand after the lines so far. */
struct progress {
	size_t step;
	bool inside; /* past the beginning of the step */
	bool ended;
	struct pos pos; /* of the line that brought it there; line 0: none */
};

static bool is_before(const struct progress *a, const struct progress *b)
{
	if (a->step != b->step)
		return a->step < b->step;
	return !a->inside && b->inside;
}

/* Move to the point; numbers count within an operation. */
static bool advance(const struct task_desc *task, const struct point_ref *point,
		    struct progress *progress)
{
	bool begin = !strcmp(point->name, "begin");
	bool end = !strcmp(point->name, "end");

	for (size_t i = progress->step; i < task->nr_steps; i++) {
		bool here = progress->inside && i == progress->step;
		bool once = task->steps[i].repeat == 1;

		if (task->steps[i].op != point->op || (begin && here && once))
			continue;
		progress->step = end && once ? i + 1 : i;
		progress->inside = !end;
		return true;
	}
	return false;
}

static bool has_step(const struct task_desc *task, enum scenario_op op)
{
	for (size_t i = 0; i < task->nr_steps; i++)
		if (task->steps[i].op == op)
			return true;
	return false;
}

static void report_absent(struct reading *r, const struct task_desc *task,
			  const struct point_ref *point)
{
	const char *op = scenario_op_name(point->op);
	struct suggestion suggestion;
	struct pos pos = point->pos;

	if (pos.len > strlen(op))
		pos.len = strlen(op);
	suggest_init(&suggestion, op, strlen(op));
	for (size_t i = 0; i < task->nr_steps; i++)
		suggest_offer(&suggestion, scenario_op_name(task->steps[i].op));
	if (suggestion.best)
		complain(r, pos, "%s has no step %s; did you mean '%s'?",
			 task->name, op, suggestion.best);
	else
		complain(r, pos, "%s has no step %s", task->name, op);
}

static void report_passed(struct reading *r, const struct task_desc *task,
			  const struct point_ref *point,
			  const struct progress *progress)
{
	const char *op = scenario_op_name(point->op);

	complain(r, point->pos, "%s has already passed %s/%s", task->name, op,
		 point->name);
	diag_note(r->diags, progress->pos, "after this line");
}

static bool follow_until(struct reading *r, int index,
			 const struct until *until, struct progress *progress)
{
	const struct task_desc *task = &r->s->task[index];

	if (until->kind == UNTIL_BLOCKED)
		return true;
	if (until->kind == UNTIL_END) {
		progress->step = task->nr_steps;
		progress->inside = false;
		progress->ended = true;
		return true;
	}
	if (advance(task, &until->point, progress))
		return true;
	if (r->broken[index])
		return false;
	if (has_step(task, until->point.op))
		report_passed(r, task, &until->point, progress);
	else
		report_absent(r, task, &until->point);
	return false;
}

/* Of several ends of the line, the earliest is assumed. */
static void follow_line(struct reading *r, const struct order_line *line,
			struct progress *progress)
{
	struct progress earliest = { 0 };
	bool ended = true, any = false;

	if (progress->ended) {
		complain(r, line->pos, "%s has ended already",
			 r->s->task[line->task].name);
		diag_note(r->diags, progress->pos, "with this line");
		return;
	}
	for (size_t i = 0; i < line->nr_until; i++) {
		struct progress next = *progress;

		if (!follow_until(r, line->task, &line->until[i], &next))
			continue;
		ended &= next.ended;
		if (!any || is_before(&next, &earliest))
			earliest = next;
		any = true;
	}
	if (!any)
		return;
	earliest.ended = ended;
	earliest.pos = line->pos;
	*progress = earliest;
}

void check_order(struct reading *r, struct pos last,
		 const struct case_desc *desc, bool complete)
{
	struct progress progress[SCN_MAX_TASKS] = { 0 };

	for (size_t i = 0; i < desc->nr_order; i++) {
		const struct order_line *line = &desc->order[i];

		if (!line->again)
			follow_line(r, line, &progress[line->task]);
		else if (i + 1 < desc->nr_order)
			complain(r, line[1].pos, "a line after 'again'");
		else
			return;
	}
	if (!complete)
		return;
	for (size_t t = 0; t < r->s->nr_task; t++)
		if (!progress[t].ended)
			complain(r, last,
				 "%s has not ended after the last "
				 "line; add '- %s: end'",
				 r->s->task[t].name, r->s->task[t].name);
}
