/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Traces on disk: one text file a failing case, as `--out DIR` saves them and
 * `pfnsim replay --trace FILE` reads them.
 *
 *	pfnsim-trace 1
 *	scenario: scenarios/hva-no-slot.yaml
 *	case: freed-in-the-window		none where an order was given
 *	kernel: linux-6.12
 *	order: vcpu0:gpc.activate/mapped vmm:mm.dontneed/end vcpu0:end vmm:end
 *
 *	FAIL  hva-no-slot / ...			the report, for people
 */
#ifndef PFNSIM_COMMANDS_TRACEFILE_H
#define PFNSIM_COMMANDS_TRACEFILE_H

#include "result.h"

/*
 * Makes the folder @dir where it is missing.  Returns 0, or 2 after an error on
 * stderr where traces cannot be written to it.
 */
int trace_folder(const char *dir);

/*
 * Writes the trace of @result into the folder @dir and points DIR/latest at it.
 * Returns its path (free() it), or NULL after an error on stderr.
 */
char *trace_save(const char *dir, const struct case_result *result);

/* What a trace file says about how to run it again; all owned. */
struct trace_head {
	char *scenario, *case_name, *kernel, *order;
};

/* Returns 0, or 2 after an error on stderr with the line it is about. */
int trace_load(const char *path, struct trace_head *head);
void trace_head_deinit(struct trace_head *head);

#endif /* PFNSIM_COMMANDS_TRACEFILE_H */
