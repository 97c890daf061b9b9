// SPDX-License-Identifier: GPL-2.0-only
#include "lessons.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>

#include "search.h"
#include "visible.h"

/* ---- Names --------------------------------------------------------------- */

/* A key is the place of eight bytes, and whether it is a lock; history.c. */
static uint64_t key_of(uint32_t location)
{
	return history.locations[location].key - 2;
}

/* Where a kernel's own data begins, as a key. */
static uint64_t image_base(void)
{
	const struct world_image *image = search.subject->image;

	return image ? (uintptr_t)image->base >> 3 << 1 : 0;
}

static bool in_image(uint64_t key)
{
	const struct world_image *image = search.subject->image;

	return image && key >= image_base() &&
	       key < ((uintptr_t)image->base + image->size) >> 3 << 1;
}

/* The one object of the host's. */
static uint64_t rcu_key(void)
{
	return (uintptr_t)&search_rcu_object >> 3 << 1;
}

void place_write(uint32_t location, FILE *out)
{
	uint64_t key = key_of(location);

	if (in_image(key))
		fprintf(out, " i%" PRIx64, key - image_base());
	else if (key == rcu_key())
		fputs(" r0", out);
	else
		fprintf(out, " w%" PRIx64, key);
}

bool place_number(const char **at, int base, uint64_t end, uint64_t *value)
{
	char *after;

	errno = 0;
	*value = strtoull(*at, &after, base);
	if (after == *at || errno || *value >= end)
		return false;
	*at = after;
	return true;
}

int place_read(uint32_t *location, const char **at)
{
	uint64_t key;
	char kind;

	while (**at == ' ')
		++*at;
	kind = **at;
	if (kind != 'i' && kind != 'r' && kind != 'w')
		return -EINVAL;
	++*at;
	if (!place_number(at, 16, UINT64_MAX - 2, &key))
		return -EINVAL;
	if (kind == 'i')
		key += image_base();
	else if (kind == 'r')
		key = rcu_key();
	*location = history_location_of(key + 2);
	return 0;
}

/* ---- Lessons ------------------------------------------------------------- */

static struct {
	struct lesson {
		uint32_t location, readers, writers, tried; /* before */
	} * list;
	size_t nr, room;
	bool rcu_used;
} lessons;

void lessons_begin(void)
{
	lessons.nr = 0;
	lessons.rcu_used = search.rcu_used;
}

void lessons_note(uint32_t index)
{
	const struct location *location = &history.locations[index];

	if (lessons.nr == lessons.room) {
		lessons.room = lessons.room ? 2 * lessons.room : 256;
		lessons.list = realloc(lessons.list,
				       lessons.room * sizeof(*lessons.list));
		if (!lessons.list)
			abort();
	}
	lessons.list[lessons.nr++] = (struct lesson){ index, location->readers,
						      location->writers,
						      location->tried };
}

void lessons_forget(void)
{
	while (lessons.nr) {
		const struct lesson *lesson = &lessons.list[--lessons.nr];
		struct location *location =
			&history.locations[lesson->location];

		location->readers = lesson->readers;
		location->writers = lesson->writers;
		location->tried = lesson->tried;
	}
	search.rcu_used = lessons.rcu_used;
	visible_forget();
}

/* The same location may be there twice, which does no harm. */
void lessons_write(FILE *out)
{
	fprintf(out, "%d %zu", search.rcu_used, lessons.nr);
	for (size_t i = 0; i < lessons.nr; i++) {
		uint32_t index = lessons.list[i].location;
		const struct location *location = &history.locations[index];

		place_write(index, out);
		fprintf(out, " %" PRIx32 " %" PRIx32 " %" PRIx32,
			location->readers, location->writers, location->tried);
	}
}

int lessons_read(const char *at)
{
	uint64_t rcu_used, nr, readers, writers, tried;
	uint32_t index;

	if (!place_number(&at, 10, 2, &rcu_used) ||
	    !place_number(&at, 10, UINT32_MAX, &nr))
		return -EINVAL;
	while (nr--) {
		struct location *location;

		if (place_read(&index, &at) ||
		    !place_number(&at, 16, 1ULL << 32, &readers) ||
		    !place_number(&at, 16, 1ULL << 32, &writers) ||
		    !place_number(&at, 16, 2, &tried))
			return -EINVAL;
		lessons_note(index);
		location = &history.locations[index];
		location->readers |= readers;
		location->writers |= writers;
		location->tried |= tried;
	}
	search.rcu_used |= rcu_used;
	visible_forget();
	return 0;
}
