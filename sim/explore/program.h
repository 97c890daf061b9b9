/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Small concurrent programs (tests/search-programs) as subjects of a search:
 * their numbers of interleavings are known, which checks a search, and they are
 * what others measure, which compares it.
 *
 * There is one kernel of programs in a process, and one program at a time.
 */
#ifndef PFNSIM_EXPLORE_PROGRAM_H
#define PFNSIM_EXPLORE_PROGRAM_H

#include <stddef.h>

#include "cycle.h"
#include "dpor.h"

/*
 * Loads the kernel of programs at @path.  Returns 0, or a negative errno with a
 * reason for a person in @why (of @size bytes).
 */
int programs_open(const char *path, char *why, size_t size);
void programs_close(void);

/*
 * Makes the program @name of sizes @n and @m the one that is searched.  Returns
 * 0, -ENOENT where there is none of that name, or -EINVAL where it has no task,
 * too many tasks, or does not start.
 */
int program_prepare(const char *name, unsigned int n, unsigned int m);

/* What it is to a search. */
const struct search_subject *program_subject(void);

/*
 * What executions came to.  Those in which a task gave up are not counted as
 * complete; they have no end state.
 */
struct program_totals {
	uint64_t complete, gave_up;
	uint64_t deadlocks, livelocks; /* among the complete ones */
	uint64_t no_end, starving;     /* ... from which a fair cycle goes */
	uint64_t failing;	       /* executions with a finding */
	uint64_t violations; /* found by any, bit 1 << enum violation */
	struct cycle cycle;  /* the last one that was found */
	/* Distinct end states in ascending order, where they are kept. */
	bool keep_states;
	uint64_t *states;
	size_t nr_states, room;
};

/*
 * Counts the execution that just ended; @totals is a struct program_totals, zero
 * before the first one but for keep_states.  Returns true.  A dpor_visitor.
 */
bool program_count(void *totals);

/* Sorts the states that were kept. */
void program_totals_finish(struct program_totals *totals);
void program_totals_deinit(struct program_totals *totals);

/* Searches the prepared program all through and counts into @totals. */
struct dpor_result program_search(enum reduction reduction,
				  struct program_totals *totals);

#endif /* PFNSIM_EXPLORE_PROGRAM_H */
