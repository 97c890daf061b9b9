/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * SPIN, where it is installed, on our model of the program pfn.
 */
#ifndef PFNSIM_COMMANDS_BENCHSPIN_H
#define PFNSIM_COMMANDS_BENCHSPIN_H

#include <stdbool.h>

struct spin_figures {
	unsigned long states, errors;
	double seconds; /* of the search alone, as SPIN says */
	double megabytes;
};

/* The version, as "6.5.2", into @version; false where there is no SPIN. */
bool spin_version(char *version, unsigned long size);

/*
 * Searches @model all through for pfn(@invalidators, @attempts).  Returns 0 or a
 * negative errno with the reason for a person in @why.
 */
int spin_search(const char *model, unsigned int invalidators,
		unsigned int attempts, struct spin_figures *figures, char *why,
		unsigned long size);

#endif /* PFNSIM_COMMANDS_BENCHSPIN_H */
