/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * States between events, and which tasks sleep there.
 *
 * A task sleeps where every execution that goes on with its next event is known.
 * It wakes when something happens that its event depends on (Godefroid,
 * "Partial-Order Methods for the Verification of Concurrent Systems", 1996).
 *
 * Nodes form a stack beside the history: node i is the state before event i.
 */
#ifndef PFNSIM_EXPLORE_SLEEP_H
#define PFNSIM_EXPLORE_SLEEP_H

#include "history.h"

/* What an event accesses, kept while the event itself is undone. */
struct foot {
	uint32_t location;
	uint8_t mask, mode;
};

struct sleeper {
	uint32_t foot, nr_feet;
	unsigned int task;
};

struct node {
	uint32_t wanted, done, asleep; /* tasks, a bit each */
	uint32_t sleeper, nr_sleepers, feet;
	uint32_t tree; /* first branch of the wakeup tree, + 1; wakeup.h */
	unsigned int next;
};

struct sleep_stack {
	struct node *nodes;
	struct sleeper *sleepers;
	struct foot *feet;
	uint32_t nr_nodes, nr_sleepers, nr_feet;
	bool full; /* somebody who could sleep does not: more is searched */
};

extern struct sleep_stack sleeping;

/* Empties the stack. */
void sleep_init(void);

/*
 * The node of the state that the history ends with; tasks that slept before the
 * last event and do not depend on it sleep on.
 */
struct node *sleep_push(void);

/* All that goes on from @node with @event, the history's next, is known. */
void sleep_add(struct node *node, uint32_t event);

static inline const struct foot *sleep_feet(const struct sleeper *sleeper)
{
	return &sleeping.feet[sleeper->foot];
}

/* Whether @event accesses anything that @nr @feet conflict with. */
bool feet_conflict(const struct foot *feet, uint32_t nr, uint32_t event);

/* Copies what @event accesses to @feet, which has room; returns how many. */
uint32_t feet_of(uint32_t event, struct foot *feet);

static inline uint32_t task_bit(unsigned int task)
{
	return 1U << task;
}

#endif /* PFNSIM_EXPLORE_SLEEP_H */
