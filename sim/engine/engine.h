/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The deterministic engine: tasks, scheduling points, one stream of decisions.
 *
 * Tasks are coroutines on one host thread.  A task runs until the decider stops
 * it at a point, until it blocks or until it ends; the decider then names the
 * next one.  The engine runs on the stack of whoever calls it: a switch happens
 * only where another task was chosen.
 *
 * There is one engine in a process (engine, below) and it is not thread-safe.
 */
#ifndef PFNSIM_ENGINE_ENGINE_H
#define PFNSIM_ENGINE_ENGINE_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "border.h"
#include "coro.h"
#include "trace.h"

/* ---- Named points ------------------------------------------------------ */

#define MAX_ANCHORS 16

/* One way to pass a point; after is the index of a point, or -1. */
struct anchor {
	const char *obj; /* name of the object, NULL: any */
	signed char point, after;
	bool repeated;
};

/*
 * The points of one operation.  watch[] tells by shim call which anchors may
 * match, a bit each; calls of which it says 0 cost nothing when no trace is kept.
 */
struct op_points {
	const char *op;
	unsigned short watch[NR_SHIM_CALLS];
	struct anchor anchors[MAX_ANCHORS];
	unsigned int nr_anchors;
	const char *points[MAX_ANCHORS];
	unsigned int nr_points;
};

/* ---- Tasks ------------------------------------------------------------- */

enum task_state { TASK_ENDED, TASK_READY, TASK_BLOCKED };

struct engine_task {
	struct coro coro;
	enum task_state state;
	const struct host_wait *wait; /* while blocked */
	void (*run)(unsigned int task);
	/* The operation that it is in; points is NULL between operations. */
	const struct op_points *points;
	unsigned int step;
	unsigned char passed[MAX_ANCHORS]; /* by point, saturating */
	unsigned short matched;		   /* by anchor, one bit each */
	unsigned int fail_at, fail_seen;   /* failure injection, 0: none */
};

/* What a task just did, as a decider sees it. */
struct passing {
	enum shim_call call;
	const char *obj;
	int point;	  /* index in the operation's points, or -1 */
	unsigned int nth; /* how often that point was passed */
};

enum outcome_kind {
	OUTCOME_DONE,	  /* every task ended */
	OUTCOME_DEADLOCK, /* nobody can go on */
	OUTCOME_FATAL,	  /* the kernel cannot go on (BUG, wild pointer) */
	OUTCOME_TRAP,	  /* reached something that is not emulated */
	OUTCOME_BOUND,	  /* too many points in one execution */
	OUTCOME_HANG,	  /* no point passed for a second of host time */
	OUTCOME_STRAYED,  /* the decider gave up: an order does not fit */
	OUTCOME_INTERRUPTED,
};

/*
 * Who decides.  Called on the stack of the running task, or on the host's.
 *
 * @at: whether to stop the task here.  Called for @begin and @end of operations
 *	and for every call that its points watch (for all calls where all_calls).
 * @next: the task to run, or -1 to end the execution as OUTCOME_STRAYED.  Called
 *	with the task that stopped, blocked or ended (or -1 at the start); every
 *	task that it may choose is enabled.
 */
struct decider {
	bool (*at)(struct decider *decider, unsigned int task,
		   const struct passing *passing);
	int (*next)(struct decider *decider, int from);
	bool all_calls;
};

/*
 * A search stands closer than a decider: it is asked before each call, and where
 * the kernel has hooks before each access, on the stack of the running task, and
 * may switch there and then by engine_switch().  @block returns once the wait is
 * over.  Only @enter must be there: it stands for @lock and @try where they are
 * not.
 */
struct engine_hooks {
	void (*enter)(enum shim_call call, const void *obj, const char *name);
	void (*leave)(enum shim_call call);
	void (*lock)(enum shim_call call, const void *obj, const char *name,
		     const struct host_lock *lock);
	bool (*try)(enum shim_call call, const void *obj, const char *name,
		    const struct host_lock *lock);
	void (*block)(const struct host_wait *wait);
	void (*access)(const volatile void *addr, unsigned long size,
		       unsigned int how, const void *pc);
};

/* ---- Findings ---------------------------------------------------------- */

#define MAX_FINDINGS 32

