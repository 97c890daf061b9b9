// SPDX-License-Identifier: GPL-2.0-only
/*
 * Trace events, held to the rules by which Perfetto reads them: a checker of
 * those rules, and for each of them a file that it must refuse.
 */
#include <obstack.h>
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "fixture.h"
#include "perfetto.h"
#include "tree.h"

#define obstack_chunk_alloc malloc
#define obstack_chunk_free free

#define MAX_EVENTS 4096

struct checked {
	const char *ph, *name, *cat, *bp, *scope;
	long pid, tid, ts, dur, id;
	bool has_ts, has_dur, has_args;
};

struct checker {
	struct checked events[MAX_EVENTS];
	size_t nr;
	const char *problem; /* the first, or NULL */
};

/* ---- Reading ------------------------------------------------------------- */

static void take(struct checked *event, const char *key,
		 const struct node *value)
{
	long number = strtol(value->text, NULL, 10);

	if (!strcmp(key, "ph"))
		event->ph = value->text;
	else if (!strcmp(key, "name"))
		event->name = value->text;
	else if (!strcmp(key, "cat"))
		event->cat = value->text;
	else if (!strcmp(key, "bp"))
		event->bp = value->text;
	else if (!strcmp(key, "s"))
		event->scope = value->text;
	else if (!strcmp(key, "pid"))
		event->pid = number;
	else if (!strcmp(key, "tid"))
		event->tid = number;
	else if (!strcmp(key, "id"))
		event->id = number;
	else if (!strcmp(key, "ts"))
		event->has_ts = true, event->ts = number;
	else if (!strcmp(key, "dur"))
		event->has_dur = true, event->dur = number;
	else if (!strcmp(key, "args"))
		event->has_args = value->kind == NODE_MAP && value->nr;
}

static void read_events(struct checker *checker, const struct node *list)
{
	struct node *event, *key, *value;

	node_for_each(event, list) {
		struct checked *checked = &checker->events[checker->nr++];

		cr_assert_leq(checker->nr, MAX_EVENTS);
		node_for_each_pair(key, value, event)
			take(checked, key->text, value);
	}
}

/* ---- Rules --------------------------------------------------------------- */

static void refuse(struct checker *checker, const char *problem)
{
	if (!checker->problem)
		checker->problem = problem;
}

static bool same_lane(const struct checked *a, const struct checked *b)
{
	return a->pid == b->pid && a->tid == b->tid;
}

static void check_form(struct checker *checker, const struct checked *event)
{
	if (!event->ph || !event->name || strlen(event->ph) != 1 ||
	    !strchr("MXiCsf", *event->ph)) {
		refuse(checker, "an event without a known phase or a name");
		return;
	}
	if (*event->ph != 'M' && (!event->has_ts || event->ts < 0))
		refuse(checker, "an event without a time");
	if (*event->ph == 'X' && (!event->has_dur || event->dur <= 0))
		refuse(checker, "a slice without a duration");
	if (*event->ph == 'i' &&
	    (!event->scope || !strchr("tpg", *event->scope)))
		refuse(checker, "an instant without a scope");
	if (strchr("MC", *event->ph) && !event->has_args)
		refuse(checker, "a name or a counter without a value");
	if (*event->ph == 'M' && strcmp(event->name, "process_name") &&
	    strcmp(event->name, "thread_name") &&
	    strcmp(event->name, "process_sort_index") &&
	    strcmp(event->name, "thread_sort_index"))
		refuse(checker, "metadata that is not read");
}

static void check_nesting(struct checker *checker, const struct checked *a)
{
	for (size_t i = 0; i < checker->nr; i++) {
		const struct checked *b = &checker->events[i];

		if (a == b || *b->ph != 'X' || !same_lane(a, b))
			continue;
		if (a->ts < b->ts && b->ts < a->ts + a->dur &&
		    a->ts + a->dur < b->ts + b->dur)
			refuse(checker, "slices that overlap");
	}
}

/* A slice that is open there, and stands before the flow in the file. */
static bool is_enclosed(const struct checker *checker,
			const struct checked *flow)
{
	for (size_t i = 0; &checker->events[i] < flow; i++) {
		const struct checked *slice = &checker->events[i];

		if (*slice->ph == 'X' && same_lane(slice, flow) &&
		    slice->ts < flow->ts && flow->ts < slice->ts + slice->dur)
			return true;
	}
	return false;
}

