/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a search says on standard error while it lasts: on a terminal one line
 * that is written over, elsewhere, in CI and where TERM is "dumb" a line at 10,
 * 100, 1000 and so on executions, with -q nothing.
 *
 * progress_clear() comes before anything else is printed.  There is one progress
 * in a process.
 */
#ifndef PFNSIM_COMMANDS_PROGRESS_H
#define PFNSIM_COMMANDS_PROGRESS_H

#include "cli.h"
#include "explore.h"

/* Begins anew for a search of @name; decides by @options and the environment. */
void progress_begin(const struct cli_options *options, const char *name);

/* As explore_session() calls it, ten times a second. */
void progress_show(const struct explore_report *report);

void progress_clear(void);

#endif /* PFNSIM_COMMANDS_PROGRESS_H */
