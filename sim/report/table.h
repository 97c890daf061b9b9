/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a whole run came to: totals, and a table of scenarios and kernels.
 *
 *	scenario               reference  gpc-gmem-rfc-v1
 *	---------------------  ---------  ---------------
 *	punch-hole-vs-refresh  3 pass     2 xfail 1 pass
 *	slot-move              1 pass     skip
 *
 *	2 known failures
 *	4 passed, 0 failed, 1 skipped
 */
#ifndef PFNSIM_REPORT_TABLE_H
#define PFNSIM_REPORT_TABLE_H

#include <stdio.h>

#include "result.h"
#include "style.h"

/* Every case counts once. failed: FAIL, XPASS, UNKNOWN and ERROR. */
struct run_totals {
	size_t passed, known, failed, skipped;
	size_t unexpected, unknown, errors; /* of the failed ones */
};

void run_totals_add(struct run_totals *totals, enum verdict verdict);

/*
 * Prints a line on known failures and on failures of a special kind, where
 * there are any, then exactly "12 passed, 0 failed, 3 skipped".
 */
void report_totals(FILE *out, const struct run_totals *totals,
		   const struct report_style *style);

struct run_row;
struct run_table {
	struct run_row *rows; /* owned */
	const char **kernels; /* the array is owned, the names are not */
	size_t nr_rows, nr_kernels;
};

/*
 * Adds one verdict; rows and columns stand in the order of their first use.
 * The names must outlive the table.  0 or -ENOMEM.
 */
int run_table_add(struct run_table *table, const char *scenario,
		  const char *kernel, enum verdict verdict);
void run_table_deinit(struct run_table *table);

/* Prints the table; kernels that do not fit go into further ones below it. */
void report_table(FILE *out, const struct run_table *table,
		  const struct report_style *style);

#endif /* PFNSIM_REPORT_TABLE_H */
