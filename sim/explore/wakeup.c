// SPDX-License-Identifier: GPL-2.0-only
#include "wakeup.h"

#include <stdlib.h>
#include <string.h>

#define OWN_FEET 2

/* Branches of one state are siblings; links are indices + 1. */
struct branch {
	uint32_t child, sibling;
	uint32_t nr_feet;
	unsigned int task;
	union {
		struct foot own[OWN_FEET];
		struct foot *more;
	} feet;
};

static struct branch *branches;
static uint32_t nr_branches, size_branches, free_branch;

void wakeup_init(void)
{
	/* A search that ended early left some. */
	for (uint32_t i = 0; i < nr_branches; i++)
		if (branches[i].nr_feet > OWN_FEET)
			free(branches[i].feet.more);
	nr_branches = 0;
	free_branch = 0;
}

static uint32_t new_branch(void)
{
	uint32_t at = free_branch;

	if (at) {
		free_branch = branches[at - 1].sibling;
		return at;
	}
	if (nr_branches == size_branches) {
		size_branches = size_branches ? size_branches * 2 : 1024;
		branches = realloc(branches, size_branches * sizeof(*branches));
		if (!branches)
			abort();
	}
	branches[nr_branches].nr_feet = 0;
	return ++nr_branches;
}

static void put_branch(uint32_t at)
{
	struct branch *branch = &branches[at - 1];

	if (branch->nr_feet > OWN_FEET)
		free(branch->feet.more);
	branch->nr_feet = 0;
	branch->sibling = free_branch;
	free_branch = at;
}

void wakeup_drop(uint32_t tree)
{
	while (tree) {
		uint32_t next = branches[tree - 1].sibling;

		wakeup_drop(branches[tree - 1].child);
		put_branch(tree);
		tree = next;
	}
}

unsigned int wakeup_task(uint32_t tree)
{
	return branches[tree - 1].task;
}

uint32_t wakeup_take(struct node *node)
{
	uint32_t at = node->tree, child = branches[at - 1].child;

	node->tree = branches[at - 1].sibling;
	put_branch(at);
	return child;
}

/* ---- Whether a task can be first ----------------------------------------- */

static bool step_conflicts(const struct foot *feet, uint32_t nr,
			   const struct wakeup_step *step)
{
	if (step->event != WAKEUP_BLOCKED)
		return feet_conflict(feet, nr, step->event);
	for (uint32_t i = 0; i < nr; i++)
		if (feet[i].location == step->foot.location &&
		    modes_conflict(feet[i].mode, step->foot.mode))
			return true;
	return false;
}

static bool step_before(const struct wakeup_step *a,
			const struct wakeup_step *b)
{
	return b->clock->at[a->task] > (int)a->event;
}

/*
 * Whether @task can come first in an order of the steps that differs from theirs
 * in independent events only: with its step @at, which nothing orders behind
 * another, or with one that is not among them, does not depend on any of them,
 * and accesses @feet.
 */
static bool is_weak_initial(const struct wakeup_step *steps, uint32_t nr,
			    unsigned int task, const struct foot *feet,
			    uint32_t nr_feet, uint32_t *at)
{
	for (*at = 0; *at < nr; ++*at) {
		if (steps[*at].task != task)
			continue;
		for (uint32_t i = 0; i < *at; i++)
			if (step_before(&steps[i], &steps[*at]))
				return false;
		return true;
	}
	for (uint32_t i = 0; i < nr; i++)
		if (step_conflicts(feet, nr_feet, &steps[i]))
			return false;
	return true;
}

static const struct foot *branch_feet(const struct branch *branch)
{
	return branch->nr_feet > OWN_FEET ? branch->feet.more :
					    branch->feet.own;
}

static bool is_known(const struct node *node, const struct wakeup_step *steps,
		     uint32_t nr)
{
	uint32_t at;

	for (uint32_t i = 0; i < node->nr_sleepers; i++) {
		const struct sleeper *sleeper =
			&sleeping.sleepers[node->sleeper + i];

		if (is_weak_initial(steps, nr, sleeper->task,
				    sleep_feet(sleeper), sleeper->nr_feet, &at))
			return true;
	}
	return false;
}

/* ---- Insertion ----------------------------------------------------------- */

static void set_feet(struct branch *branch, const struct wakeup_step *step)
{
	if (step->event == WAKEUP_BLOCKED) {
		branch->nr_feet = 1;
		branch->feet.own[0] = step->foot;
		return;
	}
	branch->nr_feet = history_end_of(step->event) -
			  history.events[step->event].access;
	if (branch->nr_feet <= OWN_FEET) {
		feet_of(step->event, branch->feet.own);
		return;
	}
	branch->feet.more = malloc(branch->nr_feet * sizeof(struct foot));
	if (!branch->feet.more)
		abort();
	feet_of(step->event, branch->feet.more);
}

static uint32_t make_branch(const struct wakeup_step *steps, uint32_t nr)
{
	uint32_t child = 0;

	while (nr--) {
		uint32_t at = new_branch();
		struct branch *branch = &branches[at - 1];

		branch->task = steps[nr].task;
		branch->child = child;
		branch->sibling = 0;
		set_feet(branch, &steps[nr]);
		child = at;
	}
	return child;
}

/* The branch of @tree that the steps can follow, or 0; takes its step out. */
static uint32_t follow(uint32_t tree, struct wakeup_step *steps, uint32_t *nr)
{
	for (; tree; tree = branches[tree - 1].sibling) {
		const struct branch *branch = &branches[tree - 1];
		uint32_t at;

		if (!is_weak_initial(steps, *nr, branch->task,
				     branch_feet(branch), branch->nr_feet, &at))
			continue;
		if (at < *nr) {
			--*nr;
			memmove(&steps[at], &steps[at + 1],
				(*nr - at) * sizeof(*steps));
		}
		return tree;
	}
	return 0;
}

/* Appends to the siblings of *@tree, the links of which may move. */
static void append(uint32_t parent, struct node *node, uint32_t fresh)
{
	uint32_t at = parent ? branches[parent - 1].child : node->tree;

	if (!at) {
		if (parent)
			branches[parent - 1].child = fresh;
		else
			node->tree = fresh;
		return;
	}
	while (branches[at - 1].sibling)
		at = branches[at - 1].sibling;
	branches[at - 1].sibling = fresh;
}

bool wakeup_insert(struct node *node, struct wakeup_step *steps, uint32_t nr)
{
	uint32_t parent = 0, tree = node->tree;

	if (is_known(node, steps, nr))
		return false;
	while (nr) {
		uint32_t next = follow(tree, steps, &nr);

		if (!next) {
			append(parent, node, make_branch(steps, nr));
			return true;
		}
		parent = next;
		tree = branches[next - 1].child;
	}
	return false;
}
