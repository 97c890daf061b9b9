/* SPDX-License-Identifier: GPL-2.0-only */
/* What a search covered, what it found and where its executions ended. */
#ifndef PFNSIM_REPORT_SEARCHREPORT_H
#define PFNSIM_REPORT_SEARCHREPORT_H

#include <stdio.h>

#include "explore.h"
#include "style.h"

/*
 * Prints, below the report of the case: what was searched; of a failure, how it
 * was found, how many preemptions it needs and its order as a scenario file has
 * it; with style->verbose every end state, else the first few.
 */
void report_search(FILE *out, const struct case_result *result,
		   const struct explore_report *report,
		   const struct report_style *style);

/* The same as a JSON object. */
void report_search_json(FILE *out, const struct case_result *result,
			const struct explore_report *report);

#endif /* PFNSIM_REPORT_SEARCHREPORT_H */
