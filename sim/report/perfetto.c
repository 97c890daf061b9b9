// SPDX-License-Identifier: GPL-2.0-only
#include "perfetto.h"

#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "points.h"
#include "terminal.h"
#include "traceevents.h"

#define STEP 1000L /* microseconds */
#define POINT 800L
#define OPERATION_ENDS 900L /* behind the step that ends it */
#define INSIDE 400L	    /* where in a point's slice an arrow ends */

/* Of calls between two steps: each is so much later than the one before it. */
#define CALL 10L

enum { TASKS = 1, OBJECTS = 2, LOCKS = 3 };

/* What stands on the lane of a cache or a page. */
struct object {
	char *name, *state;
	long since;
};

/* A lock that a task takes now and then: readers of one have a lane each. */
struct lock_lane {
	const char *name;
	unsigned int task;
	long since[HELD_MAX];
	unsigned int depth;
};

struct writer {
	const struct case_result *result;
	const struct trace *trace;
	struct trace_events events;
	struct object *objects;
	size_t nr_objects;
	struct lock_lane *locks;
	size_t nr_locks;
	unsigned int last;   /* step */
	unsigned int *steps; /* by event */
};

/* ---- Tasks --------------------------------------------------------------- */

static long step_at(const struct writer *writer, size_t event)
{
	return writer->steps[event] * STEP;
}

/* Where an arrow from or to the event binds. */
static struct flow_end inside(const struct writer *writer, size_t event)
{
	return (struct flow_end){
		.tid = writer->trace->events[event].task + 1L,
		.ts = step_at(writer, event) + INSIDE,
	};
}

static size_t end_of_operation(const struct writer *writer, size_t begin)
{
	const struct trace_event *events = writer->trace->events;

	for (size_t i = begin + 1; i < writer->trace->nr; i++)
		if (events[i].task == events[begin].task &&
		    events[i].kind == TRACE_END)
			return i;
	return writer->trace->nr;
}

static void add_place(struct jsonout *json, const struct trace_event *event)
{
	const struct place *place = event->place;
	struct buf at = { 0 };

	jsonout_open(json, "args", '{');
	if (place) {
		buf_printf(&at, "%s:%u", place->path, place->line);
		jsonout_text(json, "at", buf_get(&at));
	}
	if (place && place->function)
		jsonout_text(json, "function", place->function);
	if (place && place->source)
		jsonout_text(json, "source", place->source);
	if (event->changed)
		jsonout_text(json, "changed", event->changed);
	jsonout_close(json, '}');
	buf_deinit(&at);
}

static void add_operation(struct writer *writer, size_t event)
{
	const struct trace_event *this = &writer->trace->events[event];
	size_t end = end_of_operation(writer, event);
	long ts = step_at(writer, event);
	long until = end < writer->trace->nr ? step_at(writer, end) :
					       writer->last * STEP;
	struct jsonout json;

	item_begin_slice(&json, TASKS, this->task + 1L, ts,
			 until - ts + OPERATION_ENDS,
			 this->text ? this->text : "operation");
	if (end < writer->trace->nr && writer->trace->events[end].text) {
		jsonout_open(&json, "args", '{');
		jsonout_text(&json, "returns", writer->trace->events[end].text);
		jsonout_close(&json, '}');
	}
	item_end(&writer->events, &json, ts, RANK_OUTER);
}

static void add_point(struct writer *writer, size_t event)
{
	static const struct report_style style = { .utf8 = true };
	const struct trace_event *this = &writer->trace->events[event];
	long ts = step_at(writer, event);
	struct cell cell = { 0 };
	struct buf name = { 0 };
	struct jsonout json;

	cell_describe(&cell, this, &style, NULL);
	buf_printf(&name, "%s%s",
		   this->failing ? "FAILS: " :
		   this->cause	 ? "CAUSE: " :
				   "",
		   buf_get(&cell.body));
	item_begin_slice(&json, TASKS, this->task + 1L, ts, POINT,
			 buf_get(&name));
	add_place(&json, this);
	item_end(&writer->events, &json, ts, RANK_INNER);
	cell_deinit(&cell);
	buf_deinit(&name);
}

