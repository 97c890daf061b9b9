/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A part of an exhaustive search, to be searched by itself: all executions that
 * begin with given events, but for those that another part has.
 *
 * Where several tasks can go on, there is a part for each of them going first.
 * In the part of a later one, an earlier one that is independent of it would only
 * repeat what the earlier one's part has: it sleeps there, as in sleep.h, until an
 * event depends on what it would do.  To this part, that is a task that waits for
 * such an event: it cannot go on, nor could it have before that.  With that, what
 * a part has to search does not depend on what is found in others.
 */
#ifndef PFNSIM_EXPLORE_UNIT_H
#define PFNSIM_EXPLORE_UNIT_H

#include <stddef.h>
#include <stdio.h>

#include "lessons.h"
#include "sleep.h"

struct unit {
	uint8_t *tasks; /* of the events it begins with */
	uint32_t nr;
	uint32_t asleep; /* tasks, a bit each, and what each would do */
	uint32_t nr_feet[HOST_MAX_TASKS];
	struct foot *feet[HOST_MAX_TASKS];
};

struct units {
	struct unit *list;
	size_t nr;
};

/* All executions. */
extern const struct unit unit_of_all;

void unit_deinit(struct unit *unit);
void units_deinit(struct units *units);

/* The task of the history's event @event sleeps where @unit begins. */
void unit_add_sleeper(struct unit *unit, uint32_t event);

/* @task does, which would do what @nr @feet say. */
void unit_add_feet(struct unit *unit, unsigned int task,
		   const struct foot *feet, uint32_t nr);

void units_add(struct units *units, struct unit unit);

/*
 * Writes @unit as text; reads it back, from *@at on, which then stands behind it.
 * Returns 0 or -EINVAL.
 */
void unit_write(const struct unit *unit, FILE *out);
int unit_read(struct unit *unit, const char **at);

#endif /* PFNSIM_EXPLORE_UNIT_H */
