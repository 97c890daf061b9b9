/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Worker processes: each is forked from this one, works on something and writes
 * lines about it.  One that dies takes nothing with it but what it was at.
 */
#ifndef PFNSIM_SCENARIO_POOL_H
#define PFNSIM_SCENARIO_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

struct pool_work {
	void *arg;
	/*
	 * What a worker is to work on: NULL, there is nothing now; @worker tells
	 * it from those that run at the same time.
	 */
	void *(*next)(void *arg, unsigned int worker);
	/* Works on it, in the worker. */
	void (*work)(void *arg, void *what, FILE *out);
	/* A line of the worker's, without its newline. */
	void (*line)(void *arg, unsigned int worker, char *line);
	/* It ended: with 0, or by what wait() says. */
	void (*ended)(void *arg, unsigned int worker, void *what, int status);
	/* Ten times a second; may be NULL. */
	void (*tick)(void *arg);
};

/* In a worker: whether others wait for what it has not begun yet. */
bool pool_is_hungry(void);

/*
 * Keeps up to @jobs workers at work until there is nothing to do and none runs.
 * Where engine.interrupted is set, workers are told so and none is started.
 * Returns 0, or a negative errno where none can be started.
 */
int pool_run(unsigned int jobs, const struct pool_work *work);

#endif /* PFNSIM_SCENARIO_POOL_H */
