// SPDX-License-Identifier: GPL-2.0-only
/* Traces as they are read back. */
#include <errno.h>
#include <obstack.h>
#include <stdlib.h>
#include <string.h>

#include "jsonin.h"
#include "points.h"
#include "savedtrace.h"

#define obstack_chunk_alloc malloc
#define obstack_chunk_free free

static const struct tree_limits limits = {
	.bytes = 64 * 1024 * 1024,
	.nodes = 4 * 1024 * 1024,
};

/* ---- Words --------------------------------------------------------------- */

static int find_among(const char *word, const char *(*name)(int), int nr)
{
	for (int i = 0; i < nr; i++) {
		const char *candidate = name(i);

		if (candidate && !strcmp(candidate, word))
			return i;
	}
	return -1;
}

#define FINDER(finder, naming, type, nr)                                       \
	static const char *finder##_name(int value)                            \
	{                                                                      \
		return naming((type)value);                                    \
	}                                                                      \
	static int finder(const char *word)                                    \
	{                                                                      \
		return find_among(word, finder##_name, nr);                    \
	}

FINDER(find_kind, saved_trace_kind_name, enum trace_kind, TRACE_VIOLATION + 1)
FINDER(find_note, saved_trace_note_name, enum host_note, NR_HOST_NOTES + 1)
FINDER(find_verdict, verdict_name, enum verdict, VERDICT_ERROR + 1)
FINDER(find_call, shim_call_name, enum shim_call, NR_SHIM_CALLS)
FINDER(find_violation, violation_name, enum violation, NR_VIOLATIONS)
FINDER(find_cap, kernel_cap_name, enum kernel_cap, NR_KERNEL_CAPS)

/* ---- The parts of a trace ------------------------------------------------ */

static void read_tasks(struct jsonin *json, struct node *node, void *object)
{
	struct saved_trace *trace = object;
	const char **names;
	struct node *task;
	size_t nr = jsonin_list(json, node, sizeof(*names), &names);

	if (nr > SCN_MAX_TASKS) {
		jsonin_wrong(json, node, "more than %d tasks", SCN_MAX_TASKS);
		return;
	}
	if (nr)
		node_for_each(task, node) {
			const char *name = jsonin_string(json, task);
			size_t at = trace->scenario.nr_task++;

			trace->scenario.task[at].name = (char *)(name ? name :
									"?");
		}
}

static void read_scenario(struct jsonin *json, struct node *node, void *object)
{
	static const struct field fields[] = {
		TEXT("name", struct scenario, name),
		TEXT("title", struct scenario, title),
		TEXT("path", struct scenario, path),
		TEXT("source", struct scenario, source),
	};
	struct scenario *scn = &((struct saved_trace *)object)->scenario;

	jsonin_object(json, node, fields, scn);
	scn->source_len = scn->source ? strlen(scn->source) : 0;
	if (!scn->name || !scn->path)
		jsonin_wrong(json, node, "a scenario has a name and a path");
}

struct case_head {
	const char *name;
	unsigned int line;
	bool in_file;
};

static void read_case(struct jsonin *json, struct node *node, void *object)
{
	static const struct field fields[] = {
		TEXT("name", struct case_head, name),
		NUMBER("line", struct case_head, line),
		FLAG("in-file", struct case_head, in_file),
	};
	struct saved_trace *trace = object;
	struct case_head head = { 0 };

	jsonin_object(json, node, fields, &head);
	trace->desc.name = (char *)(head.name ? head.name : "order");
	trace->desc.pos.line = head.line;
	trace->scenario.cases = &trace->desc;
	trace->scenario.nr_cases = head.in_file;
}

static void read_caps(struct jsonin *json, struct node *node, void *object)
{
	struct case_result *result = object;
	const char **unused;
	struct node *cap;

	if (!jsonin_list(json, node, sizeof(*unused), &unused))
		return;
	node_for_each(cap, node) {
		const char *name = jsonin_string(json, cap);
		int found = name ? find_cap(name) : -1;

		if (found >= 0)
			result->caps |= 1UL << found;
	}
}

static void read_kernel(struct jsonin *json, struct node *node, void *object)
{
	static const struct field fields[] = {
		TEXT("name", struct case_result, kernel),
		TEXT("version", struct case_result, version),
		TEXT("revision", struct case_result, revision),
		PART("capabilities", read_caps),
	};
	struct case_result *result = &((struct saved_trace *)object)->result;

	jsonin_object(json, node, fields, result);
	if (!result->kernel)
		jsonin_wrong(json, node, "a kernel has a name");
}

static void read_finding(struct jsonin *json, struct node *node,
			 struct finding *finding)
{
	static const struct field fields[] = {
		WORD("violation", struct finding, violation, find_violation),
		TEXT("text", struct finding, text),
		TEXT("signature", struct finding, signature),
		NUMBER("event", struct finding, event),
		NUMBER("page", struct finding, pfn),
		NUMBER("line", struct finding, pos.line),
		NUMBER("column", struct finding, pos.col),
		TEXT("path", struct finding, path),
	};

	finding->violation = NR_VIOLATIONS;
	finding->event = (size_t)-1;
	finding->pfn = HOST_NO_PFN;
	jsonin_object(json, node, fields, finding);
	finding->is_violation = finding->violation != NR_VIOLATIONS;
}

static void read_findings(struct jsonin *json, struct node *node, void *object)
{
	struct case_result *result = &((struct saved_trace *)object)->result;
	size_t nr = jsonin_list(json, node, sizeof(*result->findings),
				&result->findings);
	struct node *finding;

	if (nr)
		node_for_each(finding, node)
			read_finding(json, finding,
				     &result->findings[result->nr_findings++]);
}

static void read_history_lines(struct jsonin *json, struct node *node,
			       void *object)
{
	static const struct field fields[] = {
		TEXT("verb", struct history_line, verb),
		NUMBER("event", struct history_line, event),
		FLAG("in-setup", struct history_line, in_setup),
		TEXT("text", struct history_line, text),
	};
	struct history *history = object;
	size_t nr = jsonin_list(json, node, sizeof(*history->lines),
				&history->lines);
	struct node *child;

	if (!nr)
		return;
	node_for_each(child, node) {
		struct history_line *line = &history->lines[history->nr++];

		jsonin_object(json, child, fields, line);
		if (!line->verb)
			line->verb = "?";
	}
}

static void read_histories(struct jsonin *json, struct node *node, void *object)
{
	static const struct field fields[] = {
		TEXT("name", struct history, name),
		PART("lines", read_history_lines),
	};
	struct case_result *result = &((struct saved_trace *)object)->result;
	size_t nr = jsonin_list(json, node, sizeof(*result->histories),
				&result->histories);
	struct node *child;

	if (nr)
		node_for_each(child, node)
			jsonin_object(
				json, child, fields,
				&result->histories[result->nr_histories++]);
}

static void read_states(struct jsonin *json, struct node *node, void *object)
{
	static const struct field fields[] = {
		NUMBER("count", struct end_state, count),
		TEXT("text", struct end_state, text),
		TEXT("order", struct end_state, order),
	};
	struct explore_report *report = object;
	size_t nr = jsonin_list(json, node, sizeof(*report->states),
				&report->states);
	struct node *child;

	if (!nr)
		return;
	node_for_each(child, node) {
		struct end_state *state = &report->states[report->nr_states++];

		jsonin_object(json, child, fields, state);
		if (!state->text)
			jsonin_wrong(json, child, "a state has a text");
	}
}

static void read_search(struct jsonin *json, struct node *node, void *object)
{
	static const struct field fields[] = {
		NUMBER("stage", struct explore_report, stage),
		FLAG("exhausted", struct explore_report, exhausted),
		NUMBER("preemptions", struct explore_report, preemptions),
		NUMBER("executions", struct explore_report, executions),
		NUMBER("known", struct explore_report, pruned),
		NUMBER("most-retries", struct explore_report, most_retries),
		FLAG("curbed", struct explore_report, curbed),
		FLAG("failed", struct explore_report, failed),
		NUMBER("found-by", struct explore_report, found_by),
		NUMBER("found-at", struct explore_report, found_at),
		NUMBER("needs", struct explore_report, needs),
		FLAG("fewest", struct explore_report, fewest),
		FLAG("more-states", struct explore_report, states_dropped),
		PART("states", read_states),
	};
	struct saved_trace *trace = object;

	jsonin_object(json, node, fields, &trace->search);
	trace->result.search = &trace->search;
}

static void read_place(struct jsonin *json, struct node *node, void *object)
{
	static const struct field fields[] = {
		TEXT("path", struct place, path),
		NUMBER("line", struct place, line),
		TEXT("function", struct place, function),
		TEXT("source", struct place, source),
	};
	struct place *place = tree_alloc(json->memory, sizeof(*place));

	jsonin_object(json, node, fields, place);
	if (!place->path)
		jsonin_wrong(json, node, "a place has a path");
	((struct trace_event *)object)->place = place;
}

static void read_event(struct jsonin *json, struct node *node,
		       struct trace_event *event)
{
	static const struct field fields[] = {
		WORD("kind", struct trace_event, kind, find_kind),
		NUMBER("task", struct trace_event, task),
		NUMBER("step", struct trace_event, step),
		WORD("call", struct trace_event, call, find_call),
		TEXT("object", struct trace_event, obj),
		TEXT("point", struct trace_event, point),
		NUMBER("nth", struct trace_event, nth),
		NUMBER("ret", struct trace_event, ret),
		WORD("note", struct trace_event, note, find_note),
		NUMBER("page", struct trace_event, pfn),
		WORD("violation", struct trace_event, violation,
		     find_violation),
		TEXT("text", struct trace_event, text),
		TEXT("changed", struct trace_event, changed),
		TEXT("path", struct trace_event, path),
		FLAG("cause", struct trace_event, cause),
		FLAG("failing", struct trace_event, failing),
		FLAG("switched", struct trace_event, switched),
		PART("at", read_place),
	};

	event->pfn = HOST_NO_PFN;
	jsonin_object(json, node, fields, event);
	if (event->task >= HOST_MAX_TASKS)
		jsonin_wrong(json, node, "there is no task %u", event->task);
}

static void read_events(struct jsonin *json, struct node *node, void *object)
{
	struct trace *trace = &((struct saved_trace *)object)->result.trace;
	size_t nr = jsonin_list(json, node, sizeof(*trace->events),
				&trace->events);
	struct node *event;

	if (nr)
		node_for_each(event, node)
			read_event(json, event, &trace->events[trace->nr++]);
}

/* ---- The whole ----------------------------------------------------------- */

static void read_version(struct jsonin *json, struct node *node, void *object)
{
	unsigned int version = 0;

	(void)object;
	jsonin_number(json, node, &version, sizeof(version));
	if (version != SAVED_TRACE_VERSION)
		jsonin_wrong(
			json, node,
			"a trace of version %s; this program reads version %d",
			node->text, SAVED_TRACE_VERSION);
}

static const struct field top[] = {
	NEEDED_PART("pfnsim-trace", read_version),
	NEEDED_PART("scenario", read_scenario),
	NEEDED_PART("case", read_case),
	NEEDED_PART("kernel", read_kernel),
	WORD("verdict", struct saved_trace, result.verdict, find_verdict),
	TEXT("reason", struct saved_trace, result.reason),
	TEXT("order", struct saved_trace, result.order),
	NUMBER("order-line", struct saved_trace, result.order_line),
	PART("tasks", read_tasks),
	PART("findings", read_findings),
	PART("histories", read_histories),
	PART("search", read_search),
	FLAG("truncated", struct saved_trace, result.trace.truncated),
	NUMBER("setup-end", struct saved_trace, result.trace.setup_end),
	PART("events", read_events),
};

/* What points into the events must not point beside them. */
static void check_indices(struct jsonin *json, struct node *root,
			  struct saved_trace *trace)
{
	struct case_result *result = &trace->result;

	if (result->trace.setup_end > result->trace.nr)
		jsonin_wrong(json, root, "setup-end is beyond the last event");
	for (size_t i = 0; i < result->nr_findings; i++)
		if (result->findings[i].event >= result->trace.nr)
			result->findings[i].event = (size_t)-1;
}

static void read_root(struct jsonin *json, struct saved_trace *trace)
{
	const char *source = json->diags.source;
	struct node *root;

	if (source[strspn(source, " \t\r\n")] != '{') {
		diag_add(&json->diags, DIAG_ERROR, (struct pos){ 1, 1, 1 },
			 "not a trace of pfnsim%s",
			 strncmp(source, "pfnsim-trace 1", 14) ?
				 "" :
				 " that this version reads: save it again");
		return;
	}
	root = tree_parse(&json->diags, json->memory, &limits);
	if (!root)
		return;
	jsonin_object(json, root, top, trace);
	check_indices(json, root, trace);
}

int saved_trace_read(const char *path, struct saved_trace *trace)
{
	struct jsonin json;
	bool good;

	memset(trace, 0, sizeof(*trace));
	json.memory = trace->memory = malloc(sizeof(*trace->memory));
	if (!json.memory)
		abort();
	obstack_init(json.memory);
	diags_init(&json.diags);
	trace->result.scenario = &trace->scenario;
	trace->result.desc = &trace->desc;
	if (!tree_load(path, &json.diags, &limits))
		read_root(&json, trace);
	good = !json.diags.nr_errors;
	if (!good)
		diags_print(&json.diags, stderr);
	diags_deinit(&json.diags);
	if (good)
		return 0;
	saved_trace_destroy(trace);
	return -EINVAL;
}

void saved_trace_destroy(struct saved_trace *trace)
{
	if (trace->memory)
		obstack_free(trace->memory, NULL);
	free(trace->memory);
	memset(trace, 0, sizeof(*trace));
}