static void check_flow(struct checker *checker, const struct checked *flow)
{
	char other = *flow->ph == 's' ? 'f' : 's';
	size_t partners = 0, doubles = 0;

	for (size_t i = 0; i < checker->nr; i++) {
		const struct checked *event = &checker->events[i];

		if (event->id != flow->id || !strchr("sf", *event->ph))
			continue;
		doubles += event != flow && *event->ph == *flow->ph;
		partners += *event->ph == other && flow->name &&
			    !strcmp(event->name, flow->name) && event->cat &&
			    flow->cat && !strcmp(event->cat, flow->cat);
	}
	if (doubles)
		refuse(checker, "two flows of one id");
	else if (partners != 1)
		refuse(checker, "a flow whose ends differ");
	if (*flow->ph == 'f' && (!flow->bp || strcmp(flow->bp, "e")))
		refuse(checker, "a flow that ends at the next slice");
	if (!is_enclosed(checker, flow))
		refuse(checker, "a flow outside of a slice");
}

static void check_all(struct checker *checker)
{
	for (size_t i = 0; i < checker->nr && !checker->problem; i++)
		check_form(checker, &checker->events[i]);
	for (size_t i = 0; i < checker->nr && !checker->problem; i++) {
		const struct checked *event = &checker->events[i];

		if (*event->ph == 'X')
			check_nesting(checker, event);
		else if (strchr("sf", *event->ph))
			check_flow(checker, event);
		if (i && *event->ph != 'M' &&
		    event->ts < checker->events[i - 1].ts)
			refuse(checker, "events that are not sorted");
	}
}

/* The first rule that the file breaks, or NULL. */
static const char *check(const char *text)
{
	static struct checker checker;
	const struct tree_limits limits = { 1 << 20, 1 << 16 };
	struct node *root, *key, *value;
	struct obstack memory;
	struct diags diags;

	memset(&checker, 0, sizeof(checker));
	checker.problem = "no list of events";
	obstack_init(&memory);
	diags_init(&diags);
	tree_set_source(&diags, text, strlen(text));
	root = tree_parse(&diags, &memory, &limits);
	cr_assert(root, "not JSON: %s", text);
	node_for_each_pair(key, value, root) {
		if (strcmp(key->text, "traceEvents"))
			continue;
		checker.problem = NULL;
		read_events(&checker, value);
		check_all(&checker);
	}
	diags_deinit(&diags);
	obstack_free(&memory, NULL);
	return checker.problem;
}

/* ---- What the writer writes ---------------------------------------------- */

static void write_events(FILE *out, const struct case_result *result,
			 const struct report_style *style)
{
	(void)style;
	perfetto_write(out, result);
}

static char *written(void)
{
	return capture(write_events, &recreate_result, NULL);
}

/* Replaces the first @from behind @after. */
static char *changed(const char *after, const char *from, const char *to)
{
	char *text = written(), *at = strstr(text, after), *result;

	at = at ? strstr(at, from) : NULL;
	cr_assert(at, "no %s behind %s in:\n%s", from, after, text);
	cr_assert_neq(asprintf(&result, "%.*s%s%s", (int)(at - text), text, to,
			       at + strlen(from)),
		      -1);
	free(text);
	return result;
}

static void expect_problem(char *text, const char *problem)
{
	const char *found = check(text);

	cr_assert(found && !strcmp(found, problem), "%s, not %s, in:\n%s",
		  found ? found : "nothing", problem, text);
	free(text);
}

Test(report_perfetto, keeps_the_rules)
{
	char *text = written();
	const char *problem = check(text);

	cr_assert(!problem, "%s in:\n%s", problem, text);
	cr_assert(strstr(text, "\"name\": \"slot.delete(ram)\", \"ts\": 1000, "
			       "\"dur\": 3900"));
	cr_assert(strstr(text, "\"name\": \"free -> use\""));
	cr_assert(strstr(text, "FAILS: "));
	cr_assert(strstr(text, "\"name\": \"generation\", \"ts\": 2000, "
			       "\"args\": {\"value\": 3}"));
	free(text);
}

