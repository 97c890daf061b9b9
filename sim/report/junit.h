/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A run as JUnit XML, the dialect that CI systems read: a testsuite a scenario
 * file, a testcase a case and kernel.
 *
 *	<testsuites name="pfnsim">
 *	 <testsuite name="punch-hole" tests="1" failures="1" errors="0" skipped="0">
 *	  <testcase classname="punch-hole" name="any-order on linux-6.12">
 *	   <failure type="use-after-free" message="...">all findings</failure>
 *	  </testcase>
 *	 </testsuite>
 *	</testsuites>
 *
 * FAIL and XPASS are failures; UNKNOWN and ERROR are errors; a known failure is
 * a success that says so in its system-out.  There are no times: equal runs make
 * equal files.  Its schema is docs/junit.xsd.
 */
#ifndef PFNSIM_REPORT_JUNIT_H
#define PFNSIM_REPORT_JUNIT_H

#include <stdio.h>

#include "buf.h"
#include "result.h"

struct junit {
	FILE *out;
	char *suite;	  /* name of the file whose cases come, or NULL */
	struct buf cases; /* of this suite; its counts stand before them */
	size_t tests, failures, errors, skipped;
};

void junit_begin(struct junit *junit, FILE *out);
void junit_file_begin(struct junit *junit, const char *name);
void junit_case(struct junit *junit, const struct case_result *result);
void junit_file_end(struct junit *junit);

/* Ends the document, and the file that an interrupt left open. */
void junit_end(struct junit *junit);

#endif /* PFNSIM_REPORT_JUNIT_H */
