/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Running a subject under a strategy, again and again.
 *
 * At every scheduling point all tasks but the running one stand before their next
 * event, which is known.  A strategy names the task whose event happens next.
 * The first events of an execution may be given: then they are repeated from the
 * history, and the strategy is asked from there on.
 *
 * Scheduling is fair in the end.  A task that went round a loop SEARCH_ROUNDS_MAX
 * times in the same way stands aside as long as others can go on, and after
 * SEARCH_FAIR_AFTER events, or where only such tasks are left, the one goes on
 * that did so least recently.
 *
 * There is one search in a process, as there is one engine.
 */
#ifndef PFNSIM_EXPLORE_SEARCH_H
#define PFNSIM_EXPLORE_SEARCH_H

#include <stdbool.h>
#include <stdint.h>

#include "engine.h"
#include "history.h"
#include "world.h"

/*
 * What is searched.  @start brings the world to where executions start, with an
 * engine that was reset; @task is what each task does; @finish is called after
 * every execution that was not cut short, may add findings to the engine, and
 * returns a hash of the state that was reached.
 */
struct search_subject {
	unsigned int nr_tasks;
	void *arg;
	void (*start)(void *arg);
	void (*task)(void *arg, unsigned int task);
	uint64_t (*finish)(void *arg);
	/* A named point, or the beginning or end of an operation; may be NULL. */
	void (*passed)(void *arg, unsigned int task,
		       const struct passing *passing);
	/* A hash of the kernel's memory, for evidence; may be NULL. */
	uint64_t (*memory)(void *arg);
	/* Where the kernel's own data lies; may be NULL. */
	const struct world_image *image;
	/* Every access is seen, also where one task alone makes it. */
	bool all_visible;
};

/* How an execution ended. */
enum search_end {
	SEARCH_RAN,	  /* all tasks ended, or the kernel could not go on */
	SEARCH_DEADLOCK,  /* nobody can go on */
	SEARCH_LIVELOCK,  /* tasks go on, and nothing comes of it */
	SEARCH_REDUNDANT, /* the strategy saw that it is known already */
	SEARCH_LONG,	  /* too many events */
	SEARCH_ROUNDS,	  /* blind, and a task yields again and again */
	SEARCH_STRAYED,	  /* the given events cannot be repeated */
};

#define SEARCH_ROUNDS_MAX 8
#define SEARCH_FAIR_AFTER (HISTORY_MAX / 2)

/* Returned by a strategy that cuts an execution short. */
#define CHOOSE_NOBODY (-1)

struct search {
	const struct search_subject *subject;
	/* The next to run, of those that search_enabled() names. */
	int (*choose)(struct search *search, int from);
	/* The last event of the history is over: all that it accessed is known. */
	void (*over)(struct search *search);
	/* The last event and this one are a data race; may be NULL. */
	void (*raced)(uint32_t event);
	/* What a task stands before, and points that it passes; may be NULL. */
	void (*stood)(enum shim_call call, const char *name, const void *pc);
	void (*passed)(unsigned int task, const struct passing *passing);
	bool stop;   /* set by anybody: no more executions */
	bool blind;  /* keep no history: nothing is repeated from it */
	bool learns; /* blind, but what the emulation shares is noted */
	/*
	 * Blind: up to this position the running task goes on without being
	 * asked for; by the strategy, whenever it chooses.
	 */
	uint32_t free_until;
	uint32_t position; /* events that began */
	uint32_t given;	   /* events of the history to be repeated first */
	uint32_t limit;	   /* of events */
	uint32_t patience; /* blind: yields of one task; 0: any number */
	uint32_t alive;	   /* tasks that have not ended, a bit each */
	enum search_end end;
	uint64_t executions, events;
	/* Accesses that were taken for one task's own, and turned out not to be. */
	uint32_t growth;
	struct event_op pending[HOST_MAX_TASKS];
	const struct host_lock *lock[HOST_MAX_TASKS];
	const struct host_wait *wait[HOST_MAX_TASKS];
	uint32_t held; /* tasks that the strategy does not let go on yet, too */
	uint32_t begun;	   /* tasks that began an operation, a bit each */
	uint32_t spinning; /* tasks that wait for a write, a bit each */
	uint32_t parked;   /* ... that went round too often to go on */
	bool went_round;   /* a task went round a loop as before */
	bool curbed; /* a task was parked in some execution: not all was seen */
	unsigned int nr_waits; /* tasks that wait for more than a lock */
	unsigned int rounds;   /* that nobody but spinning tasks made */
	unsigned int woken;    /* times that hooks were, see silence.h */
	uint32_t idle;	       /* the tasks that made them, a bit each */
	uint32_t since[HOST_MAX_TASKS]; /* position from which a wait was over */
	uint32_t yields[HOST_MAX_TASKS]; /* counted where blind */
	uint8_t depth[HOST_MAX_TASKS];	 /* of calls that are one step */
	bool rcu_used;
};

extern struct search search;

/* What read sections and grace periods of RCU access, which have no object. */
extern const uint64_t search_rcu_object;

/* Prepares a search of @subject; forgets every earlier one. */
void search_init(const struct search_subject *subject);

/*
 * One execution.  search.given events are repeated; the history then goes on
 * with new ones.  Returns search.end.
 */
enum search_end search_execute(void);

/* The tasks that could go on, a bit each. */
uint32_t search_enabled(void);
bool search_is_enabled(unsigned int task);

/* What @task, which is blocked at a lock, waits for. */
void search_blocked_at(unsigned int task, uint32_t *location,
		       enum access_mode *mode);

#endif /* PFNSIM_EXPLORE_SEARCH_H */
