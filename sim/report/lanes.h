/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The lanes of a terminal report: who did what, in order.
 */
#ifndef PFNSIM_REPORT_LANES_H
#define PFNSIM_REPORT_LANES_H

#include <stdio.h>

#include "result.h"
#include "style.h"

/* Whether anything happened after setup. */
bool lanes_exist(const struct case_result *result);

/* Prints heads and rows. Nothing where lanes_exist() is false. */
void report_lanes(FILE *out, const struct case_result *result,
		  const struct report_style *style);

/* Prints the operations of setup, one a line, with what they returned. */
void report_setup(FILE *out, const struct case_result *result,
		  const struct report_style *style);

#endif /* PFNSIM_REPORT_LANES_H */
