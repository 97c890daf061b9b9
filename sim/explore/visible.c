// SPDX-License-Identifier: GPL-2.0-only
#include "visible.h"

#include <string.h>

#include "lessons.h"
#include "search.h"

struct known_location known_locations[KNOWN_LOCATIONS];

void visible_forget(void)
{
	memset(known_locations, 0, sizeof(known_locations));
}

static bool is_shared(const struct location *location)
{
	uint32_t all = location->readers | location->writers;

	return location->writers && all & (all - 1);
}

struct known_location *visible_learn(uintptr_t word, unsigned int task,
				     bool write)
{
	struct known_location *known =
		&known_locations[word & (KNOWN_LOCATIONS - 1)];
	uint32_t index = history_location((const void *)(word << 3), false);
	struct location *location = &history.locations[index];
	uint32_t *users = write ? &location->writers : &location->readers;
	bool shared = is_shared(location);

	if (!(*users >> task & 1)) {
		lessons_note(index);
		*users |= 1U << task;
		search.growth += !shared && is_shared(location);
	}
	*known = (struct known_location){
		.word = word,
		.location = index,
		.users = { location->readers, location->writers },
		.shared = is_shared(location),
	};
	return known;
}
