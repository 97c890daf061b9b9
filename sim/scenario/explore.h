/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Searching a scenario: one case by all interleavings, or by as many as time
 * allows.
 */
#ifndef PFNSIM_SCENARIO_EXPLORE_H
#define PFNSIM_SCENARIO_EXPLORE_H

#include "random.h"
#include "runner.h"

struct pieces;

/* What to search, and for how long. */
struct explore_limits {
	unsigned long find;   /* these violations alone, a bit each; 0: any */
	bool all;	      /* failures are not looked for, but end states */
	bool data_races;      /* look for them too */
	bool has_preemptions; /* at most so many */
	bool has_delays;      /* ... of these, by bounded.h */
	unsigned long preemptions, delays;
	unsigned long random; /* that many schedules drawn at random only */
	/* Of these, all in one way; NULL: in several ways, by turns. */
	const struct random_way *way;
	bool everything; /* all interleavings, with no bounds before that */
	unsigned long seed;
	double seconds;		    /* 0: until the verdict */
	unsigned int jobs;	    /* worker processes; 0: one */
	unsigned int shard, shards; /* from 0 on, of so many; 0: all of it */
	const char *const *known;   /* what was saved before, of any shards */
	size_t nr_known;
	bool only_known; /* search no more of what can be cut */
	bool spare;	 /* find out what a failure does not need */
	/* More is done: called from time to time; or NULL. */
	void (*save)(const struct pieces *pieces);
};

/* What of a scenario a failure does not need: a step, or with SCN_NONE a task. */
struct spare {
	unsigned int task;
	int step;
};

/* How far a search came. */
enum explore_stage {
	STAGE_RANDOM,	   /* drawn at random */
	STAGE_PREEMPTIONS, /* all with at most so many preemptions */
	STAGE_ALL,	   /* all interleavings */
	STAGE_DELAYS,	   /* all with at most so many delays */
};

struct end_state {
	uint64_t hash, count;
	char *text;	/* "read: ret 0; clock: valid, page P3" */
	char *order;	/* one that leads there, or NULL */
	uint8_t *tasks; /* of the events of the first execution that did */
	uint32_t nr_tasks;
};

struct explore_report {
	enum explore_stage stage; /* the last that was begun */
	bool exhausted;		  /* ... and completed */
	unsigned int preemptions; /* of that stage; or delays */
	uint64_t executions, pruned, restarts, deepest;
	uint64_t most_retries; /* of refreshes, in one execution */
	double seconds;
	bool curbed; /* a loop was not followed without bound */
	bool interrupted, timed_out, lost;
	bool part;    /* only what this shard has to search */
	bool damaged; /* what was saved before */
	/*
	 * Of all interleavings: how many there are, give or take how many, or
	 * 0 where there is no telling; and how many are done.
	 */
	double estimate, error, searched;
	struct end_state *states;
	size_t nr_states;
	bool states_dropped; /* there were more than are kept */
	/* Of the failing schedule: */
	bool failed;
	enum explore_stage found_by;
	uint64_t found_at;  /* in which execution */
	unsigned int needs; /* preemptions */
	bool fewest; /* none was found with fewer, and all were searched */
	struct spare *spare;
	size_t nr_spare;
	bool replayed; /* its order leads to the same violation */
};

void explore_report_deinit(struct explore_report *report);

/*
 * Searches @desc on a session whose kernel has hooks.  Of a failing search,
 * @result comes to hold the trace, the findings and the order of the smallest
 * failing schedule.  Failures with none of the @wanted violations (bits; 0: any
 * will do) do not end it.  @progress, if not NULL, is called ten times a second.
 */
void explore_session(struct session *session, const struct case_desc *desc,
		     const struct explore_limits *limits, unsigned long wanted,
		     void (*progress)(const struct explore_report *report),
		     struct case_result *result, struct explore_report *report);

/* ": about 12 % of 1.5e+06 (+- 3e+05)", or ""; free() it. */
char *explore_covered_text(const struct explore_report *report);

/* "all interleavings with at most 2 preemptions" */
char *explore_space_text(const struct explore_report *report);

#endif /* PFNSIM_SCENARIO_EXPLORE_H */
