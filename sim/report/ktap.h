/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A run as KTAP, version 1: one test a scenario file, its cases below it.
 *
 *	KTAP version 1
 *	1..1
 *	  KTAP version 1
 *	  # Subtest: punch-hole-vs-refresh
 *	  1..2
 *	  ok 1 reference/hole-after-map
 *	  # use-after-free: vcpu0 reads ...
 *	  ok 2 gpc-gmem-rfc-v1/any-order # XFAIL use-after-free: why
 *	ok 1 punch-hole-vs-refresh
 *
 * The caller announces how many tests come before it writes them, as KTAP wants
 * it: ktap_begin(), then for each file either ktap_file_error() or
 * ktap_file_begin(), ktap_case()..., ktap_file_end().
 */
#ifndef PFNSIM_REPORT_KTAP_H
#define PFNSIM_REPORT_KTAP_H

#include <stdio.h>

#include "result.h"

struct ktap {
	FILE *out;
	size_t file, in_file; /* numbers of the last tests written */
	size_t counts[VERDICT_ERROR + 1]; /* verdicts of this file */
};

void ktap_begin(struct ktap *ktap, FILE *out, size_t nr_files);
void ktap_file_begin(struct ktap *ktap, const char *name, size_t nr_cases);
void ktap_case(struct ktap *ktap, const struct case_result *result);
void ktap_file_end(struct ktap *ktap, const char *name);

/* A file that could not be read; @reason may be NULL. */
void ktap_file_error(struct ktap *ktap, const char *name, const char *reason);

#endif /* PFNSIM_REPORT_KTAP_H */
