/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Loops that wait for somebody else.
 *
 * A task that goes round a loop twice in the same way, and finds at the yield of
 * each round nothing changed that it read there, would do so for ever: what it
 * waits for is a write of somebody else.  Until that comes it lets others run
 * (compare "assume-await" of Kokologiannakis, Ren and Vafeiadis, CAV 2021, and
 * the fair scheduler of Musuvathi and Qadeer, PLDI 2008).
 */
#ifndef PFNSIM_EXPLORE_SPIN_H
#define PFNSIM_EXPLORE_SPIN_H

#include "history.h"

/*
 * Whether the round of @task that ends with a yield now is as the one before.
 * Both are there once it yielded twice before.
 */
bool spin_repeats(unsigned int task);

/*
 * The number of events after the first of which somebody else had written what
 * @task read in its last round, or SPIN_NOT_OVER.
 */
#define SPIN_NOT_OVER (~0U)
uint32_t spin_over_since(unsigned int task);

/*
 * How many rounds of @task in a row were the same, the one that ends with a yield
 * now included; at most @most.
 */
unsigned int spin_rounds(unsigned int task, unsigned int most);

/* Whether event @index is a yield. */
bool spin_is_yield(uint32_t index);

#endif /* PFNSIM_EXPLORE_SPIN_H */
