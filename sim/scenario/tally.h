/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a piece of a search came to, and that as lines of text, for another process
 * or for a later one.
 */
#ifndef PFNSIM_SCENARIO_TALLY_H
#define PFNSIM_SCENARIO_TALLY_H

#include <stdio.h>

#include "explore.h"

struct tally {
	uint64_t executions, pruned, deepest;
	uint64_t most_retries; /* of refreshes, in one execution */
	uint64_t witnessed;    /* `sometimes`, a bit each */
	bool incomplete;       /* something was too long, or did not fit */
	bool curbed;	       /* a loop was not followed without bound */
	bool dropped;	       /* there were more end states */
	struct end_state *states;
	size_t nr_states;
	/* The last execution fails: its schedule, or NULL. */
	uint8_t *schedule;
	uint32_t nr_schedule;
	unsigned long kinds; /* its violations; 0: an expectation */
	char *trap;	     /* reached what is not emulated, or NULL */
};

void tally_deinit(struct tally *tally);

/* Whether nothing that comes after it counts. */
static inline bool tally_is_last(const struct tally *tally)
{
	return tally->schedule || tally->trap;
}

/* Adds what came after @tally to it. */
void tally_add(struct tally *tally, const struct tally *more);

void tally_write(const struct tally *tally, FILE *out);

/*
 * Adds what a line of tally_write() says, without its newline.  Returns 0; -ENOENT
 * where it is none; -EINVAL where it is damaged.
 */
int tally_read(struct tally *tally, const char *line);

#endif /* PFNSIM_SCENARIO_TALLY_H */
