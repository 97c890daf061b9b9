// SPDX-License-Identifier: GPL-2.0-only
#include "spin.h"

static bool is_yield(const struct event *event)
{
	return event->op.kind == EVENT_CALL &&
	       event->op.call == CALL_COND_RESCHED;
}

static bool same(const struct event *a, const struct event *b)
{
	return a->op.addr == b->op.addr && a->op.kind == b->op.kind &&
	       a->op.call == b->op.call && a->op.how == b->op.how;
}

/* Links of event and before: index + 1, or 0. */
static uint32_t before(uint32_t link)
{
	return history.events[link - 1].before;
}

static uint32_t last_yield(uint32_t link)
{
	while (link && !is_yield(&history.events[link - 1]))
		link = before(link);
	return link;
}

bool spin_is_yield(uint32_t index)
{
	return is_yield(&history.events[index]);
}

/*
 * Whether the events from link @now back to a yield are as those before it.
 * Returns the link of that yield, or 0.
 */
static uint32_t repeats_from(uint32_t now)
{
	uint32_t end = last_yield(now), then;

	if (!end || now == end)
		return 0;
	then = before(end);
	while (now != end) {
		if (!then || is_yield(&history.events[then - 1]) ||
		    !same(&history.events[now - 1], &history.events[then - 1]))
			return 0;
		now = before(now);
		then = before(then);
	}
	return then && is_yield(&history.events[then - 1]) ? end : 0;
}

bool spin_repeats(unsigned int task)
{
	return repeats_from(history.last[task]);
}

unsigned int spin_rounds(unsigned int task, unsigned int most)
{
	uint32_t end = repeats_from(history.last[task]);
	unsigned int rounds = 1;

	for (; end && rounds < most; rounds++)
		end = repeats_from(before(end));
	return rounds;
}

/* The first write of somebody else to what @access read. */
static uint32_t overwritten_since(const struct access *access)
{
	uint32_t at = history.locations[access->location].head;
	unsigned int reader = history.events[access->event].task;
	uint32_t since = SPIN_NOT_OVER;

	for (; at && history.accesses[at - 1].event > access->event;
	     at = history.accesses[at - 1].prev) {
		const struct access *other = &history.accesses[at - 1];

		if (other->mode == MODE_WRITE && other->mask & access->mask &&
		    history.events[other->event].task != reader)
			since = other->event + 1;
	}
	return since;
}

uint32_t spin_over_since(unsigned int task)
{
	uint32_t link = history.last[task], first = SPIN_NOT_OVER;

	for (; link && !is_yield(&history.events[link - 1]);
	     link = before(link)) {
		uint32_t end = history_end_of(link - 1);

		for (uint32_t i = history.events[link - 1].access; i < end;
		     i++) {
			uint32_t since = SPIN_NOT_OVER;

			if (history.accesses[i].mode == MODE_READ)
				since = overwritten_since(&history.accesses[i]);
			if (since < first)
				first = since;
		}
	}
	return first;
}