struct engine_finding {
	enum violation kind;
	unsigned int task;
	unsigned long pfn;
	size_t event; /* in the trace, or (size_t)-1 */
	char text[768];
	const char *path; /* in the trace's storage, or NULL */
};

struct engine {
	struct engine_task task[HOST_MAX_TASKS];
	unsigned int nr_tasks;
	uint32_t alive; /* tasks that have not ended, a bit each */
	struct coro host;
	bool in_task; /* a task runs, not the host */
	struct decider *decider;
	const struct engine_hooks *hooks; /* NULL: nobody searches */
	struct trace *trace;		  /* NULL: none is kept */
	unsigned int last_task;		  /* of the last trace event */
	/* Called after an event was appended; may set its changed text. */
	void (*observe)(void *arg, struct trace_event *event);
	/* Turns a note into a text for a person; owned by the trace. */
	const char *(*describe)(void *arg, enum host_note note, unsigned long a,
				unsigned long b, const char *text);
	void *observer;
	unsigned int quiet; /* looking, not running: border calls are mute */
	uint64_t points;    /* passed in this execution */
	uint64_t limit;	    /* of points in one execution */
	enum outcome_kind outcome;
	char outcome_text[256];
	struct engine_finding finding[MAX_FINDINGS];
	unsigned int nr_findings;
	uint64_t seen; /* violations, bit 1 << enum violation */
	/* Whose tasks run, for loads and stores that are its own. */
	const struct kernel_desc *kernel;
	/* Called right after a load or store through @khva, before any switch. */
	void (*on_access)(const void *khva);
	/* The same for what publishes a change: rcu_assign_pointer(), xa_store(). */
	void (*on_publish)(enum shim_call call, const char *name);
	volatile sig_atomic_t interrupted;
};

extern struct engine engine;

/*
 * To be called first in a process that was forked: it has timers of its own, ends
 * as an interrupt does at SIGTERM, and leaves SIGINT to its parent.
 */
void engine_forked(void);

#define ENGINE_DEFAULT_LIMIT 1000000UL

/* Sets up world, signal handlers and watchdog once. Returns 0 or -errno. */
int engine_init(void);

/*
 * Starts over: no task, no finding.  Keeps trace, observer and limit.
 */
void engine_reset(void);

/* Adds task @index that runs @run(@index) from the top of its stack. */
void engine_add_task(unsigned int index, void (*run)(unsigned int task));

/*
 * Runs tasks until all ended or the execution is over; @decider NULL runs each
 * task to its end in the order of their indices.  Returns the outcome.
 */
enum outcome_kind engine_run(struct decider *decider);

/* Reports that the tasks which are blocked now are so for good. */
void engine_report_deadlock(void);

/* Asks the decider who goes on; returns when it is the running task again. */
void engine_schedule(void);

/* Leaves the running task, which must not have ended, for @task. */
void engine_switch(unsigned int task);

/* Whether @task exists, has not ended and is not blocked. */
bool engine_enabled(unsigned int task);

/* Who holds what @task waits for, or -1; only while it is blocked. */
int engine_blocker(unsigned int task);

/* Called by a task around each operation. */
void engine_op_begin(const struct op_points *points, unsigned int step);
void engine_op_end(void);

/* A point that the runner itself passes: CALL_BEGIN, CALL_END. */
void engine_pass(enum shim_call call);

/* Waits in the scheduler, as host_block(), but on a host-side condition. */
void engine_wait(const struct host_wait *wait);

/*
 * The point of its operation that @task passes by @call on @obj (a name or NULL),
 * or -1; task->passed counts it.
 */
int engine_pass_point(struct engine_task *task, enum shim_call call,
		      const char *obj);

/* Records a violation as host_report() does, by the host's own oracles. */
__attribute__((format(printf, 4, 5))) void engine_find(enum violation kind,
						       unsigned int task,
						       unsigned long pfn,
						       const char *fmt, ...);

/* Appends to the text of finding @index, and of its event in the trace. */
__attribute__((format(printf, 2, 3))) void
engine_find_more(unsigned int index, const char *fmt, ...);

/* Ends the execution; never returns when called on a task. */
__attribute__((format(printf, 2, 3))) void engine_stop(enum outcome_kind kind,
						       const char *fmt, ...);

#endif /* PFNSIM_ENGINE_ENGINE_H */
