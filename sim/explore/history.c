// SPDX-License-Identifier: GPL-2.0-only
#include "history.h"

#include <stdlib.h>
#include <string.h>

struct search_history history;

#define MIN_LOCATIONS 1024U
#define MODE(m) (1U << MODE_##m)

/* By the mode of the later access: earlier ones that it could come before. */
static const uint8_t races_with[NR_MODES] = {
	[MODE_READ] = MODE(WRITE),
	[MODE_WRITE] = MODE(READ) | MODE(WRITE),
	[MODE_LOCK] = MODE(LOCK) | MODE(LOCK_SHARED) | MODE(TRY) |
		      MODE(TRY_FAILED),
	[MODE_LOCK_SHARED] = MODE(LOCK) | MODE(TRY) | MODE(TRY_FAILED),
	[MODE_UNLOCK] = MODE(TRY_FAILED),
	[MODE_UNLOCK_SHARED] = MODE(TRY_FAILED),
	[MODE_TRY] = MODE(LOCK) | MODE(LOCK_SHARED) | MODE(UNLOCK) |
		     MODE(UNLOCK_SHARED) | MODE(TRY) | MODE(TRY_FAILED),
	[MODE_TRY_FAILED] = MODE(LOCK) | MODE(LOCK_SHARED) | MODE(UNLOCK) |
			    MODE(UNLOCK_SHARED) | MODE(TRY),
};

/* Earlier ones that it comes after, whatever is done. */
static const uint8_t follows[NR_MODES] = {
	[MODE_LOCK] = MODE(UNLOCK) | MODE(UNLOCK_SHARED),
	[MODE_LOCK_SHARED] = MODE(UNLOCK),
};

#define EXCLUSIVE (MODE(WRITE) | MODE(LOCK) | MODE(TRY))

bool modes_conflict(enum access_mode a, enum access_mode b)
{
	return (races_with[a] | follows[a]) >> b & 1 ||
	       (races_with[b] | follows[b]) >> a & 1;
}

/* ---- Locations ----------------------------------------------------------- */

static uint32_t hash(uint64_t key)
{
	return (key * 0x9e3779b97f4a7c15ULL) >> 32;
}

static void *allocate(size_t nr, size_t size)
{
	void *at = calloc(nr, size);

	if (!at)
		abort();
	return at;
}

/*
 * Locations are named by their place in the table; accesses hold such names, so
 * the table is as large as it ever gets from the start.
 */
#define MAX_LOCATIONS (1U << 20)

/* Clocks are as wide as vector registers. */
static void *allocate_clocks(size_t size)
{
	void *at;

	if (posix_memalign(&at, 64, size))
		abort();
	return at;
}

uint32_t history_location_of(uint64_t key)
{
	uint32_t mask = history.size_locations - 1;
	uint32_t at = hash(key) & mask;

	while (history.locations[at].key != key) {
		if (!history.locations[at].key) {
			if (history.nr_locations == mask / 2)
				abort();
			history.known[history.nr_locations++] = at;
			history.locations[at].key = key;
			break;
		}
		at = (at + 1) & mask;
	}
	return at;
}

uint32_t history_location(const volatile void *addr, bool lock)
{
	return history_location_of(
		((uint64_t)(uintptr_t)addr >> 3 << 1 | lock) + 2);
}

void history_forget(void)
{
	while (history.nr_locations) {
		uint32_t at = history.known[--history.nr_locations];

		history.locations[at] = (struct location){ 0 };
	}
}

void history_init(unsigned int nr_tasks)
{
	if (!history.events) {
		history.size_locations = MAX_LOCATIONS;
		history.locations = allocate(MAX_LOCATIONS,
					     sizeof(*history.locations));
		history.known = allocate(MAX_LOCATIONS / 2,
					 sizeof(*history.known));
		history.events = allocate_clocks((HISTORY_MAX + 1) *
						 sizeof(*history.events));
		history.accesses = allocate(HISTORY_MAX * 16,
					    sizeof(*history.accesses));
	} else {
		history_cut(0);
	}
	history.full = false;
	history.nr_tasks = nr_tasks;
	history.lanes = (nr_tasks + 7) / 8;
	memset(history.last, 0, sizeof(history.last));
}

/* ---- Growing and cutting ------------------------------------------------- */

