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

bool spin_repeats(unsigned int task)
{
	uint32_t now = history.last[task];
	uint32_t end = last_yield(now), then;

	if (!end || now == end)
		return false;
	then = before(end);
	while (now != end) {
		if (!then || is_yield(&history.events[then - 1]) ||
		    !same(&history.events[now - 1], &history.events[then - 1]))
			return false;
		now = before(now);
		then = before(then);
	}
	return then && is_yield(&history.events[then - 1]);
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
