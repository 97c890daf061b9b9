/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The page of a whole run: a matrix of cases and kernels, and below it a part of
 * its own for each case that did not simply pass, and for each search.
 */
#ifndef PFNSIM_REPORT_HTML_RUN_H
#define PFNSIM_REPORT_HTML_RUN_H

#include <stdio.h>

#include "result.h"
#include "table.h"

struct html_cell {
	bool there;
	enum verdict verdict;
	char fails[32];	   /* "use-after-free", or "" */
	unsigned int part; /* from 1; 0: it has none */
	unsigned int step; /* that fails, or 0 */
	size_t nr_states;  /* of a search */
};

struct html_row {
	char *scenario, *name;
	struct html_cell *cells; /* by kernel */
};

struct html_run {
	const char *source_url;
	char **kernels, **versions; /* of each: "6.12.117", or "" */
	size_t nr_kernels;
	struct html_row *rows;
	size_t nr_rows;
	unsigned int nr_parts;
	FILE *parts; /* where they gather until the matrix is known */
	char *parts_text;
	size_t parts_len;
	struct run_totals totals;
};

/* Zeroes @run; html_run_deinit() frees what it comes to own. */
void html_run_begin(struct html_run *run, const char *source_url);
void html_run_deinit(struct html_run *run);

/* Adds a result, which may go afterwards.  Its places must be known. */
void html_run_add(struct html_run *run, const struct case_result *result);

/* Writes the page; nothing can be added any more. */
void html_run_write(FILE *out, struct html_run *run);

#endif /* PFNSIM_REPORT_HTML_RUN_H */
