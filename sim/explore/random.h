/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Schedules that are drawn at random, each named by a seed.
 */
#ifndef PFNSIM_EXPLORE_RANDOM_H
#define PFNSIM_EXPLORE_RANDOM_H

#include "search.h"

enum random_kind {
	/* Any task that can go on, with equal chances, at every event. */
	RANDOM_UNIFORM,
	/*
	 * Tasks by priority, which changes at so many places (Burckhardt et al.,
	 * "A Randomized Scheduler with Probabilistic Guarantees of Finding
	 * Bugs", ASPLOS 2010).
	 */
	RANDOM_PCT,
	/*
	 * Events by priority, drawn anew where two of them race (Yuan, Yang and
	 * Gu, "Partial Order Aware Concurrency Sampling", CAV 2018).
	 */
	RANDOM_POS,
	/*
	 * Tasks by how many events they probably still have, as many as in any
	 * execution so far: where each has its number of events in every order,
	 * all orders have equal chances (URW of Zhao, Wolff, Mathur and
	 * Roychoudhury, "Selectively Uniform Concurrency Testing", ASPLOS 2025).
	 */
	RANDOM_URW,
};

struct random_way {
	enum random_kind kind;
	unsigned int depth; /* of PCT: the number of places that matter */
};

/*
 * One execution by @seed.  search.blind may be set: then no history is kept, and
 * the schedule is in random_schedule().  Returns how it ended.
 */
enum search_end random_run(struct random_way way, uint64_t seed);

/* The tasks of its events, and how many there were. */
const uint8_t *random_schedule(uint32_t *nr);

#endif /* PFNSIM_EXPLORE_RANDOM_H */
