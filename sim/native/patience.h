/* SPDX-License-Identifier: GPL-2.0-only */
/* When a task that does not get on is a hang. */
#ifndef PFNSIM_NATIVE_PATIENCE_H
#define PFNSIM_NATIVE_PATIENCE_H

#include "native.h"

/* How far a task had come when it was seen to have moved last; all zeros: never. */
struct patience {
	uint64_t points, op_since;
	uint64_t when; /* native_now() */
};

/*
 * Looks at @task at the time @now: whether it is within the operation, and behind
 * the call, at which it was seen more than @ns nanoseconds before.
 */
bool patience_ends(struct patience *patience, const struct native_task *task,
		   uint64_t now, uint64_t ns);

/*
 * How long to wait, in nanoseconds, where the user says @seconds: what @expected,
 * a bit a violation, tells to come anyway needs no long look.
 */
uint64_t patience_for(unsigned int seconds, unsigned long expected);

#endif /* PFNSIM_NATIVE_PATIENCE_H */
