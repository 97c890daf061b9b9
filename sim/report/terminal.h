/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The report of one case for a person at a terminal: verdict, one sentence with
 * the object and the step, the lanes, the objects' histories, how to run it
 * again.  A reader may stop after any of them.
 */
#ifndef PFNSIM_REPORT_TERMINAL_H
#define PFNSIM_REPORT_TERMINAL_H

#include <stdio.h>

#include "result.h"
#include "style.h"
#include "buf.h"

/*
 * Prints the report of @result: the whole page for a FAIL or an ERROR, and for
 * every verdict with style->verbose; otherwise the verdict and its reason, one
 * line each.  With style->quiet, only verdicts that fail a run are printed.
 */
void report_case(FILE *out, const struct case_result *result,
		 const struct report_style *style);

/* Name of the scenario, or of its file where it could not be read; never NULL. */
const char *result_scenario_name(const struct case_result *result);
/* Name of the case, "-" where the result is not of a case. */
const char *result_case_name(const struct case_result *result);

/*
 * Appends one line about a finding: "use-after-free: vcpu0 reads ... (step 16)"
 * or "expectation (line 63): ...".  Not escaped.
 */
void describe_finding(struct buf *out, const struct case_result *result,
		      const struct finding *finding);

/*
 * Appends the command that shows the case again, as a shell takes it; @separator
 * stands before each of its options but -k: " " or a continued line.
 */
void describe_replay(struct buf *out, const struct case_result *result,
		     const char *separator);

#endif /* PFNSIM_REPORT_TERMINAL_H */
