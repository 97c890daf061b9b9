/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Every interleaving with at most so many preemptions, or delays.
 *
 * A preemption takes the processor from a task that could go on and does not
 * yield.  Most races need one or two (Musuvathi and Qadeer, "Iterative Context
 * Bounding for Systematic Testing of Multithreaded Programs", PLDI 2007).
 *
 * A delay passes over the task whose turn it is: the one that ran, or where that
 * cannot go on or yields, the next one by number and round (Emmi, Qadeer and
 * Rakamaric, "Delay-Bounded Scheduling", POPL 2011).  What needs one preemption by
 * the last of many tasks needs many delays; in return there are far fewer orders
 * with few of them.
 *
 * Two beginnings that differ in the order of independent events only lead to the
 * same state; the second is not followed, unless it left more of them over.
 */
#ifndef PFNSIM_EXPLORE_BOUNDED_H
#define PFNSIM_EXPLORE_BOUNDED_H

#include "search.h"

enum bound_kind { BOUND_PREEMPTIONS, BOUND_DELAYS };

struct bounded_result {
	uint64_t executions; /* that ran to an end */
	uint64_t pruned;     /* that reached a known state */
	uint64_t deadlocks, livelocks, restarts;
	bool exhausted;	 /* all within the bound */
	bool all;	 /* and none would have needed more */
	bool incomplete; /* some were too long, or could not be repeated */
};

/* As in dpor.h. */
typedef bool (*bounded_visitor)(void *arg);

/*
 * Searches the subject that search_init() named with at most @most of @kind in an
 * execution.  Stops after the execution where @visit returns false, the history
 * of which stays.
 */
struct bounded_result bounded_search(enum bound_kind kind, unsigned int most,
				     bounded_visitor visit, void *arg);

/* Gives back the memory that such a search takes. */
void bounded_release(void);

#endif /* PFNSIM_EXPLORE_BOUNDED_H */
