/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The table of commands, with their manual texts. Static and read-only.
 */
#ifndef PFNSIM_CLI_COMMAND_TABLE_H
#define PFNSIM_CLI_COMMAND_TABLE_H

#include "cli.h"

struct cli_command_desc {
	const char *name;
	const char *operands; /* "FILE|DIR..." or "" */
	size_t min, max;      /* number of operands */
	const char *need;     /* what is missing below min */
	const char *summary;
	const char *about;   /* paragraphs of the manual text */
	const char *example; /* lines of "command\ncommand" */
};

extern const struct cli_command_desc cli_commands[NR_CLI_COMMANDS];

/* The command called @name, or NR_CLI_COMMANDS. */
enum cli_command cli_find_command(const char *name);

#endif /* PFNSIM_CLI_COMMAND_TABLE_H */