Test(report_perfetto, what_a_kernel_does_keeps_the_rules)
{
	static const char *const names[] = { "freed-in-the-window",
					     "moved-in-the-window",
					     "any-order" };

	for (size_t i = 0; i < 3; i++) {
		struct saved_trace trace;
		const char *problem;
		char *text;

		seeded_trace(names[i], &trace);
		text = capture(write_events, &trace.result, NULL);
		problem = check(text);
		cr_assert(!problem, "%s in:\n%s", problem, text);
		cr_assert(strstr(text, "FAILS: "));
		cr_assert(strstr(text, "\"ph\": \"s\""));
		cr_assert(strstr(text, "gpc->lock: vcpu0"));
		saved_trace_destroy(&trace);
		free(text);
	}
}

Test(report_perfetto, locks_have_lanes_by_task)
{
	struct trace_event events[] = {
		{ .kind = TRACE_BEGIN, .text = "gpc.refresh(clock)" },
		{ .kind = TRACE_CALL,
		  .call = CALL_READ_LOCK,
		  .obj = "gpc->lock" },
		{ .kind = TRACE_BEGIN, .task = 1, .text = "gpc.check(clock)" },
		{ .kind = TRACE_CALL,
		  .task = 1,
		  .call = CALL_READ_LOCK,
		  .obj = "gpc->lock" },
		{ .kind = TRACE_CALL,
		  .call = CALL_READ_UNLOCK,
		  .obj = "gpc->lock" },
		{ .kind = TRACE_CALL, .call = CALL_MUTEX_LOCK, .obj = "m" },
		{ .kind = TRACE_END, .text = "ret 0" },
		{ .kind = TRACE_CALL,
		  .task = 1,
		  .call = CALL_READ_UNLOCK,
		  .obj = "gpc->lock" },
		{ .kind = TRACE_END, .task = 1, .text = "ret 0" },
	};
	struct case_result result = recreate_result;
	const char *problem;
	char *text;

	result.trace = (struct trace){ .events = events, .nr = 9 };
	result.nr_findings = 0;
	text = capture(write_events, &result, NULL);
	problem = check(text);
	cr_assert(!problem, "%s in:\n%s", problem, text);
	cr_assert(strstr(text, "{\"name\": \"gpc->lock: vmm\"}"));
	cr_assert(strstr(text, "{\"name\": \"gpc->lock: closer\"}"));
	/* Still held at the end: until one step behind the last. */
	cr_assert(strstr(text, "{\"name\": \"m: vmm\"}"));
	free(text);
}

Test(report_perfetto, the_checker_wants_the_binding_point)
{
	expect_problem(changed("\"ph\": \"f\"", ", \"bp\": \"e\"", ""),
		       "a flow that ends at the next slice");
}

Test(report_perfetto, the_checker_wants_one_name)
{
	expect_problem(changed("\"ph\": \"f\"", "free -> use", "use"),
		       "a flow whose ends differ");
	expect_problem(changed("\"ph\": \"f\"", "\"cat\": \"flow\"",
			       "\"cat\": \"other\""),
		       "a flow whose ends differ");
}

Test(report_perfetto, the_checker_wants_flows_in_slices)
{
	/* The start of the flow goes where its task is outside of operations. */
	expect_problem(changed("\"ph\": \"s\"", "\"ts\": 7400", "\"ts\": 8950"),
		       "a flow outside of a slice");
}

Test(report_perfetto, the_checker_wants_slices_that_nest)
{
	expect_problem(changed("slot.delete(ram)", "\"dur\": 3900",
			       "\"dur\": 1500"),
		       "slices that overlap");
}

Test(report_perfetto, the_checker_wants_one_flow_an_id)
{
	char *text = changed("\"ph\": \"s\"", "\"id\": 2", "\"id\": 1");
	char *at = strstr(strstr(text, "\"ph\": \"f\""), "\"id\": 2");

	if (at)
		at[6] = '1';
	expect_problem(text, "two flows of one id");
}

Test(report_perfetto, the_checker_wants_durations_and_scopes)
{
	expect_problem(changed("\"ph\": \"X\"", ", \"dur\": 3900", ""),
		       "a slice without a duration");
	expect_problem(changed("\"ph\": \"i\"", "\"s\": \"g\"", "\"s\": \"x\""),
		       "an instant without a scope");
}
