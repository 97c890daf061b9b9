/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Inside of a session: shared by the files that execute, observe and judge.
 * There is one session at a time.
 */
#ifndef PFNSIM_SCENARIO_SESSION_H
#define PFNSIM_SCENARIO_SESSION_H

#include "gate.h"
#include "machine.h"
#include "order.h"
#include "replay.h"
#include "runner.h"

struct session {
	const struct scenario *scenario;
	const struct loaded_kernel *kernel;
	struct machine machine;
	struct machine_state start; /* what the snapshot belongs to */
	struct world_snapshot *snapshot;
	struct trace setup_trace;
	bool fresh; /* nothing ran since the snapshot */
	struct step_result *setup_result;
	struct step_result *result[SCN_MAX_TASKS];
	struct gate *gate[SCN_MAX_TASKS]; /* by step; NULL: task has none */
	uint64_t retries;
	bool count_retries;
	uint64_t skipped[SCN_MAX_TASKS]; /* steps that are left out, a bit each */
	struct trace *trace;		 /* of the running execution, or NULL */
	/* Of the last execution, before teardown. */
	struct gpc_view *gpcs;
	unsigned long counters[NR_COUNTERS];
};

extern struct session *current_session;

/* Runs the tasks once under @decider (NULL: one after the other). */
enum outcome_kind session_execute(struct session *session,
				  struct decider *decider, struct trace *trace);

/*
 * The same in parts, for a search: brings back the snapshot; runs the steps of a
 * task on the engine; counts and opens gates where a point is passed; looks at
 * what is wrong at the end.
 */
void session_begin(struct session *session, struct trace *trace);
void session_task(struct session *session, unsigned int task);
void session_passed(struct session *session, unsigned int task,
		    const struct passing *passing);
void session_check_end(struct session *session);

/* Closes everything after it and looks for what stays behind. */
void session_tear_down(struct session *session);

/* Compares the last execution with what the case expects; adds findings. */
void session_judge(struct session *session, const struct case_desc *desc,
		   struct case_result *result);

/*
 * Whether the last execution is as the case expects, and which `sometimes` it
 * satisfies: adds their bits to @witnessed.
 */
bool session_holds(struct session *session, const struct case_desc *desc,
		   uint64_t *witnessed);

/* Appends a finding that is not a violation; @text is taken over. */
void result_add(struct case_result *result, struct pos pos, char *text);

/* Hooks of the engine: what changed, and what a note says. */
void observer_begin(struct session *session);  /* before boot */
void observer_save(void);		       /* at the snapshot */
void observer_resume(struct session *session); /* at each execution */
void observer_event(void *arg, struct trace_event *event);
const char *observer_note(void *arg, enum host_note note, unsigned long a,
			  unsigned long b, const char *text);

/* "vcpu0", "setup"; also for what @N stands for in a deadlock's text. */
const char *session_task_name(const struct session *session, unsigned int task);

/* Turns engine findings into findings of the result, with full sentences. */
void session_collect(struct session *session, struct case_result *result);

/* Page histories of the pages that findings name. */
void session_histories(struct session *session, struct case_result *result);

/* asprintf() that does not fail. */
__attribute__((format(printf, 1, 2))) char *text_of(const char *fmt, ...);

#endif /* PFNSIM_SCENARIO_SESSION_H */
