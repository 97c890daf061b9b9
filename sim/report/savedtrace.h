/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A result as a file: all that a report of it needs, without the scenario file,
 * the kernel or its tree.  docs/reading-a-report.md describes the format.
 *
 * Version 2.  Version 1 was a text that held no events.
 */
#ifndef PFNSIM_REPORT_SAVEDTRACE_H
#define PFNSIM_REPORT_SAVEDTRACE_H

#include <stdio.h>

#include "explore.h"
#include "result.h"

#define SAVED_TRACE_VERSION 2
/* Events beyond this are left out of the file, and it says so. */
#define SAVED_TRACE_MAX_EVENTS 50000

struct saved_trace {
	struct scenario scenario; /* path, source, names; nothing to run */
	struct case_desc desc;
	struct case_result result;
	struct explore_report search;
	struct obstack *memory; /* owns everything, the texts of result too */
};

/* Writes @result as JSON.  Its places must have been looked for. */
void saved_trace_write(FILE *out, const struct case_result *result);

/*
 * Reads @path.  Returns 0, or -EINVAL after printing to stderr what is wrong with
 * the file, each error with its line.
 */
int saved_trace_read(const char *path, struct saved_trace *trace);
void saved_trace_destroy(struct saved_trace *trace);

/* Words of the format, by value; NULL where there is none. */
const char *saved_trace_kind_name(enum trace_kind kind);
const char *saved_trace_note_name(enum host_note note);

#endif /* PFNSIM_REPORT_SAVEDTRACE_H */
