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

static uint64_t key_at(const void *addr)
{
	return (uintptr_t)addr >> 3 << 1;
}

/* What a process has at another place than the next one does. */
struct moving {
	char kind;
	const char *begin, *end;
};

/* Around all that the linker put into this program. */
extern const char __executable_start[], _end[];

#define NR_MOVING 2

static void find_moving(struct moving moving[NR_MOVING])
{
	const struct world_image *image = search.subject->image;
	const char *base = image ? image->base : NULL;

	moving[0] = (struct moving){ 'h', __executable_start, _end };
	moving[1] = (struct moving){ 'i', base,
				     base + (image ? image->size : 0) };
}

struct name {
	char kind; /* '\0': it has none */
	uint64_t key;
};

/* The world is at the same place in each. */
static struct name name_of(uint32_t location)
{
	struct moving moving[NR_MOVING];
	uint64_t key = key_of(location);

	find_moving(moving);
	for (int i = 0; i < NR_MOVING; i++) {
		uint64_t begin = key_at(moving[i].begin);

		if (key >= begin && key < key_at(moving[i].end))
			return (struct name){ moving[i].kind, key - begin };
	}
	if (world_has((const void *)(uintptr_t)(key >> 1 << 3)))
		return (struct name){ 'w', key };
	return (struct name){ 0 };
}

void place_write(uint32_t location, FILE *out)
{
	struct name name = name_of(location);

	if (!name.kind)
		abort();
	fprintf(out, " %c%" PRIx64, name.kind, name.key);
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

/* The key that the one written as @kind and @key is here; 0: there is none. */
static uint64_t key_here(char kind, uint64_t key)
{
	struct moving moving[NR_MOVING];

	if (kind == 'w')
		return world_has((const void *)(uintptr_t)(key >> 1 << 3)) ?
			       key :
			       0;
	find_moving(moving);
	for (int i = 0; i < NR_MOVING; i++) {
		uint64_t begin = key_at(moving[i].begin);

		if (moving[i].kind == kind &&
		    key < key_at(moving[i].end) - begin)
			return begin + key;
	}
	return 0;
}

/* Damaged text may name more than there is room for. */
static bool has_room(void)
{
	return history.nr_locations < history.size_locations / 4;
}

int place_read(uint32_t *location, const char **at)
{
	uint64_t key;
	char kind;

	while (**at == ' ')
		++*at;
	kind = **at;
	if (!kind || (++*at, !place_number(at, 16, UINT64_MAX, &key)))
		return -EINVAL;
	key = key_here(kind, key);
	if (!key || !has_room())
		return -EINVAL;
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

/*
 * Of a task's own buffers, which lie in the tool's heap, there is nothing to tell:
 * nobody else knows them.
 */
static size_t count_named(void)
{
	size_t nr = 0;

	for (size_t i = 0; i < lessons.nr; i++)
		nr += name_of(lessons.list[i].location).kind != 0;
	return nr;
}

/* The same location may be there twice, which does no harm. */
void lessons_write(FILE *out)
{
	fprintf(out, "%d %zu", search.rcu_used, count_named());
	for (size_t i = 0; i < lessons.nr; i++) {
		uint32_t index = lessons.list[i].location;
		const struct location *location = &history.locations[index];

		if (!name_of(index).kind)
			continue;
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
		location = &history.locations[index];
		if (!(readers & ~location->readers) &&
		    !(writers & ~location->writers) && tried <= location->tried)
			continue;
		lessons_note(index);
		location->readers |= readers;
		location->writers |= writers;
		location->tried |= tried;
	}
	search.rcu_used |= rcu_used;
	visible_forget();
	return 0;
}
