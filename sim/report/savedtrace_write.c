// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "jsonout.h"
#include "points.h"
#include "savedtrace.h"

const char *saved_trace_kind_name(enum trace_kind kind)
{
	static const char *const names[] = {
		[TRACE_BEGIN] = "begin",   [TRACE_END] = "end",
		[TRACE_CALL] = "call",	   [TRACE_BLOCK] = "block",
		[TRACE_RESUME] = "resume", [TRACE_NOTE] = "note",
		[TRACE_LOG] = "log",	   [TRACE_VIOLATION] = "violation",
	};

	return (size_t)kind < sizeof(names) / sizeof(names[0]) ? names[kind] :
								 NULL;
}

const char *saved_trace_note_name(enum host_note note)
{
	static const char *const names[] = {
		[NOTE_PAGE_ALLOC] = "page-alloc",
		[NOTE_PAGE_FREE] = "page-free",
		[NOTE_CACHE_ADD] = "cache-add",
		[NOTE_CACHE_REMOVE] = "cache-remove",
		[NOTE_MAP] = "map",
		[NOTE_UNMAP] = "unmap",
		[NOTE_PTE_SET] = "pte-set",
		[NOTE_PTE_CLEAR] = "pte-clear",
		[NOTE_ZAP_DIRECT] = "zap-direct",
		[NOTE_RESTORE_DIRECT] = "restore-direct",
		[NOTE_ACCESS] = "access",
		[NOTE_SPTE_SET] = "spte-set",
		[NOTE_SPTE_CLEAR] = "spte-clear",
		[NOTE_FREE_DEFERRED] = "free-deferred",
		[NOTE_FREE] = "free",
		[NR_HOST_NOTES] = "other",
	};

	return (size_t)note < sizeof(names) / sizeof(names[0]) ? names[note] :
								 NULL;
}

/* What is not there is left out. */
static void put_text(struct jsonout *json, const char *key, const char *text)
{
	if (text)
		jsonout_text(json, key, text);
}

static void put_number(struct jsonout *json, const char *key, long number)
{
	if (number)
		jsonout_number(json, key, number);
}

static void put_flag(struct jsonout *json, const char *key, bool flag)
{
	if (flag)
		jsonout_flag(json, key, true);
}

/* ---- What ran ------------------------------------------------------------ */

static void put_scenario(struct jsonout *json, const struct case_result *result)
{
	const struct scenario *scn = result->scenario;

	jsonout_line(json);
	jsonout_open(json, "scenario", '{');
	put_text(json, "name", scn->name);
	put_text(json, "title", scn->title);
	put_text(json, "path", scn->path);
	jsonout_line(json);
	jsonout_text(json, "source", scn->source);
	jsonout_close(json, '}');
	jsonout_line(json);
	jsonout_open(json, "tasks", '[');
	for (size_t i = 0; i < scn->nr_task; i++)
		jsonout_text(json, NULL, scn->task[i].name);
	jsonout_close(json, ']');
}

static void put_case(struct jsonout *json, const struct case_result *result)
{
	jsonout_line(json);
	jsonout_open(json, "case", '{');
	put_text(json, "name", result->desc->name);
	put_number(json, "line", result->desc->pos.line);
	jsonout_flag(json, "in-file",
		     scenario_has_case(result->scenario, result->desc));
	jsonout_close(json, '}');
}

static void put_kernel(struct jsonout *json, const struct case_result *result)
{
	jsonout_line(json);
	jsonout_open(json, "kernel", '{');
	put_text(json, "name", result->kernel);
	put_text(json, "version", result->version);
	put_text(json, "revision", result->revision);
	jsonout_open(json, "capabilities", '[');
	for (int i = 0; i < NR_KERNEL_CAPS; i++)
		if (result->caps >> i & 1)
			jsonout_text(json, NULL, kernel_cap_name(i));
	jsonout_close(json, ']');
	jsonout_close(json, '}');
}

/* ---- What came of it ----------------------------------------------------- */

static void put_event_index(struct jsonout *json, size_t event)
{
	if (event != (size_t)-1)
		jsonout_number(json, "event", event);
}

static void put_page(struct jsonout *json, unsigned long pfn)
{
	if (pfn != HOST_NO_PFN)
		jsonout_number(json, "page", pfn);
}

static void put_finding(struct jsonout *json, const struct finding *finding)
{
	jsonout_line(json);
	jsonout_open(json, NULL, '{');
	if (finding->is_violation)
		jsonout_text(json, "violation",
			     violation_name(finding->violation));
	put_text(json, "text", finding->text);
	put_text(json, "signature", finding->signature);
	put_event_index(json, finding->event);
	put_page(json, finding->pfn);
	put_number(json, "line", finding->pos.line);
	put_number(json, "column", finding->pos.col);
	put_text(json, "path", finding->path);
	jsonout_close(json, '}');
}

static void put_history(struct jsonout *json, const struct history *history)
{
	jsonout_line(json);
	jsonout_open(json, NULL, '{');
	put_text(json, "name", history->name);
	jsonout_open(json, "lines", '[');
	for (size_t i = 0; i < history->nr; i++) {
		const struct history_line *line = &history->lines[i];

		jsonout_open(json, NULL, '{');
		put_text(json, "verb", line->verb);
		jsonout_number(json, "event", line->event);
		put_flag(json, "in-setup", line->in_setup);
		put_text(json, "text", line->text);
		jsonout_close(json, '}');
	}
	jsonout_close(json, ']');
	jsonout_close(json, '}');
}

