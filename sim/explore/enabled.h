/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Who can go on, and who goes round a loop in vain: what search.c keeps track of at
 * each event.  search.h has what strategies ask.
 */
#ifndef PFNSIM_EXPLORE_ENABLED_H
#define PFNSIM_EXPLORE_ENABLED_H

#include "search.h"

/* In search.since: what the task waits for is not there. */
#define SEARCH_NOT_YET (~0U)

/* Keeps track of from when on what a task waits for is there. */
void search_watch_waits(void);

/* @task stands before a yield: does it go round a loop? */
void search_look_for_spin(unsigned int task);

/* Who spins is known where the given events end. */
void search_find_spinning(void);

/*
 * Whether it is only out of turn that @next, which spins, goes on again.  What
 * such a task does from one yield to the next is no progress either.
 */
bool search_nobody_gets_on(unsigned int next);

#endif /* PFNSIM_EXPLORE_ENABLED_H */
