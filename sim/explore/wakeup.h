/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Wakeup trees: for a state, the sequences of events that are still to be tried
 * from there, so that none of them ends where everything is asleep.
 *
 * After Abdulla, Aronis, Jonsson and Sagonas, "Source Sets: A Foundation for
 * Optimal Dynamic Partial Order Reduction", JACM 64(4), 2017, section 7.
 */
#ifndef PFNSIM_EXPLORE_WAKEUP_H
#define PFNSIM_EXPLORE_WAKEUP_H

#include "sleep.h"

/*
 * An event of a sequence: one of the history, or where @event is WAKEUP_BLOCKED
 * one that did not happen, of @task, that would access @foot.
 */
#define WAKEUP_BLOCKED (~0U)
struct wakeup_step {
	uint32_t event;
	unsigned int task;
	const union clock *clock;
	struct foot foot;
};

void wakeup_init(void);

/*
 * Plans the @nr @steps from @node on, unless what is known or planned there covers
 * them.  Changes @steps.  Returns whether it planned anything.
 */
bool wakeup_insert(struct node *node, struct wakeup_step *steps, uint32_t nr);

/* The first task of the first branch of @tree. */
unsigned int wakeup_task(uint32_t tree);

/* Takes the first branch off @node's tree; returns what follows its first event. */
uint32_t wakeup_take(struct node *node);

/* Forgets a tree. */
void wakeup_drop(uint32_t tree);

#endif /* PFNSIM_EXPLORE_WAKEUP_H */
