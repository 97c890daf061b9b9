/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What happened in an execution, as a search sees it: events, what each of them
 * accessed, and which of them happen before which.
 *
 * An event is what a task does from one scheduling point to the next.  Two events
 * depend on each other where they are of one task, or where they access the same
 * bytes in modes that conflict.  The order of dependent events, closed
 * transitively, is happens-before; it is kept as a vector clock for each event
 * (Mattern, "Virtual time and global states of distributed systems", 1989).
 *
 *	locations ---- head --> access <-- prev -- access <-- prev -- access
 *	(8 bytes each)             \ event            \ event            \ event
 *
 * A history only grows at its end and can be cut back to any length: a search
 * keeps it from one execution to the next as far as they are the same.
 *
 * There is one history in a process.
 */
#ifndef PFNSIM_EXPLORE_HISTORY_H
#define PFNSIM_EXPLORE_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "border.h"

/* Events of one execution; a clock's entry has to hold their number. */
#define HISTORY_MAX 32000U

/* Events that one event may conflict with directly. */
#define HISTORY_MAX_RACES 256

typedef int16_t clock_lane __attribute__((vector_size(16)));
#define CLOCK_LANES (HOST_MAX_TASKS * 2 / 16)

/* By task: its last event that is known, + 1. */
union clock {
	int16_t at[HOST_MAX_TASKS];
	clock_lane lane[CLOCK_LANES];
};

/*
 * How an event uses a location.  A lock is a location of its own kind: who
 * releases it does not race with who takes it next, but comes before it.
 */
enum access_mode {
	MODE_READ,
	MODE_WRITE,
	MODE_LOCK,
	MODE_LOCK_SHARED,
	MODE_UNLOCK,
	MODE_UNLOCK_SHARED,
	MODE_TRY,	 /* took it without waiting */
	MODE_TRY_FAILED, /* did not get it */
	NR_MODES
};

struct location {
	uint64_t key;		   /* 0: free */
	uint32_t head;		   /* last access, + 1 */
	uint32_t readers, writers; /* tasks that ever did, a bit each */
	uint32_t tried;		   /* not 0: a lock that was once only tried */
};

struct access {
	uint32_t event, prev; /* prev: of the same location, + 1 */
	uint32_t exclusive;   /* last one before that wrote or locked, + 1 */
	uint32_t location;
	uint8_t mask; /* bytes of the location */
	uint8_t mode;
	uint8_t order; /* enum access_order */
};

/*
 * What the accesses of two tasks to one location order, beside themselves, by the
 * rules that code is written to: only that makes plain accesses safe.
 */
enum access_order {
	ORDER_MARKED, /* a write and who reads it: READ_ONCE(), atomics, locks */
	ORDER_PLAIN,  /* nothing */
	ORDER_BOTH,   /* whatever they do: read sections and grace periods */
};

/* What a task is about to do, or did. */
enum event_kind { EVENT_START, EVENT_ACCESS, EVENT_CALL, EVENT_RESUME };

struct event_op {
	const volatile void *addr; /* of the access, or the object of the call */
	const char *name;	   /* of the object, or NULL */
	const void *pc;		   /* of the access in the kernel, or NULL */
	uint32_t size;
	uint8_t kind;  /* enum event_kind */
	uint8_t how;   /* ACCESS_* */
	uint16_t call; /* enum shim_call */
};

struct event {
	union clock clock;
	struct event_op op;
	uint32_t access; /* its first one; they end where the next event's start */
	uint32_t before; /* the event of its task before it, + 1 */
	/*
	 * What it waited for was there from this many events on: if not, it
	 * cannot come before them.
	 */
	uint32_t since;
	uint8_t task;
	bool completes; /* its task completed an operation right behind it */
};

struct search_history {
	struct event *events;
	struct access *accesses;
	struct location *locations;
	uint32_t nr, nr_accesses, nr_locations, size_locations;
	uint32_t *known; /* the locations that are in use */
	unsigned int nr_tasks, lanes;
	uint32_t last[HOST_MAX_TASKS]; /* event of the task, + 1 */
	/* Events that the last one conflicts with directly. */
	uint32_t candidate[HISTORY_MAX_RACES];
	unsigned int nr_candidates;
	/* Releases that the last one comes after, and its clock without them. */
	uint32_t release[HISTORY_MAX_RACES];
	unsigned int nr_releases;
	union clock early;
	/*
	 * By event, what is ordered before it by synchronisation alone; NULL
	 * where nobody looks for data races.
	 */
	union clock *synced;
	/* The event that a plain access of the last one races with, + 1. */
	uint32_t data_race;
	bool full; /* something did not fit: races may be missing */
};

extern struct search_history history;

/* Empties it, for executions of @nr_tasks tasks 0 .. nr_tasks - 1. */
void history_init(unsigned int nr_tasks);

/* Forgets accesses and tasks of all locations too. */
void history_forget(void);

/* Cuts it back to its first @nr events. */
void history_cut(uint32_t nr);

/* The location of an address; @lock: as the lock that lies there. */
uint32_t history_location(const volatile void *addr, bool lock);

/* The one whose key is @key, as of a location of this process or its parent. */
uint32_t history_location_of(uint64_t key);

/* Appends an event of @task.  Returns its index. */
uint32_t history_add(unsigned int task, const struct event_op *op);

/* Whether history.data_race is filled from now on. */
void history_watch_races(bool watch);

/* The last event also accesses @mask of @location. */
void history_access(uint32_t location, uint8_t mask, enum access_mode mode,
		    enum access_order order);

/* The same by address and size. */
void history_access_range(const volatile void *addr, unsigned long size,
			  enum access_mode mode, enum access_order order);

/*
 * The events that race with the last one: it conflicts with each, and nothing
 * that happens between them orders the two.  Returns how many are in @found, of
 * at most 64.
 */
unsigned int history_races(uint32_t *found);

/*
 * The clock that the last event, which races with @race, would have if it came
 * before it: it would not wait for what was taken there to be released.
 */
void history_clock_before(uint32_t race, union clock *clock);

/*
 * As if @task, which is blocked, did take @location in @mode: what it would
 * race with.  The history does not change.
 */
unsigned int history_races_of_blocked(unsigned int task, uint32_t location,
				      enum access_mode mode, uint32_t *found);

bool modes_conflict(enum access_mode a, enum access_mode b);

static inline struct event *history_event(uint32_t index)
{
	return &history.events[index];
}

/* Where the accesses of an event end. */
static inline uint32_t history_end_of(uint32_t event)
{
	return event + 1 < history.nr ? history.events[event + 1].access :
					history.nr_accesses;
}

/* Whether event @a happens before event @b, or is it. */
static inline bool happens_before(uint32_t a, uint32_t b)
{
	return history.events[b].clock.at[history.events[a].task] > (int)a;
}

#endif /* PFNSIM_EXPLORE_HISTORY_H */
