/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trace events under construction: JSON objects that are added in any order and
 * printed by time, slices before what binds to them.
 */
#ifndef PFNSIM_REPORT_TRACEEVENTS_H
#define PFNSIM_REPORT_TRACEEVENTS_H

#include <stdio.h>

#include "jsonout.h"

/* Of events at the same time, which come first. */
enum event_rank { RANK_OUTER, RANK_INNER, RANK_OTHER };

struct trace_item {
	long ts;
	enum event_rank rank;
	size_t order;
	char *text;
};

/* Zeroed at first; items_print() frees what it comes to own. */
struct trace_events {
	struct trace_item *items;
	size_t nr, size;
	unsigned int flow; /* id of the last */
};

/* An event of phase @ph; more members may be added before item_end(). */
void item_begin(struct jsonout *json, const char *ph, int pid, long tid,
		const char *name);
void item_begin_slice(struct jsonout *json, int pid, long tid, long ts,
		      long dur, const char *name);
void item_end(struct trace_events *events, struct jsonout *json, long ts,
	      enum event_rank rank);

/* Metadata: @what is "thread_name", "thread_sort_index" and the like. */
void items_name(struct trace_events *events, const char *what, int pid,
		long tid, const char *name);
void items_order(struct trace_events *events, const char *what, int pid,
		 long tid, long index);

/* Where an end of an arrow binds: to the slice that is open there then. */
struct flow_end {
	long tid, ts;
};
void items_flow(struct trace_events *events, const char *name, int pid,
		struct flow_end from, struct flow_end to);

/* Prints all, with commas between, and frees them. */
void items_print(FILE *out, struct trace_events *events);

/* realloc() and strndup() that do not fail. */
void *item_resize(void *array, size_t size);
char *item_copy(const char *text, size_t len);

#endif /* PFNSIM_REPORT_TRACEEVENTS_H */
