/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The states that a search knows executions of a scenario to end in, as `pfnsim
 * soak --once` writes them; see sim/commands/soakstates.h for the lines.
 */
#ifndef PFNSIM_NATIVE_ENDS_H
#define PFNSIM_NATIVE_ENDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct known_end {
	uint64_t hash;
	char *text; /* of a state; of an order: the name of its case */
};

struct known_ends {
	char *path; /* of the scenario */
	bool all;   /* there are no others */
	struct known_end *state, *order;
	size_t nr_states, nr_orders;
};

struct ends {
	struct known_ends *file;
	size_t nr;
};

/* Returns 0, or -EINVAL where @in is none of these; owned by @ends either way. */
int ends_read(FILE *in, struct ends *ends);
void ends_deinit(struct ends *ends);

/* Of the file at @path, or NULL where nothing is known. */
const struct known_ends *ends_of(const struct ends *ends, const char *path);

/* Whether the state with that hash is one of them. */
bool ends_know(const struct known_ends *ends, uint64_t hash);

#endif /* PFNSIM_NATIVE_ENDS_H */
