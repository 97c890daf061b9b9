/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Replaying one exact order: a decider that runs a task until a named point,
 * then the next one, and gives up where the kernel takes another path.
 */
#ifndef PFNSIM_EXPLORE_REPLAY_H
#define PFNSIM_EXPLORE_REPLAY_H

#include "engine.h"

enum replay_kind {
	REPLAY_POINT,  /* a named point of an operation */
	REPLAY_CALL,   /* a shim call, CALL_BEGIN and CALL_END included */
	REPLAY_BEFORE, /* right before a shim call, or an access */
	REPLAY_BLOCKED,
	REPLAY_END,
};

struct replay_target {
	enum replay_kind kind;
	const struct op_points *points; /* operation, for the first two */
	int point;
	enum shim_call call;
	const char *obj;   /* NULL: any; of an access, its line of source */
	unsigned int nth;  /* from 1; 1 means the next time */
	unsigned int seen; /* calls seen in this operation */
};

/* Runs one task until the first of its targets. */
struct replay_line {
	unsigned int task;
	struct replay_target *targets;
	unsigned int nr_targets;
	unsigned int again; /* not 0: go back so many lines instead */
	size_t done; /* events of the trace when it was done, 0: it is not */
};

enum replay_stray {
	STRAY_NONE,
	STRAY_BLOCKED, /* the line's task blocks first */
	STRAY_ENDED,   /* the line's task ends first */
	STRAY_REMAINS, /* tasks remain after the last line */
	STRAY_UNFAIR,  /* a task could go on that lines leave out for ever */
};

struct replay {
	struct decider decider;
	/* Instead of engine_enabled(), where a search runs the tasks; or NULL. */
	bool (*can_run)(unsigned int task);
	bool before;   /* the order has a target right before a call */
	bool accesses; /* ... right before an access: the kernel needs hooks */
	struct replay_line *lines;
	unsigned int nr_lines;
	unsigned int line;	 /* that is being carried out */
	unsigned int rounds;	 /* gone through what is to be again */
	uint32_t completing;	 /* tasks that completed something in it */
	enum replay_stray stray; /* why it gave up, and where: */
	unsigned int stray_line;
	const struct host_wait *stray_wait;
	struct host_wait stray_wait_copy;
	int stray_owner;
};

/* @lines belong to the caller and must outlive the replay. */
void replay_init(struct replay *replay, struct replay_line *lines,
		 unsigned int nr_lines);

/* Starts over; call before every engine_run() with &replay->decider. */
void replay_start(struct replay *replay);

/*
 * Makes the engine tell what a task stands before, where the order has such
 * targets; call before and after engine_run().
 */
void replay_attach(struct replay *replay);
void replay_detach(void);

/* A task that is about to call, or to access @obj, a line of source. */
bool replay_stand_before(struct replay *replay, enum shim_call call,
			 const char *obj);

/* Looks again for what the line's task waits for, after STRAY_BLOCKED. */
void replay_tell_wait(struct replay *replay);

/*
 * Call once every task has ended: a line that is left over and does not wait for
 * the end was never fulfilled.
 */
void replay_finish(struct replay *replay);

#endif /* PFNSIM_EXPLORE_REPLAY_H */
