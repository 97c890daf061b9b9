/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One round of a conformance test on native threads: a thread a task, all at a
 * time.
 *
 * A round has a process of its own, as it may end with the kernel's end or with
 * threads that wait for ever.  That they do is told without a clock: each sleeps
 * inside of a primitive, and none ran between two looks.
 */
#ifndef PFNSIM_TEST_THREADS_H
#define PFNSIM_TEST_THREADS_H

#include "../shim/shim_test.h"
#include "loader.h"

#define MAX_FOUND 32

enum round_end { ROUND_DONE, ROUND_DEADLOCK, ROUND_FATAL, ROUND_LOST };

struct round {
	enum round_end end;
	unsigned int nr_found;
	struct {
		int kind; /* enum violation; NR_VIOLATIONS: a trap */
		char text[200];
	} found[MAX_FOUND];
};

/* Gets the struct shim_test by its number; false where there is none. */
bool threads_test(const struct loaded_kernel *kernel, unsigned long number,
		  struct shim_test *test);

/* Runs it once; the result lives until the next round.  @seed is for noise. */
const struct round *threads_run(const struct loaded_kernel *kernel,
				unsigned long number, unsigned long seed);

#endif /* PFNSIM_TEST_THREADS_H */
