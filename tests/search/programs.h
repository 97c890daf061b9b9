/* SPDX-License-Identifier: GPL-2.0-only */
/* What the tests of programs have in common. */
#ifndef PFNSIM_TEST_PROGRAMS_H
#define PFNSIM_TEST_PROGRAMS_H

#include "program.h"

struct sized {
	const char *name;
	unsigned int n, m;
};

/* Loads the kernel of programs; for use as a test's .init and .fini. */
void programs_setup(void);
void programs_teardown(void);

/* Searches all through and fails the test where that does not end well. */
struct dpor_result search_through(const struct sized *program,
				  enum reduction reduction,
				  struct program_totals *totals);

#endif /* PFNSIM_TEST_PROGRAMS_H */