static void add_failure(struct writer *writer, size_t event)
{
	const struct trace_event *this = &writer->trace->events[event];
	long ts = step_at(writer, event);
	struct jsonout json;

	item_begin(&json, "i", TASKS, this->task + 1L,
		   this->text ? this->text : "failure");
	jsonout_number(&json, "ts", ts);
	jsonout_text(&json, "s", "g");
	item_end(&writer->events, &json, ts, RANK_OTHER);
	for (size_t i = writer->trace->setup_end; i < event; i++) {
		const struct trace_event *cause = &writer->trace->events[i];

		if (cause->cause)
			items_flow(&writer->events,
				   cause->kind == TRACE_NOTE &&
						   cause->note ==
							   NOTE_PAGE_FREE ?
					   "free -> use" :
					   "depends on",
				   TASKS, inside(writer, i),
				   inside(writer, event));
	}
}

static void add_task_events(struct writer *writer)
{
	const struct trace *trace = writer->trace;
	bool failed = false;

	for (size_t i = trace->setup_end; i < trace->nr; i++) {
		if (!trace_event_matters(trace, i) ||
		    trace->events[i].kind == TRACE_END)
			continue;
		if (trace->events[i].kind == TRACE_BEGIN) {
			add_operation(writer, i);
			continue;
		}
		add_point(writer, i);
		if (trace->events[i].failing && !failed)
			add_failure(writer, i);
		failed = failed || trace->events[i].failing;
	}
}

/* ---- Caches, pages, counters --------------------------------------------- */

static struct object *object_called(struct writer *writer, const char *name,
				    size_t len)
{
	struct object *object;

	for (size_t i = 0; i < writer->nr_objects; i++)
		if (strlen(writer->objects[i].name) == len &&
		    !memcmp(writer->objects[i].name, name, len))
			return &writer->objects[i];
	writer->objects = item_resize(
		writer->objects, (writer->nr_objects + 1) * sizeof(*object));
	object = &writer->objects[writer->nr_objects++];
	*object = (struct object){ .name = item_copy(name, len) };
	return object;
}

static void end_state(struct writer *writer, struct object *object, long ts)
{
	struct jsonout json;

	if (!object->state || ts <= object->since)
		return;
	item_begin_slice(&json, OBJECTS, object - writer->objects + 1,
			 object->since, ts - object->since, object->state);
	item_end(&writer->events, &json, object->since, RANK_OUTER);
	free(object->state);
	object->state = NULL;
}

static void set_state(struct writer *writer, struct object *object, long ts,
		      const char *state, size_t len)
{
	struct buf both = { 0 };

	end_state(writer, object, ts);
	if (object->state)
		buf_printf(&both, "%s, ", object->state);
	buf_add(&both, state, len);
	free(object->state);
	object->state = item_copy(buf_get(&both), both.len);
	object->since = ts;
	buf_deinit(&both);
}

static void add_counter(struct writer *writer, long ts, const char *name,
			size_t len, long value)
{
	char *copy = item_copy(name, len);
	struct jsonout json;

	item_begin(&json, "C", OBJECTS, 0, copy);
	jsonout_number(&json, "ts", ts);
	jsonout_open(&json, "args", '{');
	jsonout_number(&json, "value", value);
	jsonout_close(&json, '}');
	item_end(&writer->events, &json, ts, RANK_OTHER);
	free(copy);
}

/* "mmu seq 4 -> 5": the new value, and how long the name before it is. */
static bool is_counter(const char *line, size_t len, size_t *name, long *value)
{
	const char *arrow = memmem(line, len, " -> ", 4);
	const char *at = arrow;
	char *end;

	if (!arrow)
		return false;
	while (at > line && at[-1] >= '0' && at[-1] <= '9')
		at--;
	*value = strtol(arrow + 4, &end, 10);
	if (at == arrow || at == line || end != line + len)
		return false;
	*name = at - line - 1;
	return true;
}

