/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Exhaustive search.
 */
#ifndef PFNSIM_EXPLORE_DPOR_H
#define PFNSIM_EXPLORE_DPOR_H

#include "search.h"

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

#endif /* PFNSIM_EXPLORE_DPOR_H */
