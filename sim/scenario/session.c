// SPDX-License-Identifier: GPL-2.0-only
#include "session.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "errnos.h"
#include "points.h"
#include "repeat.h"

struct session *current_session;

static char build_why[160];
static long build_result;

char *text_of(const char *fmt, ...)
{
	va_list args;
	char *text;

	va_start(args, fmt);
	if (vasprintf(&text, fmt, args) < 0)
		abort();
	va_end(args);
	return text;
}

const char *session_task_name(const struct session *session, unsigned int task)
{
	if (task < session->scenario->nr_task)
		return session->scenario->task[task].name;
	return "setup";
}

/* ---- Tasks --------------------------------------------------------------- */

static void trace_op(const struct session *session, const struct step *step,
		     const struct step_result *result)
{
	struct trace_event *event;

	if (!engine.trace)
		return;
	event = trace_append(engine.trace, result ? TRACE_END : TRACE_BEGIN,
			     host_task);
	if (!event)
		return;
	event->step = engine.task[host_task].step;
	event->call = result ? CALL_END : CALL_BEGIN;
	if (result)
		event->ret = result->ret;
	else
		event->text = machine_describe_step(&session->machine, step,
						    engine.trace);
	event->switched = event->task != engine.last_task;
	engine.last_task = event->task;
	observer_event(engine.observer, event);
}

static _Bool gate_open(const void *arg)
{
	return gate_is_open(arg);
}

static int gate_owner(const void *arg)
{
	return ((const struct gate *)arg)->task;
}

static void wait_at_gate(struct session *session, unsigned int task, size_t i)
{
	struct gate *gate = session->gate[task] ? &session->gate[task][i] :
						  NULL;
	const struct step *step = &session->scenario->task[task].steps[i];

	if (!gate || !gate->points)
		return;
	engine_wait(&(struct host_wait){
		.call = CALL_BEGIN,
		.obj = gate,
		.name = step->when.name,
		.ready = gate_open,
		.owner = gate_owner,
		.arg = gate,
	});
}

/* Returns whether to do so again. */
static bool run_step(struct session *session, const struct step *step,
		     struct step_result *result, unsigned int index,
		     unsigned long times)
{
	const struct op_points *points = machine_points(step->op);
	struct engine_task *task = &engine.task[host_task];
	bool again;

	engine_op_begin(points, index);
	task->fail_at = step->fail.given ? step->fail.nth : 0;
	trace_op(session, step, NULL);
	engine_pass(CALL_BEGIN);
	machine_step(&session->machine, step, result);
	again = repeat_again(step, times);
	if (!again)
		repeat_over(session->scenario, index);
	trace_op(session, step, result);
	engine_pass(CALL_END);
	engine_op_end();
	return again;
}

void session_task(struct session *session, unsigned int index)
{
	const struct task_desc *task = &session->scenario->task[index];

	for (size_t i = 0; i < task->nr_steps; i++) {
		unsigned long times = 0;

		if (session->skipped[index] >> i & 1)
			continue;
		wait_at_gate(session, index, i);
		while (run_step(session, &task->steps[i],
				&session->result[index][i], i, ++times))
			;
	}
}

static void run_task(unsigned int index)
{
	session_task(current_session, index);
}

/* ---- What the engine tells while tasks run ------------------------------- */

/*
 * Points matter to gates and to the count of retries; a decider sees them too,
 * so the session's own decider stands in front of it.
 */
struct front {
	struct decider decider;
	struct decider *behind;
};

void session_passed(struct session *session, unsigned int task,
		    const struct passing *passing)
{
	const struct op_points *points = engine.task[task].points;

	if (passing->point >= 0) {
		if (passing->call == CALL_COND_RESCHED &&
		    !strcmp(points->points[passing->point], "retry"))
			session->retries++;
		gates_passed(session->gate, session->scenario, task, points,
			     passing->point);
	} else if (passing->call == CALL_BEGIN || passing->call == CALL_END) {
		gates_passed(session->gate, session->scenario, task, points,
			     -1 - (int)passing->call);
	}
}

