/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What one event of a trace reads like in its task's lane.
 */
#ifndef PFNSIM_REPORT_CELL_H
#define PFNSIM_REPORT_CELL_H

#include "held.h"
#include "style.h"
#include "buf.h"
#include "trace.h"

/* Zeroed before its first use; cell_deinit() frees the texts. */
struct cell {
	const char *lead; /* before the first line: "", "| " or "` " */
	const char *next; /* before all others, as wide as lead or wider */
	struct buf body;
	struct buf change; /* "generation 2 -> 3", empty: nothing changed */
};

/*
 * Describes @event.  With style->verbose calls are spelled out; with @held, which
 * may be NULL, so are the locks of the event's task.
 */
void cell_describe(struct cell *cell, const struct trace_event *event,
		   const struct report_style *style,
		   const struct held_locks *held);

void cell_deinit(struct cell *cell);

#endif /* PFNSIM_REPORT_CELL_H */
