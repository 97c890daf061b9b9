/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Results of cases made by hand, for tests of reports.
 */
#ifndef PFNSIM_TESTS_REPORT_FIXTURE_H
#define PFNSIM_TESTS_REPORT_FIXTURE_H

#include <stdio.h>

#include "savedtrace.h"
#include "style.h"

/*
 * A memslot is deleted and made again on another guest_memfd: vmm, closer and
 * vcpu0, 18 events after one operation of setup, of which 16 matter.
 * Everything is static: copy the struct to change it, never deinit it.
 */
extern const struct case_result recreate_result;

/*
 * What a case of hva-no-slot.yaml comes to on the seeded bug of that name, as
 * `run --out` saves it.
 */
void seeded_trace(const char *name, struct saved_trace *trace);

/* A page of @columns columns, plain ASCII, neither verbose nor quiet. */
struct report_style plain_style(unsigned int columns);

/* What @print writes, as a string that the caller frees. */
char *capture(void (*print)(FILE *out, const struct case_result *result,
			    const struct report_style *style),
	      const struct case_result *result,
	      const struct report_style *style);

/* Columns of the longest line of @text. */
size_t longest_line(const char *text);

/* Fails the test and shows both texts where they differ. */
void expect_text(const char *got, const char *want);

#endif /* PFNSIM_TESTS_REPORT_FIXTURE_H */
