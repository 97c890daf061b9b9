/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What of a scenario a failure does not need: tasks first, then single steps, each
 * left out together with those that were found before it.  It is what delta
 * debugging (Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing
 * Input", 2002) comes to where parts are tried one by one.
 */
#ifndef PFNSIM_SCENARIO_SPARE_H
#define PFNSIM_SCENARIO_SPARE_H

#include "explore.h"
#include "session.h"

/*
 * Leaves parts out of @session as long as @still_fails() says so, and puts all
 * back.  Returns what need not be there, for free(), @nr of it.
 */
struct spare *spare_find(struct session *session, bool (*still_fails)(void),
			 size_t *nr);

#endif /* PFNSIM_SCENARIO_SPARE_H */