static void add_change(struct writer *writer, long ts, const char *line,
		       size_t len)
{
	const char *space = memchr(line, ' ', len);
	const char *arrow = memmem(line, len, " -> ", 4);
	const char *state;
	size_t name;
	long value;

	if (is_counter(line, len, &name, &value)) {
		add_counter(writer, ts, line, name, value);
		return;
	}
	if (!space)
		return;
	state = arrow && arrow != space ? arrow + 4 : space + 1;
	set_state(writer, object_called(writer, line, space - line), ts, state,
		  line + len - state);
}

static void add_changes(struct writer *writer)
{
	const struct trace *trace = writer->trace;

	for (size_t i = trace->setup_end; i < trace->nr; i++) {
		const char *line = trace->events[i].changed;

		while (line && *line) {
			size_t len = strcspn(line, "\n");

			add_change(writer, step_at(writer, i), line, len);
			line += len + (line[len] == '\n');
		}
	}
	for (size_t i = 0; i < writer->nr_objects; i++)
		end_state(writer, &writer->objects[i],
			  (writer->last + 1) * STEP);
}

/* ---- Locks --------------------------------------------------------------- */

static struct lock_lane *lock_lane(struct writer *writer, const char *name,
				   unsigned int task)
{
	struct lock_lane *lane;

	for (size_t i = 0; i < writer->nr_locks; i++)
		if (writer->locks[i].task == task &&
		    !strcmp(writer->locks[i].name, name))
			return &writer->locks[i];
	writer->locks = item_resize(writer->locks,
				    (writer->nr_locks + 1) * sizeof(*lane));
	lane = &writer->locks[writer->nr_locks++];
	*lane = (struct lock_lane){ .name = name, .task = task };
	return lane;
}

static void end_lock(struct writer *writer, struct lock_lane *lane, long ts)
{
	long since = lane->since[--lane->depth];
	struct jsonout json;

	item_begin_slice(&json, LOCKS, lane - writer->locks + 1, since,
			 ts > since ? ts - since : CALL, "held");
	item_end(&writer->events, &json, since, RANK_OUTER);
}

static void follow_lock(struct writer *writer, struct held_locks *held,
			const struct trace_event *event, long ts)
{
	unsigned int nr = event->task < HOST_MAX_TASKS ?
				  held->task[event->task].nr :
				  0;
	struct lock_lane *lane;

	if (!held_follow(held, event))
		return;
	lane = lock_lane(writer, held_lock_name(event), event->task);
	if (held->task[event->task].nr > nr)
		lane->since[lane->depth++] = ts;
	else if (lane->depth)
		end_lock(writer, lane, ts);
}

static void add_locks(struct writer *writer)
{
	const struct trace *trace = writer->trace;
	struct held_locks held = { 0 };
	long ts = 0;

	for (size_t i = 0; i < trace->nr; i++) {
		ts = step_at(writer, i) > ts ? step_at(writer, i) : ts + CALL;
		follow_lock(writer, &held, &trace->events[i], ts);
	}
	for (size_t i = 0; i < writer->nr_locks; i++)
		while (writer->locks[i].depth)
			end_lock(writer, &writer->locks[i],
				 (writer->last + 1) * STEP);
}

/* ---- Waits --------------------------------------------------------------- */

/* From the last step of whoever ran before to where the wait ended. */
static void add_wait(struct writer *writer, size_t block)
{
	const struct trace_event *events = writer->trace->events;
	unsigned int task = events[block].task;
	size_t other = block, next = block + 1;

	for (; next < writer->trace->nr && events[next].task != task; next++)
		if (trace_event_matters(writer->trace, next) &&
		    events[next].kind != TRACE_END)
			other = next;
	while (next < writer->trace->nr &&
	       (events[next].task != task ||
		!trace_event_matters(writer->trace, next)))
		next++;
	if (other == block || next == writer->trace->nr ||
	    events[next].kind == TRACE_BLOCK || events[next].kind == TRACE_END)
		return;
	items_flow(&writer->events, "lets go on", TASKS, inside(writer, other),
		   inside(writer, next));
}

