/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Traces on disk: one file a failing case, as `--out DIR` saves them and
 * `pfnsim report` and `pfnsim replay --trace` read them (savedtrace.h).
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

#endif /* PFNSIM_COMMANDS_TRACEFILE_H */