void history_cut(uint32_t nr)
{
	while (history.nr > nr) {
		struct event *event = &history.events[--history.nr];

		while (history.nr_accesses > event->access) {
			struct access *access =
				&history.accesses[--history.nr_accesses];

			history.locations[access->location].head = access->prev;
		}
		history.last[event->task] = event->before;
	}
	history.nr_candidates = 0;
}

static void join(union clock *into, const union clock *from)
{
	for (unsigned int i = 0; i < history.lanes; i++) {
		clock_lane more = from->lane[i] > into->lane[i];

		into->lane[i] = (more & from->lane[i]) |
				(~more & into->lane[i]);
	}
}

static void begin_synced(uint32_t index, uint32_t before, unsigned int task)
{
	if (before)
		history.synced[index] = history.synced[before - 1];
	else
		memset(&history.synced[index], 0, sizeof(history.synced[0]));
	history.synced[index].at[task] = index + 1;
	history.data_race = 0;
}

void history_watch_races(bool watch)
{
	static union clock *room;

	if (watch && !room)
		room = allocate_clocks((HISTORY_MAX + 1) * sizeof(*room));
	history.synced = watch ? room : NULL;
}

uint32_t history_add(unsigned int task, const struct event_op *op)
{
	uint32_t index = history.nr++, before = history.last[task];
	struct event *event = &history.events[index];

	if (before)
		event->clock = history.events[before - 1].clock;
	else
		memset(&event->clock, 0, sizeof(event->clock));
	event->clock.at[task] = index + 1;
	event->op = *op;
	event->access = history.nr_accesses;
	event->before = before;
	event->task = task;
	event->since = 0;
	event->completes = false;
	if (history.synced)
		begin_synced(index, before, task);
	history.last[task] = index + 1;
	history.nr_candidates = history.nr_releases = 0;
	return index;
}

/* ---- Accesses ------------------------------------------------------------ */

struct walk {
	unsigned int task;
	const union clock *known; /* before the event */
	union clock *clock;	  /* of the event, or NULL */
	uint8_t mask, mode, order;
};

/* Whether it is the access that its event is about. */
static bool is_main(const struct access *access)
{
	const struct event *event = &history.events[access->event];

	return event->op.kind == EVENT_ACCESS &&
	       &history.accesses[event->access] == access;
}

/* Two accesses of which one writes: are they ordered, do they order more? */
static void synchronise(const struct walk *walk, const struct access *access)
{
	union clock *now = &history.synced[history.nr - 1];
	const union clock *then = &history.synced[access->event];
	bool plain = walk->order == ORDER_PLAIN || access->order == ORDER_PLAIN;

	if (plain) {
		if (is_main(access) &&
		    now->at[history.events[access->event].task] <=
			    (int)access->event)
			history.data_race = access->event + 1;
	} else if (walk->order == ORDER_BOTH || access->mode != MODE_READ) {
		join(now, then);
	}
}

/* Once for all the bytes that two events have in common. */
static void remember(uint32_t *events, unsigned int *nr, uint32_t event)
{
	for (unsigned int i = 0; i < *nr; i++)
		if (events[i] == event)
			return;
	if (*nr < HISTORY_MAX_RACES)
		events[(*nr)++] = event;
	else
		history.full = true;
}

static void meet(const struct walk *walk, const struct access *access)
{
	const struct event *event = &history.events[access->event];
	uint8_t bit = 1U << access->mode;

	if (event->task == walk->task)
		return;
	if (history.synced && walk->clock &&
	    (races_with[walk->mode] | follows[walk->mode]) & bit)
		synchronise(walk, access);
	if (races_with[walk->mode] & bit) {
		if (walk->clock)
			join(walk->clock, &event->clock);
		if (walk->clock && walk->mode > MODE_WRITE)
			join(&history.early, &event->clock);
		if (walk->known->at[event->task] > (int)access->event)
			return;
		remember(history.candidate, &history.nr_candidates,
			 access->event);
	} else if (follows[walk->mode] & bit && walk->clock) {
		join(walk->clock, &event->clock);
		remember(history.release, &history.nr_releases, access->event);
	}
}

