/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A run as JSON:
 *
 *	{"version": 1, "results": [
 *	 {"scenario": ..., "case": ..., "kernel": ..., "verdict": "FAIL",
 *	  "reason": null, "findings": [...], "order": ...},
 *	 ...],
 *	 "passed": 12, "known": 2, "failed": 0, "skipped": 3}
 *
 * A finding has: kind (a violation's name or "expectation"), text, signature,
 * step (null: none), line and column of the expectation (0: none), path.
 * One line a result and a fixed order of keys, so that two runs can be compared.
 */
#ifndef PFNSIM_REPORT_JSON_H
#define PFNSIM_REPORT_JSON_H

#include <stdio.h>

#include "buf.h"
#include "result.h"
#include "table.h"

struct json {
	FILE *out;
	size_t nr; /* results written */
};

/* Appends an open object with what every result has, up to its order. */
void json_open_result(struct buf *out, const struct case_result *result);

void json_begin(struct json *json, FILE *out);
void json_case(struct json *json, const struct case_result *result);

/* A file that could not be read; @reason may be NULL. */
void json_file_error(struct json *json, const char *name, const char *reason);

void json_end(struct json *json, const struct run_totals *totals);

#endif /* PFNSIM_REPORT_JSON_H */
