// SPDX-License-Identifier: GPL-2.0-only
#include "fingerprint.h"

#include <stdlib.h>

/* Of each event: what it is, and which events it directly depends on. */
static uint64_t *of_event;

#define mix fingerprint_mix

static uint64_t of_readers(const struct access *access)
{
	uint64_t sum = 0;

	for (uint32_t at = access->prev; at && at != access->exclusive;
	     at = history.accesses[at - 1].prev)
		sum += mix(of_event[history.accesses[at - 1].event],
			   history.accesses[at - 1].mode);
	return sum;
}

static uint64_t of_access(const struct access *access)
{
	uint64_t value = mix(access->location,
			     (uint64_t)access->mode << 8 | access->mask);

	if (access->exclusive)
		value = mix(
			value,
			of_event[history.accesses[access->exclusive - 1].event]);
	if (access->mode != MODE_READ && access->mode != MODE_LOCK_SHARED)
		value = mix(value, of_readers(access));
	return value;
}

uint64_t fingerprint_add(uint64_t before, uint32_t index)
{
	const struct event *event = &history.events[index];
	uint32_t end = history_end_of(index);
	uint64_t value;

	if (!of_event)
		of_event = calloc(HISTORY_MAX + 1, sizeof(*of_event));
	if (!of_event)
		abort();
	value = mix(event->task,
		    (uint64_t)event->op.kind << 32 | event->op.call);
	if (event->before)
		value = mix(value, of_event[event->before - 1]);
	/* What the event accesses twice, it depends on itself for. */
	of_event[index] = value;
	for (uint32_t i = event->access; i < end; i++)
		value = mix(value, of_access(&history.accesses[i]));
	of_event[index] = value;
	return before + value;
}
