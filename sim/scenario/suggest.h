/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * "did you mean": the nearest of the names that are in scope.
 */
#ifndef PFNSIM_SCENARIO_SUGGEST_H
#define PFNSIM_SCENARIO_SUGGEST_H

#include <stddef.h>

/*
 * Edits (insert, delete, replace, swap of neighbours) between two names: the
 * optimal string alignment distance of F. Damerau (1964).  Names longer than
 * SUGGEST_MAX_LEN bytes are infinitely far from everything.
 */
#define SUGGEST_MAX_LEN 64
unsigned int suggest_distance(const char *a, size_t a_len, const char *b,
			      size_t b_len);

struct suggestion {
	const char *wanted;
	size_t len;
	const char *best; /* NULL: nothing is near enough */
	unsigned int distance;
};

void suggest_init(struct suggestion *suggestion, const char *wanted,
		  size_t len);

/* Keep @name where it is the nearest so far, at most len / 3 + 1 edits away. */
void suggest_offer(struct suggestion *suggestion, const char *name);

#endif /* PFNSIM_SCENARIO_SUGGEST_H */
