/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Help texts and completions, made from the tables in options.h.
 */
#ifndef PFNSIM_CLI_HELP_H
#define PFNSIM_CLI_HELP_H

#include "cli.h"

/* What `pfnsim` alone prints: what it is, its commands, how to begin. */
void cli_print_overview(FILE *out);

/* One screen on a command: usage, options, an example. */
void cli_print_short_help(FILE *out, enum cli_command command);

/* The manual text of a command, @columns wide. */
void cli_print_manual(FILE *out, enum cli_command command, size_t columns);

/* The page of a command, or of NR_CLI_COMMANDS pfnsim itself, in man(7). */
void cli_print_man(FILE *out, enum cli_command command);

/*
 * Completes a command line: @words are what stands behind the program's name, the
 * last one (may be "") is to be completed.  Prints one candidate a line; none
 * where a file name is wanted.
 */
void cli_complete(FILE *out, int nr, char **words);

#endif /* PFNSIM_CLI_HELP_H */
