/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of cli_parse() share.
 *
 * What returns a status has printed the help that was asked for or the one line
 * of an error, and returns what to exit with; or CLI_GO where parsing goes on.
 */
#ifndef PFNSIM_CLI_PARSER_H
#define PFNSIM_CLI_PARSER_H

#include <stdio.h>

#include "options.h"

#define STATUS_OK 0
#define STATUS_USAGE 2

struct parser {
	struct cli_options *options;
	FILE *out, *err;
	int argc;
	char **argv;
	struct option *longs;
	char letters[128];
};

/* ---- Errors, each of which returns STATUS_USAGE -------------------------- */

__attribute__((format(printf, 2, 3))) int cli_usage_error(struct parser *parser,
							  const char *fmt, ...);
int cli_no_memory(struct parser *parser);
int cli_unknown_command(struct parser *parser, const char *name);

/* @name is what the user gave, without dashes and without its value. */
int cli_unknown_option(struct parser *parser, const char *name, size_t len);
int cli_wrong_choice(struct parser *parser, const struct cli_option *option,
		     const char *value);

/* ---- Values -------------------------------------------------------------- */

/* Appends to an array that is owned by who frees it. Returns 0 or -ENOMEM. */
int cli_add_name(const char ***names, size_t *nr, const char *name);

/* @is_long: the option was given by its long name. */
int cli_set_option(struct parser *parser, const struct cli_option *option,
		   const char *value, bool is_long);
int cli_print_help(struct parser *parser, bool manual);

/* ---- What goes together -------------------------------------------------- */

/* Operands and options of the command, once all are known. */
int cli_check_options(struct parser *parser);

#endif /* PFNSIM_CLI_PARSER_H */
