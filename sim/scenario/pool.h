/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Worker processes: each is forked from this one, and works on one thing after
 * the other.  It is told of each by lines of text, and tells what it came to by
 * lines; a line that is a dot alone ends both.  One that dies takes nothing with
 * it but what it was at; another one is forked in its place.
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
	/* Writes what a worker has to know of it. */
	void (*ask)(void *arg, void *what, FILE *out);
	/* Works on it, in the worker, by what ask() wrote. */
	void (*work)(void *arg, char *asked, FILE *out);
	/* A line of the worker's, without its newline. */
	void (*line)(void *arg, unsigned int worker, char *line);
	/* The work ended: with 0, or with the worker, by what wait() says. */
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