/* From the last access of the location back to who covers its bytes. */
static void walk_back(const struct walk *walk, uint32_t at)
{
	uint8_t open = walk->mask;

	while (at && open) {
		const struct access *access = &history.accesses[at - 1];
		bool exclusive = 1U << access->mode & EXCLUSIVE;

		if (access->mask & walk->mask)
			meet(walk, access);
		if (exclusive)
			open &= ~access->mask;
		/* Between two that write, readers do not matter to a reader. */
		at = exclusive && walk->mode == MODE_READ ? access->exclusive :
							    access->prev;
	}
}

static const union clock no_clock;

static const union clock *clock_before(const struct event *event)
{
	return event->before ? &history.events[event->before - 1].clock :
			       &no_clock;
}

void history_access(uint32_t index, uint8_t mask, enum access_mode mode,
		    enum access_order order)
{
	struct location *location = &history.locations[index];
	struct event *event = &history.events[history.nr - 1];
	struct access *access = &history.accesses[history.nr_accesses];
	uint32_t head = location->head, start = head;
	const struct access *last = &history.accesses[head - 1];

	if (history.nr_accesses == HISTORY_MAX * 16) {
		history.full = true;
		return;
	}
	*access = (struct access){ .event = history.nr - 1,
				   .prev = head,
				   .location = index,
				   .mask = mask,
				   .mode = mode,
				   .order = order };
	if (head)
		access->exclusive = 1U << last->mode & EXCLUSIVE ?
					    head :
					    last->exclusive;
	location->head = ++history.nr_accesses;
	if (mode == MODE_READ)
		start = access->exclusive;
	else if (mode == MODE_UNLOCK || mode == MODE_UNLOCK_SHARED)
		start = location->tried ? head : 0;
	if (mode > MODE_WRITE)
		history.early = event->clock;
	if (start)
		walk_back(&(struct walk){ .task = event->task,
					  .known = clock_before(event),
					  .clock = &event->clock,
					  .mask = mask,
					  .mode = mode,
					  .order = order },
			  start);
}

void history_access_range(const volatile void *addr, unsigned long size,
			  enum access_mode mode, enum access_order order)
{
	uintptr_t at = (uintptr_t)addr, end = at + size;

	while (at < end) {
		uintptr_t next = (at | 7) + 1;
		unsigned int first = at & 7;
		unsigned int last = ((next < end ? next : end) - 1) & 7;

		history_access(history_location((void *)at, false),
			       (0xff << first) & (0xff >> (7 - last)), mode,
			       order);
		at = next;
	}
}

/* ---- Races --------------------------------------------------------------- */

/*
 * What happens before another candidate is ordered by that one, and no race.
 * That the last event follows an unlock orders nothing that way: the lock that
 * was released then could have been taken later.
 */
static unsigned int filter(uint32_t *found)
{
	unsigned int nr = 0;

	for (unsigned int i = 0; i < history.nr_candidates; i++) {
		uint32_t event = history.candidate[i];
		bool ordered = false;

		for (unsigned int j = 0; j < history.nr_candidates; j++)
			ordered |= history.candidate[j] > event &&
				   happens_before(event, history.candidate[j]);
		for (unsigned int j = 0; j < nr; j++)
			ordered |= found[j] == event;
		if (!ordered)
			found[nr++] = event;
	}
	history.nr_candidates = 0;
	return nr;
}

unsigned int history_races(uint32_t *found)
{
	return history.nr_candidates ? filter(found) : 0;
}

void history_clock_before(uint32_t race, union clock *clock)
{
	unsigned int racer = history.events[race].task;

	if (!history.nr_releases) {
		*clock = history.events[history.nr - 1].clock;
		return;
	}
	*clock = history.early;
	for (unsigned int i = 0; i < history.nr_releases; i++) {
		const struct event *event = &history.events[history.release[i]];

		if (event->task != racer)
			join(clock, &event->clock);
	}
}

unsigned int history_races_of_blocked(unsigned int task, uint32_t location,
				      enum access_mode mode, uint32_t *found)
{
	uint32_t last = history.last[task];

	history.nr_candidates = 0;
	walk_back(
		&(struct walk){
			.task = task,
			.known = last ? &history.events[last - 1].clock :
					&no_clock,
			.mask = 0xff,
			.mode = mode,
		},
		history.locations[location].head);
	return filter(found);
}
