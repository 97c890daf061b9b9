// SPDX-License-Identifier: GPL-2.0-only
/* Results of cases: what they own, how they are named, counted and numbered. */
#include <stdlib.h>
#include <string.h>

#include "explore.h"
#include "result.h"

static void finding_deinit(struct finding *finding)
{
	free(finding->text);
	free(finding->signature);
	free(finding->path);
}

static void history_deinit(struct history *history)
{
	for (size_t i = 0; i < history->nr; i++)
		free(history->lines[i].text);
	free(history->lines);
	free(history->name);
}

void case_result_deinit(struct case_result *result)
{
	for (size_t i = 0; i < result->nr_findings; i++)
		finding_deinit(&result->findings[i]);
	for (size_t i = 0; i < result->nr_histories; i++)
		history_deinit(&result->histories[i]);
	free(result->findings);
	free(result->histories);
	free(result->reason);
	free(result->order);
	free(result->gpcs);
	if (result->search)
		explore_report_deinit(result->search);
	free(result->search);
	trace_deinit(&result->trace);
	memset(result, 0, sizeof(*result));
}

bool scenario_has_case(const struct scenario *scenario,
		       const struct case_desc *desc)
{
	for (size_t i = 0; i < scenario->nr_cases; i++)
		if (!strcmp(scenario->cases[i].name, desc->name))
			return true;
	return false;
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = {
		[VERDICT_PASS] = "PASS",   [VERDICT_XFAIL] = "XFAIL",
		[VERDICT_SKIP] = "SKIP",   [VERDICT_FAIL] = "FAIL",
		[VERDICT_XPASS] = "XPASS", [VERDICT_UNKNOWN] = "UNKNOWN",
		[VERDICT_ERROR] = "ERROR",
	};

	if ((size_t)verdict >= sizeof(names) / sizeof(names[0]))
		return NULL;
	return names[verdict];
}

static int exit_status(const struct case_result *result)
{
	switch (result->verdict) {
	case VERDICT_ERROR:
		return result->tool_error ? 4 : 2;
	case VERDICT_FAIL:
	case VERDICT_XPASS:
		return 1;
	case VERDICT_UNKNOWN:
		return 3;
	default:
		return 0;
	}
}

/* Rank of an exit status: a failure says more than a search without a verdict. */
static int severity(int status)
{
	static const int order[] = { 0, 3, 1, 2, 4 };
	int rank = 0;

	while (order[rank] != status)
		rank++;
	return rank;
}

int verdict_exit_status(const struct case_result *const *results, size_t nr)
{
	bool all_skipped = nr > 0;
	int worst = 0;

	for (size_t i = 0; i < nr; i++) {
		int status = exit_status(results[i]);

		if (severity(status) > severity(worst))
			worst = status;
		if (results[i]->verdict != VERDICT_SKIP)
			all_skipped = false;
	}
	return all_skipped ? 77 : worst;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

static bool note_matters(const struct trace_event *event)
{
	switch (event->note) {
	case NOTE_PAGE_ALLOC:
	case NOTE_PAGE_FREE:
	case NOTE_CACHE_ADD:
	case NOTE_CACHE_REMOVE:
		return true;
	default:
		return false;
	}
}

/* Whether the event is of a kind that is shown, whatever stands around it. */
static bool kind_matters(const struct trace_event *event)
{
	if (event->cause || event->failing || event->changed)
		return true;
	switch (event->kind) {
	case TRACE_BEGIN:
	case TRACE_END:
	case TRACE_BLOCK:
	case TRACE_VIOLATION:
		return true;
	case TRACE_CALL:
		return event->point != NULL;
	case TRACE_NOTE:
		return note_matters(event);
	case TRACE_RESUME:
	case TRACE_LOG:
		return false;
	}
	return false;
}

/* Whether the task was parked right behind this call, to let another one run. */
static bool parked_behind(const struct trace *trace, size_t event)
{
	const struct trace_event *events = trace->events;

	if (events[event].kind != TRACE_CALL)
		return false;
	for (size_t i = event + 1; i < trace->nr; i++) {
		if (events[i].task != events[event].task)
			return true;
		if (events[i].kind == TRACE_CALL || kind_matters(&events[i]))
			return false;
	}
	return false;
}

/* A task that is woken and loses the race for the lock has not moved. */
static bool still_blocked(const struct trace *trace, size_t event)
{
	const struct trace_event *block = &trace->events[event];

	for (size_t i = event; i-- > trace->setup_end;) {
		const struct trace_event *earlier = &trace->events[i];

		if (earlier->task != block->task ||
		    earlier->kind == TRACE_RESUME)
			continue;
		return earlier->kind == TRACE_BLOCK &&
		       same_text(earlier->text, block->text);
	}
	return false;
}

static bool same_line(const struct trace_event *a, const struct trace_event *b)
{
	return a->kind == b->kind && a->task == b->task && a->step == b->step &&
	       a->call == b->call && a->nth == b->nth && a->note == b->note &&
	       a->pfn == b->pfn && same_text(a->obj, b->obj) &&
	       same_text(a->point, b->point) && same_text(a->text, b->text);
}

/* Whether the line above it in a report would read the same. */
static bool repeats(const struct trace *trace, size_t event)
{
	const struct trace_event *this = &trace->events[event];

	if (this->cause || this->failing || this->changed)
		return false;
	if (this->kind == TRACE_BLOCK)
		return still_blocked(trace, event);
	for (size_t i = event; i-- > trace->setup_end;) {
		const struct trace_event *earlier = &trace->events[i];

		if (kind_matters(earlier))
			return same_line(earlier, this);
	}
	return false;
}

bool trace_event_matters(const struct trace *trace, size_t event)
{
	if (event < trace->setup_end || event >= trace->nr)
		return false;
	if (kind_matters(&trace->events[event]))
		return !repeats(trace, event);
	return parked_behind(trace, event);
}

unsigned int trace_step_number(const struct trace *trace, size_t event)
{
	unsigned int number = 0;

	if (event >= trace->nr)
		return 0;
	for (size_t i = trace->setup_end; i <= event; i++)
		number += trace_event_matters(trace, i);
	return number;
}