static bool front_at(struct decider *decider, unsigned int task,
		     const struct passing *passing)
{
	struct front *front = (struct front *)decider;

	session_passed(current_session, task, passing);
	return front->behind && front->behind->at(front->behind, task, passing);
}

static int front_next(struct decider *decider, int from)
{
	struct front *front = (struct front *)decider;

	if (front->behind)
		return front->behind->next(front->behind, from);
	for (int i = 0; i < HOST_MAX_TASKS; i++)
		if (engine_enabled(i))
			return i;
	return -1;
}

static void check_cache(const struct session *session,
			const struct cache_desc *cache, const void *khva)
{
	check_access(&session->machine.state.model, session->kernel->desc,
		     cache->first, cache->name, (unsigned long)khva);
}

/*
 * Which of the architecture's caches the address is of, is seen from the
 * address.  One that no cache has any more is judged by its mapping alone.
 */
static void check_user(const struct session *session, const void *khva)
{
	const struct scenario *scn = session->scenario;
	struct gpc_view gpc;

	for (size_t i = 0; i < scn->nr_cache; i++) {
		const struct cache_desc *cache = &scn->cache[i];

		if (cache->use != USE_NONE &&
		    kernel_look(session->kernel->desc, VIEW_GPC, cache->first,
				&gpc) >= 0 &&
		    !(((unsigned long)khva ^ gpc.khva) & ~4095UL))
			check_cache(session, cache, khva);
	}
}

static void on_access(const void *khva)
{
	const struct session *session = current_session;
	const struct task_desc *task;
	const struct step *step;

	if (host_task >= session->scenario->nr_task)
		return;
	task = &session->scenario->task[host_task];
	step = &task->steps[engine.task[host_task].step];
	if (step->op == SOP_GPC_READ || step->op == SOP_GPC_WRITE)
		check_cache(session,
			    &session->scenario->cache[step->args.cache], khva);
	else
		check_user(session, khva);
}

static void on_publish(enum shim_call call, const char *name)
{
	machine_published(&current_session->machine, call, name);
}

/* ---- Executions ---------------------------------------------------------- */

static void reset_results(struct session *session)
{
	const struct scenario *scn = session->scenario;

	for (size_t t = 0; t < scn->nr_task; t++) {
		for (size_t i = 0; i < scn->task[t].nr_steps; i++) {
			session->result[t][i].done = false;
			session->result[t][i].len = 0;
		}
	}
	gates_close(session->gate, scn);
	session->retries = 0;
}

static void restore(struct session *session)
{
	if (!session->fresh)
		world_restore(session->snapshot);
	session->fresh = false;
	session->machine.state.vm_fd = session->start.vm_fd;
	memcpy(session->machine.state.gmem_fd, session->start.gmem_fd,
	       sizeof(session->start.gmem_fd));
	memcpy(session->machine.state.gmem_file, session->start.gmem_file,
	       sizeof(session->start.gmem_file));
	memcpy(session->machine.state.gmem_pages, session->start.gmem_pages,
	       sizeof(session->start.gmem_pages));
	memcpy(session->machine.state.slot_uva, session->start.slot_uva,
	       sizeof(session->start.slot_uva));
	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++)
		session->machine.state.effect[i].kind = EFFECT_NONE;
	vm_model_copy(&session->machine.state.model, &session->start.model);
	world_clear_stacks(session->scenario->nr_task);
	repeat_begin(session->scenario);
	reset_results(session);
}

static void teardown_task(unsigned int task)
{
	(void)task;
	machine_teardown(&current_session->machine);
}

