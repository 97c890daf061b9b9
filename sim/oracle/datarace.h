/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Data races: two accesses of which one writes, one is plain, and nothing orders
 * them (tools/memory-model/Documentation/access-marking.txt).
 */
#ifndef PFNSIM_ORACLE_DATARACE_H
#define PFNSIM_ORACLE_DATARACE_H

#include <stdbool.h>
#include <stdint.h>

struct race_side {
	unsigned int task;
	const void *pc; /* in the kernel; NULL: inside the emulation */
	bool write, marked;
	unsigned int size; /* of the access; 0: it is none of the kernel's */
	/* How it was come to, innermost first; NULL: nobody kept it. */
	const char *path;
	uint64_t value; /* what was there before, where path is */
};

/*
 * Reports the race once in an execution, unless the kernel's authors mean it to
 * be there.  Returns whether it did.
 */
bool data_race_report(const struct race_side *first,
		      const struct race_side *second);

/* Why a race of the access at @pc is intended, or NULL. */
const char *data_race_intended(const void *pc);

#endif /* PFNSIM_ORACLE_DATARACE_H */
