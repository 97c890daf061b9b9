/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The command line: what the user asked for.
 *
 * One table of commands and one of options (options.h) is all there is to know;
 * the parser, both kinds of help and the completion are made from it.  Long
 * options are never abbreviated: a script must not change its meaning because an
 * option was added.
 */
#ifndef PFNSIM_CLI_CLI_H
#define PFNSIM_CLI_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "style.h"

enum cli_command {
	CLI_NEW,
	CLI_RUN,
	CLI_EXPLORE,
	CLI_MERGE,
	CLI_REPLAY,
	CLI_REPORT,
	CLI_SOAK,
	CLI_COMPARE,
	CLI_SERIES,
	CLI_LINT,
	CLI_LIST,
	CLI_POINTS,
	CLI_KERNEL,
	CLI_KERNELS,
	CLI_SCHEMA,
	CLI_BENCH,
	CLI_VERSION,
	NR_CLI_COMMANDS
};

enum cli_format {
	FORMAT_TEXT, /* list: plain */
	FORMAT_KTAP,
	FORMAT_JSON,
	FORMAT_CTEST,
	FORMAT_MARKDOWN,
	FORMAT_HTML,
	FORMAT_PERFETTO,
	FORMAT_COMMIT,
	FORMAT_RESULTS, /* schema: of results, as the next one */
	FORMAT_JUNIT,
};

enum cli_sanitizer { SANITIZE_NOTHING, SANITIZE_THREAD, SANITIZE_ADDRESS };

/*
 * Strings and operands point into argv, but for the folders of kernels, which are
 * owned: cli_options_deinit() frees them and the two arrays.
 */
struct cli_options {
	enum cli_command command;
	const char **kernels; /* -k, in the order given; none: all there are */
	size_t nr_kernels;
	const char **operands; /* files, for points an operation, for bench a
				  subject and files, for kernel a verb, a name
				  and a tree or revision, for series a tree, a
				  range (without mbox) and files */
	size_t nr_operands;
	const char *case_name, *order, *trace, *out_dir, *git, *mbox, *onto;
	const char *only;	 /* operations, comma-separated */
	const char *junit;	 /* file to write JUnit XML to */
	char *kernel_dir;	 /* --kernel-dir, or as cli_kernel_dir() says */
	char *installed_kernels; /* looked into behind it, or NULL */
	unsigned long format;	 /* enum cli_format */
	unsigned long color;	 /* enum color_when */
	unsigned long seconds;	 /* 0: not given */
	/* + 1; 0: not given */
	unsigned long preemptions, delays, seed;
	unsigned long random; /* 0: not given */
	unsigned long tasks;  /* 0: not given */
	const char *html, *perfetto, *source_url;
	unsigned long jobs; /* 0: not given */
	const char *shard;  /* --shard: "K/N" */
	const char *checkpoint;
	const char *find; /* --find: name of a violation */
	/* Of soak; 0: not given */
	unsigned long threads, operations, patience;
	const char *against; /* name of a kernel, or NULL */
	bool once;
	unsigned long sanitizer; /* enum cli_sanitizer */
	bool data_races;
	bool table, verbose, quiet, variants, ends, all;
};

/* cli_parse() says this where the command is to be carried out. */
#define CLI_GO (-1)

/*
 * Parses argv, with argv[0] the program.  Returns CLI_GO with @options filled, or
 * the status to exit with: 0 where help was asked for and printed on stdout, 2
 * behind a one-line error on stderr.  @options is initialised in any case.
 */
int cli_parse(int argc, char **argv, struct cli_options *options);

/* The same with other streams. */
int cli_parse_to(int argc, char **argv, struct cli_options *options, FILE *out,
		 FILE *err);

void cli_options_deinit(struct cli_options *options);

/* "run", "replay", ... */
const char *cli_command_name(enum cli_command command);

#endif /* PFNSIM_CLI_CLI_H */
