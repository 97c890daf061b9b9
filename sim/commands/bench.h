/* SPDX-License-Identifier: GPL-2.0-only */
/* The subjects of `pfnsim bench`, and what they share. */
#ifndef PFNSIM_COMMANDS_BENCH_H
#define PFNSIM_COMMANDS_BENCH_H

#include "cli.h"
#include "inputs.h"

/* Seconds, from some moment on. */
double bench_now(void);

/* Seconds that this process had a processor: other processes do not count. */
double bench_cpu(void);

/*
 * Searches the programs of tests/search-programs all through, and draws schedules
 * at random ("random"); only what starts with @only where it is not NULL.  Prints;
 * returns the exit status.
 */
int bench_search(const struct cli_options *options, const char *only);

/* Searches @scenario on each kernel, in each way.  The same. */
int bench_explore(const struct cli_options *options,
		  const struct scenario *scenario,
		  const struct kernels *kernels);

#endif /* PFNSIM_COMMANDS_BENCH_H */
