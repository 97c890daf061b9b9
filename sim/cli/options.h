/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The table of options. Static and read-only.
 */
#ifndef PFNSIM_CLI_OPTIONS_H
#define PFNSIM_CLI_OPTIONS_H

#include "cli.h"

enum cli_kind {
	KIND_FLAG,   /* bool                                     */
	KIND_STRING, /* const char *                             */
	KIND_COPY,   /* char *, owned                            */
	KIND_KERNEL, /* added to .kernels                        */
	KIND_CHOICE, /* unsigned long, by name                   */
	KIND_NUMBER, /* unsigned long, 1 up to .max              */
	KIND_COUNT,  /* unsigned long, 0 up to .max, kept + 1    */
	KIND_HELP,   /* short or long help; ends the parsing     */
};

struct cli_choice {
	const char *name;
	unsigned long value;
};

struct cli_option {
	const char *name; /* long, without dashes */
	char letter;	  /* short, or '\0' */
	const char *arg;  /* of its argument: "KERNEL", NULL: takes none */
	const char *help; /* one or two lines' worth */
	enum cli_kind kind;
	size_t target;			  /* offset in struct cli_options */
	unsigned long commands;		  /* bit 1UL << enum cli_command */
	const struct cli_choice *choices; /* ends with a NULL name */
	unsigned long max;
};

extern const struct cli_option cli_all_options[];
extern const size_t cli_nr_options;

/* Whether @option is one of @command's. */
bool cli_option_fits(const struct cli_option *option, enum cli_command command);

/* The option of @command by its long name of @len bytes, or NULL. */
const struct cli_option *cli_find_option(enum cli_command command,
					 const char *name, size_t len);

#endif /* PFNSIM_CLI_OPTIONS_H */
