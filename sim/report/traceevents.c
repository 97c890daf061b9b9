// SPDX-License-Identifier: GPL-2.0-only
#include "traceevents.h"

#include <stdlib.h>
#include <string.h>

void *item_resize(void *array, size_t size)
{
	array = realloc(array, size);
	if (!array)
		abort();
	return array;
}

char *item_copy(const char *text, size_t len)
{
	char *copy = strndup(text, len);

	if (!copy)
		abort();
	return copy;
}

void item_begin(struct jsonout *json, const char *ph, int pid, long tid,
		const char *name)
{
	*json = (struct jsonout){ 0 };
	jsonout_open(json, NULL, '{');
	jsonout_text(json, "ph", ph);
	jsonout_number(json, "pid", pid);
	jsonout_number(json, "tid", tid);
	jsonout_text(json, "name", name);
}

void item_begin_slice(struct jsonout *json, int pid, long tid, long ts,
		      long dur, const char *name)
{
	item_begin(json, "X", pid, tid, name);
	jsonout_number(json, "ts", ts);
	jsonout_number(json, "dur", dur);
}

void item_end(struct trace_events *events, struct jsonout *json, long ts,
	      enum event_rank rank)
{
	jsonout_close(json, '}');
	if (events->nr == events->size) {
		events->size = events->size ? events->size * 2 : 256;
		events->items = item_resize(
			events->items, events->size * sizeof(*events->items));
	}
	events->items[events->nr] = (struct trace_item){
		.ts = ts,
		.rank = rank,
		.order = events->nr,
		.text = item_copy(buf_get(&json->text), json->text.len),
	};
	events->nr++;
	buf_deinit(&json->text);
}

void items_name(struct trace_events *events, const char *what, int pid,
		long tid, const char *name)
{
	struct jsonout json;

	item_begin(&json, "M", pid, tid, what);
	jsonout_open(&json, "args", '{');
	jsonout_text(&json, "name", name);
	jsonout_close(&json, '}');
	item_end(events, &json, -1, RANK_OUTER);
}

void items_order(struct trace_events *events, const char *what, int pid,
		 long tid, long index)
{
	struct jsonout json;

	item_begin(&json, "M", pid, tid, what);
	jsonout_open(&json, "args", '{');
	jsonout_number(&json, "sort_index", index);
	jsonout_close(&json, '}');
	item_end(events, &json, -1, RANK_OUTER);
}

static void add_flow_end(struct trace_events *events, const char *name, int pid,
			 struct flow_end end, bool last)
{
	struct jsonout json;

	item_begin(&json, last ? "f" : "s", pid, end.tid, name);
	jsonout_number(&json, "ts", end.ts);
	jsonout_text(&json, "cat", "flow");
	jsonout_number(&json, "id", events->flow);
	/* Without it the arrow would end at the slice that comes next. */
	if (last)
		jsonout_text(&json, "bp", "e");
	item_end(events, &json, end.ts, RANK_OTHER);
}

void items_flow(struct trace_events *events, const char *name, int pid,
		struct flow_end from, struct flow_end to)
{
	events->flow++;
	add_flow_end(events, name, pid, from, false);
	add_flow_end(events, name, pid, to, true);
}

static int by_time(const void *a, const void *b)
{
	const struct trace_item *x = a, *y = b;

	if (x->ts != y->ts)
		return x->ts < y->ts ? -1 : 1;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

void items_print(FILE *out, struct trace_events *events)
{
	if (events->nr)
		qsort(events->items, events->nr, sizeof(*events->items),
		      by_time);
	for (size_t i = 0; i < events->nr; i++) {
		fprintf(out, "%s\n%s", i ? "," : "", events->items[i].text);
		free(events->items[i].text);
	}
	free(events->items);
	*events = (struct trace_events){ 0 };
}
