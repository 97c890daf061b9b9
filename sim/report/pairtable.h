/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What came of every combination of operations: a table of operations by
 * operations, then the failures one by one.
 *
 *	                     a b c
 *	a activate           .
 *	b refresh            . .
 *	c dontneed           . U .
 */
#ifndef PFNSIM_REPORT_PAIRTABLE_H
#define PFNSIM_REPORT_PAIRTABLE_H

#include <stdio.h>

#include "explore.h"
#include "pairs.h"
#include "style.h"

struct pair_result {
	struct combination what;
	enum verdict verdict;
	bool tool_error;
	uint64_t executions;
	bool exhausted;
	/* Of a failure; texts are owned, and NULL where there is nothing. */
	enum violation violation; /* the first; NR_VIOLATIONS: none */
	char *text;		  /* "use-after-free: ... (step 12)" */
	char *signature; /* "use-after-free in gpc.read / mm.dontneed" */
	char *order;
	unsigned int needs; /* preemptions */
	bool fewest;
	char *reason; /* of an UNKNOWN, a SKIP or an ERROR */
	char *path;   /* of the scenario where it was saved */
};

struct pair_results {
	const char *kernel;
	unsigned int nr_tasks;
	unsigned long preemptions; /* the bound */
	struct pair_result *results;
	size_t nr;
	double seconds;
};

void pair_results_deinit(struct pair_results *results);

/*
 * Prints, for people: the table of all machines, with style->verbose one for
 * each machine too; a block for each failure; what was not finished; how often
 * there is each kind of failure.  With style->quiet, the failures only.
 */
void report_pairs(FILE *out, const struct pair_results *results,
		  const struct report_style *style);

/* All of it as a JSON object, without a newline at its end. */
void report_pairs_json(FILE *out, const struct pair_results *results);

#endif /* PFNSIM_REPORT_PAIRTABLE_H */
