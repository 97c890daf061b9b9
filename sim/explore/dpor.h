/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exhaustive search.
 */
#ifndef PFNSIM_EXPLORE_DPOR_H
#define PFNSIM_EXPLORE_DPOR_H

#include "search.h"
#include "unit.h"

enum reduction {
	REDUCE_NOTHING, /* every interleaving of events */
	REDUCE_SOURCE, /* one of each set that differ in the order of independent
			   events, and a few more */
	REDUCE_OPTIMAL, /* exactly one of each */
};

struct dpor_result {
	uint64_t executions; /* that ran to an end */
	uint64_t redundant;  /* that were cut short: known already */
	uint64_t deadlocks, events;
	uint64_t restarts;
	bool exhausted;
	bool incomplete; /* something did not fit */
	bool limited;	 /* it came to the limit of executions */
	bool grew;	 /* search.growth, which ends the search of a unit */
};

/*
 * Called after each execution that ran to an end, before the next one; returns
 * whether to go on.
 */
typedef bool (*dpor_visitor)(void *arg);

/*
 * Searches the subject that search_init() named.
 *
 * Source sets and sleep sets after Abdulla, Aronis, Jonsson and Sagonas, "Source
 * Sets: A Foundation for Optimal Dynamic Partial Order Reduction", JACM 64(4),
 * 2017.
 */
struct dpor_result dpor_search(enum reduction reduction, dpor_visitor visit,
			       void *arg);

/*
 * The same of a part: @unit, with at most @limit executions, redundant ones among
 * them.  Once more is known to be shared than was so at its beginning, what a unit
 * is has changed, and nothing that was found counts.
 */
struct dpor_result dpor_search_unit(enum reduction reduction,
				    const struct unit *unit, uint64_t limit,
				    dpor_visitor visit, void *arg);

/*
 * What is left of a search that came to its limit, as units in the order in which
 * it would come to them.
 */
void dpor_left(struct units *units);

#endif /* PFNSIM_EXPLORE_DPOR_H */
