// SPDX-License-Identifier: GPL-2.0-only
#include "tracesteps.h"

#include <stdlib.h>
#include <string.h>

#include "meaning.h"
#include "points.h"
#include "session.h"

/*
 * What nobody could notice may come before or after a switch.  That a task waits
 * is seen from who goes on instead; atomics are calls where the kernel has hooks,
 * and accesses of its own where not.
 */
static bool is_step(const struct trace_event *event)
{
	enum call_meaning meaning;

	if (event->kind != TRACE_CALL)
		return event->kind == TRACE_END || event->kind == TRACE_NOTE;
	meaning = call_meaning(event->call);
	return event->call != CALL_ATOMIC && meaning != MEANS_NOTHING &&
	       meaning != MEANS_RCU_READER;
}

static const char *task_of(const struct scenario *scn,
			   const struct trace_event *event)
{
	return event->task < scn->nr_task ? scn->task[event->task].name :
					    "setup";
}

static const char *op_of(const struct scenario *scn,
			 const struct trace_event *event)
{
	if (event->task >= scn->nr_task ||
	    event->step >= scn->task[event->task].nr_steps)
		return "?";
	return scenario_op_name(scn->task[event->task].steps[event->step].op);
}

/* Of no event: the end. */
static char *text_of_step(const struct scenario *scn,
			  const struct trace_event *event)
{
	const char *task, *op;

	if (!event)
		return text_of("the end");
	task = task_of(scn, event);
	op = op_of(scn, event);
	switch (event->kind) {
	case TRACE_END:
		return text_of("%s %s/end, %ld", task, op, event->ret);
	case TRACE_NOTE:
		return text_of("%s %s: %s", task, op,
			       event->text ? event->text : "?");
	default:
		return text_of("%s %s/%s(%s)", task, op,
			       shim_call_name(event->call),
			       event->obj ? event->obj : "");
	}
}

/* The first step at or behind @from, or the number of events. */
static size_t step_from(const struct trace *trace, size_t from)
{
	while (from < trace->nr && !is_step(&trace->events[from]))
		from++;
	return from;
}

static const struct trace_event *event_at(const struct trace *trace, size_t at)
{
	return at < trace->nr ? &trace->events[at] : NULL;
}

static char *compare_step(const struct case_result *now, size_t at,
			  const struct trace_event *then)
{
	const struct trace_event *event = event_at(&now->trace, at);
	char *is = text_of_step(now->scenario, event);
	char *was = text_of_step(now->scenario, then);
	char *difference = NULL;

	if (strcmp(is, was))
		difference = text_of(
			"the code takes another path than the trace: step %u "
			"was `%s` and is `%s`",
			event ? trace_step_number(&now->trace, at) : 0, was,
			is);
	free(is);
	free(was);
	return difference;
}

/* Where lines are gone through again and again a trace has few of the rounds. */
static bool is_beginning(const struct case_result *then)
{
	return then->trace.truncated ||
	       (then->order && strstr(then->order, " again:"));
}

char *trace_steps_compare(const struct case_result *now,
			  const struct case_result *then)
{
	size_t i = step_from(&now->trace, 0), j = step_from(&then->trace, 0);
	char *difference;

	for (;;) {
		const struct trace_event *was = event_at(&then->trace, j);

		if (!was && (i >= now->trace.nr || is_beginning(then)))
			return NULL;
		difference = compare_step(now, i, was);
		if (difference)
			return difference;
		i = step_from(&now->trace, i + 1);
		j = step_from(&then->trace, j + 1);
	}
}
