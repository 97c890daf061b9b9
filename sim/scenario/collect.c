// SPDX-License-Identifier: GPL-2.0-only
/* What the engine found, told with the names and pages of a scenario. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "points.h"
#include "session.h"

/* ---- From engine findings to sentences ----------------------------------- */

/* Replaces @N by the name of task N. */
static char *name_tasks(const struct session *session, const char *text)
{
	char *out = text_of("%s", "");

	while (*text) {
		char *longer, *end;

		if (*text == '@' && text[1] >= '0' && text[1] <= '9') {
			unsigned long task = strtoul(text + 1, &end, 10);

			longer = text_of("%s%s", out,
					 session_task_name(session, task));
			text = end;
		} else {
			longer = text_of("%s%c", out, *text++);
		}
		free(out);
		out = longer;
	}
	return out;
}

static const struct step *step_of(const struct session *session,
				  const struct trace_event *event)
{
	const struct scenario *scn = session->scenario;

	if (!event || event->task >= scn->nr_task ||
	    event->step >= scn->task[event->task].nr_steps)
		return NULL;
	return &scn->task[event->task].steps[event->step];
}

/* The last event before @from that freed @pfn, or (size_t)-1. */
static size_t freed_at(const struct trace *trace, size_t from,
		       unsigned long pfn)
{
	if (from == (size_t)-1 || pfn == HOST_NO_PFN)
		return (size_t)-1;
	for (size_t i = from; i-- > 0;)
		if (trace->events[i].kind == TRACE_NOTE &&
		    trace->events[i].note == NOTE_PAGE_FREE &&
		    trace->events[i].pfn == pfn)
			return i;
	return (size_t)-1;
}

static char *access_sentence(const struct session *session,
			     const struct engine_finding *found,
			     const struct step *step, const struct trace *trace,
			     size_t freed)
{
	const struct cache_desc *cache =
		&session->scenario->cache[step->args.cache];
	bool read = step->op == SOP_GPC_READ;
	unsigned long len = read ? (step->args.has_len ? step->args.len :
							 cache->len) :
				   step->args.text.len;

	return text_of("%s %s %lu bytes through the khva of cache %s; its "
		       "page %s was freed at step %u",
		       session_task_name(session, found->task),
		       read ? "reads" : "writes", len, cache->name,
		       page_name(found->pfn), trace_step_number(trace, freed));
}

static const char *op_at(const struct session *session,
			 const struct trace *trace, size_t event)
{
	const struct step *step = event == (size_t)-1 ?
					  NULL :
					  step_of(session,
						  &trace->events[event]);

	return step ? scenario_op_name(step->op) : NULL;
}

static void mark_causes(struct trace *trace, size_t event, size_t freed,
			unsigned long pfn)
{
	if (event == (size_t)-1)
		return;
	if (freed != (size_t)-1)
		trace->events[freed].cause = true;
	for (size_t i = event; i-- > 0;) {
		struct trace_event *e = &trace->events[i];

		if (!e->changed || pfn == HOST_NO_PFN)
			continue;
		if (strstr(e->changed, page_name(pfn)) &&
		    strstr(e->changed, "-> P")) {
			e->cause = true;
			break;
		}
	}
}

static void add_violation(struct session *session, struct case_result *result,
			  const struct engine_finding *found)
{
	struct trace *trace = &result->trace;
	size_t event = found->event;
	size_t freed = freed_at(trace, event, found->pfn);
	const struct step *step = event == (size_t)-1 ?
					  NULL :
					  step_of(session,
						  &trace->events[event]);
	const char *op = op_at(session, trace, event);
	const char *other = op_at(session, trace, freed);
	struct finding *finding;
	char *text;

	if (found->kind == V_USE_AFTER_FREE && freed != (size_t)-1 && step &&
	    (step->op == SOP_GPC_READ || step->op == SOP_GPC_WRITE))
		text = access_sentence(session, found, step, trace, freed);
	else
		text = name_tasks(session, found->text);
	result_add(result, (struct pos){ 0 }, text);
	finding = &result->findings[result->nr_findings - 1];
	finding->is_violation = true;
	finding->violation = found->kind;
	finding->event = event;
	finding->pfn = found->pfn;
	finding->path = found->path ? text_of("%s", found->path) : NULL;
	finding->signature = text_of("%s in %s%s%s",
				     violation_name(found->kind),
				     op ? op : "the end", other ? " / " : "",
				     other ? other : "");
	mark_causes(trace, event, freed, found->pfn);
}

static int violations_first(const void *a, const void *b)
{
	const struct finding *x = a, *y = b;

	if (x->is_violation != y->is_violation)
		return y->is_violation - x->is_violation;
	if (x->event != y->event)
		return x->event < y->event ? -1 : 1;
	return (x->pos.line > y->pos.line) - (x->pos.line < y->pos.line);
}

void session_collect(struct session *session, struct case_result *result)
{
	for (unsigned int i = 0; i < engine.nr_findings; i++)
		if (!(result->desc->expect.allow &
		      (1UL << engine.finding[i].kind)))
			add_violation(session, result, &engine.finding[i]);
	if (result->nr_findings)
		qsort(result->findings, result->nr_findings,
		      sizeof(*result->findings), violations_first);
}

/* ---- Histories ----------------------------------------------------------- */

static void add_history_line(struct history *history, const char *verb,
			     size_t event, bool in_setup, char *text)
{
	history->lines = realloc(history->lines,
				 (history->nr + 1) * sizeof(*history->lines));
	if (!history->lines)
		abort();
	history->lines[history->nr++] = (struct history_line){
		.verb = verb,
		.event = event,
		.in_setup = in_setup,
		.text = text,
	};
}

static const char *verb_of(const struct trace_event *event)
{
	if (event->kind == TRACE_VIOLATION)
		return "used";
	if (event->kind != TRACE_NOTE)
		return NULL;
	switch (event->note) {
	case NOTE_PAGE_ALLOC:
		return "allocated";
	case NOTE_PAGE_FREE:
		return "freed";
	case NOTE_MAP:
		return "mapped";
	case NOTE_UNMAP:
		return "unmapped";
	default:
		return NULL;
	}
}

static void scan_history(const struct session *session, struct history *history,
			 const struct trace *trace, bool in_setup,
			 unsigned long pfn)
{
	for (size_t i = 0; i < trace->nr && history->nr < 12; i++) {
		const struct trace_event *event = &trace->events[i];
		const char *verb = verb_of(event);

		if (!verb || event->pfn != pfn)
			continue;
		add_history_line(
			history, verb, i, in_setup,
			text_of("by %s: %s",
				session_task_name(session, event->task),
				event->path ? event->path :
				event->text ? event->text :
					      ""));
	}
}

static bool has_history(const struct case_result *result, const char *name)
{
	for (size_t i = 0; i < result->nr_histories; i++)
		if (!strcmp(result->histories[i].name, name))
			return true;
	return false;
}

void session_histories(struct session *session, struct case_result *result)
{
	for (size_t i = 0; i < result->nr_findings; i++) {
		unsigned long pfn = result->findings[i].pfn;
		struct history history = { 0 };

		if (pfn == HOST_NO_PFN || has_history(result, page_name(pfn)))
			continue;
		history.name = text_of("%s", page_name(pfn));
		scan_history(session, &history, &session->setup_trace, true,
			     pfn);
		scan_history(session, &history, &result->trace, false, pfn);
		result->histories = realloc(result->histories,
					    (result->nr_histories + 1) *
						    sizeof(history));
		if (!result->histories)
			abort();
		result->histories[result->nr_histories++] = history;
	}
}