void session_tear_down(struct session *session)
{
	enum outcome_kind outcome = engine.outcome;

	if (outcome != OUTCOME_DONE)
		return;
	engine.trace = NULL;
	engine.observe = NULL;
	host_task = HOST_SETUP_TASK;
	engine_add_task(HOST_SETUP_TASK, teardown_task);
	if (engine_run(NULL) == OUTCOME_DONE && !engine.nr_findings)
		check_leaks(session->kernel->desc,
			    session->machine.counters_before);
	if (engine.outcome == OUTCOME_DONE)
		engine.outcome = outcome;
}

void session_check_end(struct session *session)
{
	const struct kernel_desc *desc = session->kernel->desc;
	const struct machine *machine = &session->machine;

	/* What is wrong at the end shows in the lane of who ran last. */
	host_task = engine.last_task;
	for (unsigned int i = 0; i < machine->nr_caches; i++) {
		session->gpcs[i] = (struct gpc_view){ 0 };
		kernel_look(desc, VIEW_GPC, i, &session->gpcs[i]);
		check_cache_at_end(&machine->state.model, desc, i,
				   machine_cache(machine, i)->name);
	}
	kernel_look(desc, VIEW_COUNTERS, 0, session->counters);
	check_balance(desc, machine->state.vm_fd);
	host_task = HOST_SETUP_TASK;
}

void session_begin(struct session *session, struct trace *trace)
{
	current_session = session;
	restore(session);
	engine_reset();
	engine.trace = trace;
	engine.observe = trace ? observer_event : NULL;
	engine.describe = observer_note;
	engine.observer = session;
	engine.on_access = on_access;
	engine.on_publish = on_publish;
	engine.kernel = session->kernel->desc;
	session->trace = trace;
	if (trace)
		observer_resume(session);
}

static enum outcome_kind execute(struct session *session,
				 struct decider *decider, struct trace *trace,
				 bool serial)
{
	struct front front = {
		.decider = { .at = front_at,
			     .next = front_next,
			     .all_calls = decider && decider->all_calls },
		.behind = decider,
	};

	session_begin(session, trace);
	for (size_t i = 0; i < session->scenario->nr_task; i++)
		engine_add_task(i, run_task);
	if (serial) {
		engine.quiet = 1;
		engine_run(NULL);
		engine.quiet = 0;
	} else {
		engine_run(&front.decider);
	}
	engine.on_access = NULL;
	engine.on_publish = NULL;
	if (engine.outcome == OUTCOME_DONE)
		session_check_end(session);
	engine.trace = NULL;
	return engine.outcome;
}

enum outcome_kind session_execute(struct session *session,
				  struct decider *decider, struct trace *trace)
{
	return execute(session, decider, trace, false);
}

/* ---- Opening ------------------------------------------------------------- */

static void setup_failed(const struct step *step, long ret)
{
	const char *name = ret < 0 ? errno_name(ret) : NULL;

	if (name)
		snprintf(build_why, sizeof(build_why),
			 "setup step at line %u fails with -%s", step->pos.line,
			 name);
	else
		snprintf(build_why, sizeof(build_why),
			 "setup step at line %u returns %ld, not %ld",
			 step->pos.line, ret, step->want.ret);
}

static void setup_task(unsigned int task)
{
	struct session *session = current_session;
	const struct scenario *scn = session->scenario;

	(void)task;
	build_result = machine_build(&session->machine, build_why,
				     sizeof(build_why));
	if (build_result < 0)
		return;
	for (size_t i = 0; i < scn->nr_setup; i++) {
		const struct step *step = &scn->setup[i];
		struct step_result *result = &session->setup_result[i];

		run_step(session, step, result, i, 1);
		if (step->want.has_ret ? step->want.ret == result->ret :
					 result->ret >= 0)
			continue;
		build_result = -EINVAL;
		setup_failed(step, result->ret);
		return;
	}
}

static void make_task(struct session *session, size_t t)
{
	const struct task_desc *task = &session->scenario->task[t];

	session->result[t] = calloc(task->nr_steps + 1,
				    sizeof(struct step_result));
	session->gate[t] = gates_make(task);
}