static void add_waits(struct writer *writer)
{
	const struct trace *trace = writer->trace;

	for (size_t i = trace->setup_end; i < trace->nr; i++)
		if (trace->events[i].kind == TRACE_BLOCK &&
		    trace_event_matters(trace, i))
			add_wait(writer, i);
}

/* ---- The file ------------------------------------------------------------ */

static void add_process(struct writer *writer, int pid, const char *name)
{
	items_name(&writer->events, "process_name", pid, 0, name);
	items_order(&writer->events, "process_sort_index", pid, 0, pid);
}

static void add_lane(struct writer *writer, int pid, size_t index,
		     const char *name)
{
	items_name(&writer->events, "thread_name", pid, index + 1, name);
	items_order(&writer->events, "thread_sort_index", pid, index + 1,
		    index);
}

static const char *task_name(const struct writer *writer, unsigned int task)
{
	const struct scenario *scn = writer->result->scenario;

	return task < scn->nr_task ? scn->task[task].name : "teardown";
}

static void add_lanes(struct writer *writer)
{
	const struct scenario *scn = writer->result->scenario;

	add_process(writer, TASKS, "tasks");
	for (size_t i = 0; i < scn->nr_task; i++)
		add_lane(writer, TASKS, i, scn->task[i].name);
	if (writer->nr_objects)
		add_process(writer, OBJECTS, "caches and pages");
	for (size_t i = 0; i < writer->nr_objects; i++)
		add_lane(writer, OBJECTS, i, writer->objects[i].name);
	if (writer->nr_locks)
		add_process(writer, LOCKS, "locks");
	for (size_t i = 0; i < writer->nr_locks; i++) {
		const struct lock_lane *lock = &writer->locks[i];
		struct buf name = { 0 };

		buf_printf(&name, "%s: %s", lock->name,
			   task_name(writer, lock->task));
		add_lane(writer, LOCKS, i, buf_get(&name));
		buf_deinit(&name);
	}
}

static void print_head(FILE *out, const struct case_result *result)
{
	struct jsonout json = { 0 };

	jsonout_open(&json, NULL, '{');
	jsonout_text(&json, "displayTimeUnit", "ms");
	jsonout_line(&json);
	jsonout_open(&json, "metadata", '{');
	jsonout_text(&json, "scenario", result_scenario_name(result));
	jsonout_text(&json, "case", result_case_name(result));
	jsonout_text(&json, "kernel", result->kernel);
	jsonout_text(&json, "verdict", verdict_name(result->verdict));
	if (result->nr_findings)
		jsonout_text(&json, "found", result->findings[0].text);
	jsonout_close(&json, '}');
	jsonout_line(&json);
	jsonout_open(&json, "traceEvents", '[');
	fputs(buf_get(&json.text), out);
	buf_deinit(&json.text);
}

/* What trace_step_number() says of each event, in one go. */
static void count_steps(struct writer *writer)
{
	const struct trace *trace = writer->trace;

	writer->steps = item_resize(NULL,
				    (trace->nr + 1) * sizeof(*writer->steps));
	for (size_t i = 0; i < trace->nr; i++) {
		writer->last += trace_event_matters(trace, i);
		writer->steps[i] = writer->last;
	}
}

void perfetto_write(FILE *out, const struct case_result *result)
{
	struct writer writer = {
		.result = result,
		.trace = &result->trace,
	};

	count_steps(&writer);
	add_task_events(&writer);
	add_waits(&writer);
	add_changes(&writer);
	add_locks(&writer);
	add_lanes(&writer);
	print_head(out, result);
	items_print(out, &writer.events);
	fputs("\n]}\n", out);
	for (size_t i = 0; i < writer.nr_objects; i++)
		free(writer.objects[i].name);
	free(writer.objects);
	free(writer.locks);
	free(writer.steps);
}