static void put_outcome(struct jsonout *json, const struct case_result *result)
{
	jsonout_line(json);
	jsonout_text(json, "verdict", verdict_name(result->verdict));
	put_text(json, "reason", result->reason);
	put_text(json, "order", result->order);
	put_number(json, "order-line", result->order_line);
	jsonout_line(json);
	jsonout_open(json, "findings", '[');
	for (size_t i = 0; i < result->nr_findings; i++)
		put_finding(json, &result->findings[i]);
	jsonout_close(json, ']');
	jsonout_line(json);
	jsonout_open(json, "histories", '[');
	for (size_t i = 0; i < result->nr_histories; i++)
		put_history(json, &result->histories[i]);
	jsonout_close(json, ']');
}

/* ---- Searches ------------------------------------------------------------ */

static void put_states(struct jsonout *json,
		       const struct explore_report *report)
{
	put_flag(json, "more-states", report->states_dropped);
	jsonout_open(json, "states", '[');
	for (size_t i = 0; i < report->nr_states; i++) {
		jsonout_line(json);
		jsonout_open(json, NULL, '{');
		jsonout_number(json, "count", report->states[i].count);
		put_text(json, "text", report->states[i].text);
		put_text(json, "order", report->states[i].order);
		jsonout_close(json, '}');
	}
	jsonout_close(json, ']');
}

static void put_search(struct jsonout *json,
		       const struct explore_report *report)
{
	if (!report || !report->executions)
		return;
	jsonout_line(json);
	jsonout_open(json, "search", '{');
	jsonout_number(json, "stage", report->stage);
	jsonout_flag(json, "exhausted", report->exhausted);
	put_number(json, "preemptions", report->preemptions);
	jsonout_number(json, "executions", report->executions);
	put_number(json, "known", report->pruned);
	put_number(json, "most-retries", report->most_retries);
	put_flag(json, "curbed", report->curbed);
	put_flag(json, "failed", report->failed);
	put_number(json, "found-by", report->found_by);
	put_number(json, "found-at", report->found_at);
	put_number(json, "needs", report->needs);
	put_flag(json, "fewest", report->fewest);
	put_states(json, report);
	jsonout_close(json, '}');
}

/* ---- Events -------------------------------------------------------------- */

static void put_place(struct jsonout *json, const struct place *place)
{
	if (!place)
		return;
	jsonout_open(json, "at", '{');
	put_text(json, "path", place->path);
	put_number(json, "line", place->line);
	put_text(json, "function", place->function);
	put_text(json, "source", place->source);
	jsonout_close(json, '}');
}

static void put_event(struct jsonout *json, const struct trace_event *event)
{
	jsonout_line(json);
	jsonout_open(json, NULL, '{');
	jsonout_text(json, "kind", saved_trace_kind_name(event->kind));
	jsonout_number(json, "task", event->task);
	put_number(json, "step", event->step);
	if (event->call != CALL_BEGIN)
		jsonout_text(json, "call", shim_call_name(event->call));
	put_text(json, "object", event->obj);
	put_text(json, "point", event->point);
	put_number(json, "nth", event->nth);
	put_number(json, "ret", event->ret);
	if (event->kind == TRACE_NOTE)
		jsonout_text(json, "note", saved_trace_note_name(event->note));
	put_page(json, event->pfn);
	if (event->kind == TRACE_VIOLATION)
		jsonout_text(json, "violation",
			     violation_name(event->violation));
	put_text(json, "text", event->text);
	put_text(json, "changed", event->changed);
	put_text(json, "path", event->path);
	put_flag(json, "cause", event->cause);
	put_flag(json, "failing", event->failing);
	put_flag(json, "switched", event->switched);
	put_place(json, event->place);
	jsonout_close(json, '}');
}

static void put_events(struct jsonout *json, const struct trace *trace)
{
	bool cut = trace->nr > SAVED_TRACE_MAX_EVENTS;
	size_t nr = cut ? SAVED_TRACE_MAX_EVENTS : trace->nr;

	jsonout_line(json);
	jsonout_flag(json, "truncated", trace->truncated || cut);
	jsonout_number(json, "setup-end",
		       trace->setup_end < nr ? trace->setup_end : nr);
	jsonout_open(json, "events", '[');
	for (size_t i = 0; i < nr; i++)
		put_event(json, &trace->events[i]);
	jsonout_close(json, ']');
}

void saved_trace_write(FILE *out, const struct case_result *result)
{
	struct jsonout json = { 0 };

	jsonout_open(&json, NULL, '{');
	jsonout_number(&json, "pfnsim-trace", SAVED_TRACE_VERSION);
	put_scenario(&json, result);
	put_case(&json, result);
	put_kernel(&json, result);
	put_outcome(&json, result);
	put_search(&json, result->search);
	put_events(&json, &result->trace);
	jsonout_close(&json, '}');
	fprintf(out, "%s\n", buf_get(&json.text));
	buf_deinit(&json.text);
}
