// SPDX-License-Identifier: GPL-2.0-only
#include "sleep.h"

#include <stdlib.h>

#define MAX_FEET (1U << 22)
#define MAX_SLEEPERS (1U << 20)

struct sleep_stack sleeping;

void sleep_init(void)
{
	if (!sleeping.nodes) {
		sleeping.nodes = calloc(HISTORY_MAX + 2,
					sizeof(*sleeping.nodes));
		sleeping.sleepers = calloc(MAX_SLEEPERS,
					   sizeof(*sleeping.sleepers));
		sleeping.feet = calloc(MAX_FEET, sizeof(*sleeping.feet));
		if (!sleeping.nodes || !sleeping.sleepers || !sleeping.feet)
			abort();
	}
	sleeping.nr_nodes = sleeping.nr_sleepers = sleeping.nr_feet = 0;
	sleeping.full = false;
}

bool feet_conflict(const struct foot *feet, uint32_t nr, uint32_t event)
{
	uint32_t end = history_end_of(event);

	for (uint32_t i = history.events[event].access; i < end; i++) {
		const struct access *access = &history.accesses[i];

		for (uint32_t j = 0; j < nr; j++)
			if (feet[j].location == access->location &&
			    feet[j].mask & access->mask &&
			    modes_conflict(feet[j].mode, access->mode))
				return true;
	}
	return false;
}

uint32_t feet_of(uint32_t event, struct foot *feet)
{
	uint32_t first = history.events[event].access;
	uint32_t nr = history_end_of(event) - first;

	for (uint32_t i = 0; i < nr; i++) {
		const struct access *access = &history.accesses[first + i];

		feet[i] = (struct foot){ access->location, access->mask,
					 access->mode };
	}
	return nr;
}

static void lie_down(struct node *node, struct sleeper sleeper)
{
	if (sleeping.nr_sleepers == MAX_SLEEPERS) {
		sleeping.full = true;
		return;
	}
	sleeping.sleepers[sleeping.nr_sleepers++] = sleeper;
	node->nr_sleepers++;
	node->asleep |= task_bit(sleeper.task);
}

static void inherit(struct node *node, const struct node *before,
		    uint32_t event)
{
	unsigned int task = history.events[event].task;

	for (uint32_t i = 0; i < before->nr_sleepers; i++) {
		struct sleeper sleeper = sleeping.sleepers[before->sleeper + i];

		if (sleeper.task != task &&
		    !feet_conflict(sleep_feet(&sleeper), sleeper.nr_feet,
				   event))
			lie_down(node, sleeper);
	}
}

struct node *sleep_push(void)
{
	uint32_t depth = history.nr;
	struct node *node = &sleeping.nodes[depth];

	*node = (struct node){ .sleeper = sleeping.nr_sleepers,
			       .feet = sleeping.nr_feet };
	sleeping.nr_nodes = depth + 1;
	if (depth && node[-1].asleep)
		inherit(node, &node[-1], depth - 1);
	return node;
}

void sleep_add(struct node *node, uint32_t event)
{
	struct sleeper sleeper = { .task = history.events[event].task,
				   .foot = node->feet };

	sleeping.nr_sleepers = node->sleeper + node->nr_sleepers;
	if (node->feet + history_end_of(event) - history.events[event].access >
	    MAX_FEET) {
		sleeping.full = true;
		return;
	}
	sleeper.nr_feet = feet_of(event, &sleeping.feet[node->feet]);
	node->feet += sleeper.nr_feet;
	sleeping.nr_feet = node->feet;
	lie_down(node, sleeper);
}
