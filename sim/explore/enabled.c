// SPDX-License-Identifier: GPL-2.0-only
#include "enabled.h"

#include "spin.h"

#define MAX_ROUNDS 16

/* ---- Who can go on ------------------------------------------------------- */

/* Looks at the kernel's state without being seen. */
static bool look(unsigned int task)
{
	const struct host_lock *lock = search.lock[task];
	const struct host_wait *wait = search.wait[task];
	bool ready;

	unsigned char hooks = host_hooks;

	host_hooks = HOOKS_NONE;
	if (lock)
		ready = lock->ready((const void *)search.pending[task].addr);
	else
		ready = wait->ready(wait->arg);
	host_hooks = hooks;
	return ready;
}

bool search_is_enabled(unsigned int task)
{
	if (!((search.alive & ~search.held) >> task & 1))
		return false;
	if (search.spinning >> task & 1)
		return !(search.parked >> task & 1) &&
		       spin_over_since(task) != SPIN_NOT_OVER;
	return (!search.lock[task] && !search.wait[task]) || look(task);
}

/* The one of @tasks that did not go on for longest, as a bit. */
static uint32_t least_recent(uint32_t tasks)
{
	uint32_t least = tasks & -tasks;

	for (uint32_t left = tasks; left; left &= left - 1)
		if (history.last[__builtin_ctz(left)] <
		    history.last[__builtin_ctz(least)])
			least = left & -left;
	return least;
}

uint32_t search_enabled(void)
{
	uint32_t enabled = 0;

	for (uint32_t left = search.alive; left; left &= left - 1) {
		unsigned int task = __builtin_ctz(left);

		if (search_is_enabled(task))
			enabled |= 1U << task;
	}
	/* Those that spin go on where nobody else can. */
	if (!enabled)
		return search.held & search.alive ?
			       0 :
			       least_recent(search.spinning & search.alive);
	if (search.position >= SEARCH_FAIR_AFTER && !search.blind)
		return least_recent(enabled);
	return enabled;
}

void search_watch_waits(void)
{
	for (uint32_t left = search.alive; left; left &= left - 1) {
		unsigned int task = __builtin_ctz(left);

		if (!search.wait[task])
			continue;
		if (!look(task))
			search.since[task] = SEARCH_NOT_YET;
		else if (search.since[task] == SEARCH_NOT_YET)
			search.since[task] = search.position;
	}
}

void search_blocked_at(unsigned int task, uint32_t *location,
		       enum access_mode *mode)
{
	*location = history_location(search.pending[task].addr, true);
	*mode = search.lock[task]->shared ? MODE_LOCK_SHARED : MODE_LOCK;
}

/* ---- Who only goes round ------------------------------------------------- */

void search_look_for_spin(unsigned int task)
{
	uint32_t bit = 1U << task;

	if (!spin_repeats(task))
		return;
	search.went_round = true;
	search.spinning |= bit;
	if (spin_rounds(task, SEARCH_ROUNDS_MAX) < SEARCH_ROUNDS_MAX)
		return;
	search.parked |= bit;
	search.curbed = true;
}

void search_find_spinning(void)
{
	for (uint32_t left = search.alive; left; left &= left - 1) {
		unsigned int task = __builtin_ctz(left);
		const struct event_op *op = &search.pending[task];

		if (op->kind == EVENT_CALL && op->call == CALL_COND_RESCHED)
			search_look_for_spin(task);
	}
}

bool search_nobody_gets_on(unsigned int next)
{
	uint32_t bit = 1U << next;

	if (!(search.spinning & bit)) {
		if (!(search.idle & bit))
			search.rounds = search.idle = 0;
		return false;
	}
	if (search_is_enabled(next)) {
		search.idle &= ~bit;
		return false;
	}
	search.idle |= bit;
	return ++search.rounds > MAX_ROUNDS * __builtin_popcount(search.idle);
}
