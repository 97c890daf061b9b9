/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What `run`, `explore` and `replay` print of cases, in the form that --format asks for,
 * and the exit status that the cases come to.
 */
#ifndef PFNSIM_COMMANDS_OUTPUT_H
#define PFNSIM_COMMANDS_OUTPUT_H

#include "cli.h"
#include "json.h"
#include "junit.h"
#include "ktap.h"
#include "pages.h"
#include "style.h"
#include "table.h"

struct output {
	const struct cli_options *options;
	struct report_style style;
	struct run_totals totals;
	struct ktap ktap;
	struct json json;
	struct junit junit; /* of --junit, or without a stream */
	struct pages pages; /* of --html */
	bool tool_error, alone;
};

/*
 * @page: print the whole page of each case.  Returns 0, or 2 after an error on
 * stderr where the folder of --out or the file of --html or --junit cannot be had.
 * Set alone afterwards where one result is to have the page of --html to itself.
 */
int output_begin(struct output *output, const struct cli_options *options,
		 size_t nr_files, bool page);

/* Around the cases of a file; not to be ended where one of them did not run. */
void output_file_begin(struct output *output, const char *name, size_t nr);
void output_file_end(struct output *output, const char *name);

/* Prints and counts a result, and saves its trace where --out wants it. */
void output_case(struct output *output, struct case_result *result);

/* The same but for the printing, which is the caller's. */
void output_keep(struct output *output, struct case_result *result);

/* Ends what must be closed, whatever the format, and writes the page of --html. */
void output_end(struct output *output);

/* The worst decides: 4, 2, 1, 3; 77 where every case was skipped, or 0. */
int output_exit_status(const struct output *output);

#endif /* PFNSIM_COMMANDS_OUTPUT_H */
