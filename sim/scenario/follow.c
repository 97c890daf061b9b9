// SPDX-License-Identifier: GPL-2.0-only
#include "follow.h"

#include <stdlib.h>
#include <string.h>

#include "datarace.h"
#include "search.h"
#include "symbols.h"

/* How the tasks came to what they access; only where there is a trace. */
struct came {
	const char *path;
	uint64_t value; /* there before */
};

static struct {
	struct session *session;
	struct replay *replay;
	struct trace *trace; /* of the running execution, or NULL */
	struct trace *paths; /* owns what is below, or NULL */
	struct came now[HOST_MAX_TASKS];
	struct came *came;   /* by event */
	unsigned int stores; /* finding about what the last event stores, + 1 */
} follow;

/* ---- Data races ---------------------------------------------------------- */

void follow_paths(struct trace *trace)
{
	follow.paths = trace;
	if (!follow.came)
		follow.came = calloc(HISTORY_MAX + 1, sizeof(*follow.came));
	if (!follow.came)
		abort();
	memset(follow.now, 0, sizeof(follow.now));
	follow.stores = 0;
}

void follow_stood(const void *pc)
{
	const struct stack_place *here = NULL;

	if (follow.paths)
		follow.now[host_task].path = pc ? symbols_path(follow.paths,
							       here) :
						  NULL;
}

static uint64_t value_at(const struct event_op *op)
{
	uint64_t value = 0;
	size_t size = op->size < sizeof(value) ? op->size : sizeof(value);

	if (op->kind == EVENT_ACCESS)
		memcpy(&value, (const void *)op->addr, size);
	return value;
}

void follow_chosen(int task)
{
	if (!follow.paths || task < 0)
		return;
	follow.came[search.position] = follow.now[task];
	follow.came[search.position].value = value_at(&search.pending[task]);
}

static struct race_side side_of(uint32_t index)
{
	const struct event *event = &history.events[index];
	bool access = event->op.kind == EVENT_ACCESS;
	struct race_side side = {
		.task = event->task,
		.pc = event->op.pc,
		.size = access ? event->op.size : 0,
		.write = !access || event->op.how & ACCESS_WRITE,
		.marked = !access || event->op.how & ACCESS_MARKED,
	};

	if (follow.paths) {
		side.path = follow.came[index].path;
		side.value = follow.came[index].value;
	}
	return side;
}

void follow_report_race(uint32_t first)
{
	struct race_side one = side_of(first);
	struct race_side other = side_of(history.nr - 1);
	unsigned int before = engine.nr_findings;

	data_race_report(&one, &other);
	if (follow.paths && other.write && engine.nr_findings > before)
		follow.stores = engine.nr_findings;
}

void follow_over(void)
{
	const struct event *last = &history.events[history.nr - 1];

	if (follow.stores)
		engine_find_more(follow.stores - 1,
				 "; the second left %#lx there",
				 (unsigned long)value_at(&last->op));
	follow.stores = 0;
}

/* ---- Deadlocks ----------------------------------------------------------- */

static void tell_waits(void)
{
	static struct host_wait waits[HOST_MAX_TASKS];

	for (uint32_t left = search.alive; left; left &= left - 1) {
		unsigned int task = __builtin_ctz(left);
		const struct event_op *op = &search.pending[task];

		if (!search.lock[task] && !search.wait[task])
			continue;
		waits[task] = (struct host_wait){
			.call = op->call,
			.obj = (const void *)op->addr,
			.name = op->name,
			.lock = search.lock[task],
		};
		engine.task[task].state = TASK_BLOCKED;
		engine.task[task].wait = search.wait[task] ? search.wait[task] :
							     &waits[task];
	}
}

void follow_report_deadlock(void)
{
	tell_waits();
	engine_report_deadlock();
}

/* ---- The strategy -------------------------------------------------------- */

static void subject_start(void *arg)
{
	(void)arg;
	session_begin(follow.session, follow.trace);
	replay_start(follow.replay);
}

static void subject_task(void *arg, unsigned int task)
{
	(void)arg;
	session_task(follow.session, task);
}

static void subject_passed(void *arg, unsigned int task,
			   const struct passing *passing)
{
	struct decider *decider = &follow.replay->decider;

	(void)arg;
	session_passed(follow.session, task, passing);
	decider->at(decider, task, passing);
}

/* Who goes round in vain may do so where the order says so. */
static bool can_run(unsigned int task)
{
	return search_is_enabled(task) || search.spinning >> task & 1;
}

static int on_choose(struct search *s, int from)
{
	struct decider *decider = &follow.replay->decider;
	int next;

	if (!search_enabled())
		return CHOOSE_NOBODY;
	next = decider->next(decider, from);
	if (follow.replay->stray) {
		if (follow.replay->stray == STRAY_BLOCKED) {
			tell_waits();
			replay_tell_wait(follow.replay);
		}
		s->end = SEARCH_STRAYED;
		engine.outcome = OUTCOME_STRAYED;
		return CHOOSE_NOBODY;
	}
	follow_chosen(next);
	return next;
}

static void on_over(struct search *s)
{
	(void)s;
	follow_over();
	history.nr_candidates = history.nr_releases = 0;
}

static void on_stood(enum shim_call call, const char *name, const void *pc)
{
	follow_stood(pc);
	replay_stand_before(follow.replay, call, pc ? symbols_line(pc) : name);
}

static void execute(struct trace *trace)
{
	follow.trace = trace;
	if (trace)
		follow_paths(trace);
	search.given = 0;
	search_execute();
	follow.paths = NULL;
}

/* Accesses are seen that others make, too: who these are is learnt first. */
static void learn(void)
{
	uint64_t growth;

	do {
		growth = search.growth;
		execute(NULL);
	} while (search.growth != growth && !engine.interrupted);
}

void follow_execute(struct session *session, struct replay *replay,
		    struct trace *trace)
{
	struct search_subject subject = {
		.nr_tasks = session->scenario->nr_task,
		.start = subject_start,
		.task = subject_task,
		.passed = subject_passed,
	};

	follow.session = session;
	follow.replay = replay;
	replay->can_run = can_run;
	search_init(&subject);
	history_watch_races(true);
	search.choose = on_choose;
	search.over = on_over;
	search.stood = on_stood;
	search.raced = follow_report_race;
	learn();
	execute(trace);
	engine.on_access = NULL;
	engine.on_publish = NULL;
	if (search.end == SEARCH_DEADLOCK)
		follow_report_deadlock();
	if (engine.outcome == OUTCOME_DONE)
		session_check_end(session);
	engine.trace = NULL;
	search.stood = NULL;
	history_watch_races(false);
}