static bool boot(struct session *session, char *why, size_t size, bool *trap)
{
	current_session = session;
	loader_cold_start(session->kernel);
	engine_reset();
	trace_init(&session->setup_trace);
	engine.trace = &session->setup_trace;
	engine.observe = NULL;
	engine.describe = observer_note;
	engine.observer = session;
	engine.on_access = NULL;
	engine.on_publish = on_publish;
	engine.kernel = session->kernel->desc;
	session->trace = &session->setup_trace;
	observer_begin(session);
	host_task = HOST_SETUP_TASK;
	build_result = 0;
	engine_add_task(HOST_SETUP_TASK, setup_task);
	engine_run(NULL);
	engine.trace = NULL;
	*trap = engine.outcome == OUTCOME_TRAP;
	if (engine.outcome != OUTCOME_DONE)
		snprintf(why, size, "setup: %s", engine.outcome_text);
	else if (build_result < 0)
		snprintf(why, size, "%s", build_why);
	else if (engine.nr_findings)
		snprintf(why, size, "setup: %s: %s",
			 violation_name(engine.finding[0].kind),
			 engine.finding[0].text);
	else
		return true;
	return false;
}

struct session *session_open(const struct scenario *scenario,
			     const struct loaded_kernel *kernel, char *why,
			     size_t size, bool *trap)
{
	struct session *session = calloc(1, sizeof(*session));

	if (!session)
		abort();
	/* Who has thousands of caches passes more points without being stuck. */
	engine.limit = ENGINE_DEFAULT_LIMIT;
	for (size_t i = 0; i < scenario->nr_cache; i++)
		engine.limit += ENGINE_DEFAULT_LIMIT / 16 *
				(scenario->cache[i].count - 1);
	session->scenario = scenario;
	session->kernel = kernel;
	session->machine.scenario = scenario;
	session->machine.kernel = kernel;
	session->setup_result = calloc(scenario->nr_setup + 1,
				       sizeof(struct step_result));
	for (size_t t = 0; t < scenario->nr_task; t++)
		make_task(session, t);
	if (!boot(session, why, size, trap)) {
		session_close(session);
		return NULL;
	}
	observer_save();
	session->start = session->machine.state;
	session->snapshot = world_save(&kernel->image);
	session->fresh = true;
	session->gpcs = calloc(session->machine.nr_caches + 1,
			       sizeof(struct gpc_view));
	return session;
}

void session_close(struct session *session)
{
	for (size_t t = 0; t < SCN_MAX_TASKS; t++) {
		free(session->result[t]);
		free(session->gate[t]);
	}
	world_snapshot_destroy(session->snapshot);
	trace_deinit(&session->setup_trace);
	free(session->setup_result);
	free(session->gpcs);
	free(session);
	current_session = NULL;
}

/* ---- Benchmarks ---------------------------------------------------------- */

size_t session_snapshot_bytes(const struct session *session)
{
	return world_snapshot_bytes(session->snapshot);
}

uint64_t session_reset_hash(struct session *session)
{
	restore(session);
	return world_hash(&session->kernel->image);
}

uint64_t session_bench(struct session *session, const struct case_desc *desc,
		       uint64_t times, bool serial)
{
	struct order order;
	struct replay replay;
	uint64_t points = 0;

	order_make(&order, desc->order, desc->nr_order, session->scenario);
	replay_init(&replay, order.lines, order.nr_lines);
	for (uint64_t i = 0; i < times && !engine.interrupted; i++) {
		replay_start(&replay);
		execute(session, serial ? NULL : &replay.decider, NULL, serial);
		if (!serial && engine.outcome == OUTCOME_DONE)
			replay_finish(&replay);
		session_tear_down(session);
		points += engine.points;
		if (engine.outcome == OUTCOME_DONE &&
		    (serial || (!replay.stray && !engine.nr_findings)))
			continue;
		points = 0;
		break;
	}
	order_deinit(&order);
	return points;
}
