// SPDX-License-Identifier: GPL-2.0-only
#include "runner.h"

#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checks.h"
#include "endstate.h"
#include "explore.h"
#include "follow.h"
#include "points.h"
#include "session.h"

/* ---- Cases --------------------------------------------------------------- */

bool scenario_runs_on(const struct scenario *scenario,
		      const struct kernel_desc *kernel, char *why, size_t size)
{
	unsigned long missing = scenario->needs & ~kernel->caps;
	size_t used;

	if (!missing)
		return true;
	used = snprintf(why, size, "needs");
	for (int i = 0; i < NR_KERNEL_CAPS && used < size; i++)
		if (missing & (1UL << i))
			used += snprintf(why + used, size - used, " %s",
					 kernel_cap_name(i));
	if (used < size)
		used += snprintf(why + used, size - used,
				 " (%s has:", kernel->name);
	for (int i = 0; i < NR_KERNEL_CAPS && used < size; i++)
		if (kernel->caps & (1UL << i))
			used += snprintf(why + used, size - used, " %s",
					 kernel_cap_name(i));
	if (used < size)
		snprintf(why + used, size - used, ")");
	return false;
}

/* The sentence for an order that does not fit what the kernel does. */
static char *stray_text(const struct session *session,
			const struct replay *replay, const struct order *order)
{
	const struct host_wait *wait = &replay->stray_wait_copy;
	const char *line = replay->stray_line < order->nr_lines ?
				   order->texts[replay->stray_line] :
				   "";
	char *owner, *text;

	switch (replay->stray) {
	case STRAY_BLOCKED:
		owner = replay->stray_owner < 0 ?
				text_of("%s", "") :
				text_of(", held by %s",
					session_task_name(session,
							  replay->stray_owner));
		text = text_of("order line %u (%s): the task blocks in "
			       "%s(%s)%s before that",
			       replay->stray_line + 1, line,
			       shim_call_name(wait->call),
			       wait->name ? wait->name : "", owner);
		free(owner);
		return text;
	case STRAY_ENDED:
		return text_of("order line %u (%s): the task ended without "
			       "passing that point",
			       replay->stray_line + 1, line);
	case STRAY_UNFAIR:
		return text_of("order line %u (%s): a task that the lines "
			       "before leave out could go on",
			       replay->stray_line + 1, line);
	case STRAY_REMAINS:
		return text_of("tasks remain after the last line of the order");
	case STRAY_NONE:
		break;
	}
	return text_of("the order does not fit");
}

static void set_error(struct case_result *result, enum verdict verdict,
		      char *reason)
{
	result->verdict = verdict;
	free(result->reason);
	result->reason = reason;
}

static void judge_outcome(struct session *session, struct case_result *result,
			  const struct replay *replay,
			  const struct order *order)
{
	switch (engine.outcome) {
	case OUTCOME_TRAP:
		set_error(result, VERDICT_ERROR,
			  text_of("%s", engine.outcome_text));
		result->tool_error = true;
		return;
	case OUTCOME_INTERRUPTED:
		set_error(result, VERDICT_UNKNOWN, text_of("interrupted"));
		return;
	default:
		break;
	}
	if (replay->stray && !result->nr_findings) {
		set_error(result, VERDICT_ERROR,
			  stray_text(session, replay, order));
		return;
	}
	/* A violation that the case allows may still have been the end. */
	if (engine.outcome != OUTCOME_DONE && !result->nr_findings)
		result_add(result, (struct pos){ 0 },
			   text_of("the tasks do not run to their ends: %s",
				   *engine.outcome_text ? engine.outcome_text :
							  "each is blocked"));
	result->verdict = result->nr_findings ? VERDICT_FAIL : VERDICT_PASS;
}

/*
 * The line of the file's order that ran when the first finding was made, or that
 * does not fit.  An order of the command line has but line 1: it is in no file.
 */
static unsigned int line_of_failure(const struct case_result *result,
				    const struct replay *replay)
{
	size_t event = result->nr_findings ? result->findings[0].event :
					     (size_t)-1;
	unsigned int at = 0, line;

	if (event == (size_t)-1)
		at = replay->stray ? replay->stray_line : replay->nr_lines;
	while (event != (size_t)-1 && at < replay->nr_lines &&
	       replay->lines[at].done && replay->lines[at].done <= event)
		at++;
	if (at >= replay->nr_lines)
		return 0;
	line = result->desc->order[at].pos.line;
	return line > 1 ? line : 0;
}

static bool wants_races(const struct case_desc *desc)
{
	return desc->data_races || desc->expect.never & 1UL << V_DATA_RACE;
}

void session_run(struct session *session, const struct case_desc *desc,
		 struct case_result *result)
{
	struct order order;
	struct replay replay;

	order_make(&order, desc->order, desc->nr_order, session->scenario);
	result->order = order_text(desc->order, desc->nr_order,
				   session->scenario);
	trace_init(&result->trace);
	replay_init(&replay, order.lines, order.nr_lines);
	if (wants_races(desc)) {
		follow_execute(session, &replay, &result->trace);
	} else {
		replay_start(&replay);
		replay_attach(&replay);
		session_execute(session, &replay.decider, &result->trace);
		replay_detach();
	}
	if (engine.outcome == OUTCOME_DONE)
		replay_finish(&replay);
	if (engine.outcome == OUTCOME_DONE && !replay.stray) {
		session_judge(session, desc, result);
		result->end = end_state_hash(session);
	}
	session_tear_down(session);
	session_collect(session, result);
	judge_outcome(session, result, &replay, &order);
	result->order_line = line_of_failure(result, &replay);
	session_histories(session, result);
	result->nr_gpcs = session->machine.nr_caches;
	result->gpcs = calloc(result->nr_gpcs + 1, sizeof(*result->gpcs));
	if (result->gpcs)
		memcpy(result->gpcs, session->gpcs,
		       result->nr_gpcs * sizeof(*result->gpcs));
	order_deinit(&order);
}

/* ---- Known failures ------------------------------------------------------ */

static bool xfail_fits(const struct xfail *xfail,
		       const struct loaded_kernel *kernel)
{
	unsigned long caps = kernel->desc->caps;

	if (xfail->kernel && fnmatch(xfail->kernel, kernel->name, 0))
		return false;
	return !(xfail->has & ~caps) && !(xfail->lacks & caps);
}

static const struct xfail *find_xfail(const struct scenario *scenario,
				      const struct case_desc *desc,
				      const struct loaded_kernel *kernel)
{
	for (size_t i = 0; i < scenario->nr_xfail; i++) {
		const struct xfail *xfail = &scenario->xfail[i];

		if (!xfail_fits(xfail, kernel))
			continue;
		if (!xfail->nr_cases)
			return xfail;
		for (size_t j = 0; j < xfail->nr_cases; j++)
			if (&scenario->cases[xfail->cases[j]] == desc)
				return xfail;
	}
	return NULL;
}

static bool fails_as_named(const struct case_result *result,
			   const struct xfail *xfail)
{
	for (size_t i = 0; i < result->nr_findings; i++) {
		const struct finding *finding = &result->findings[i];

		if (finding->is_violation ?
			    xfail->fails & (1UL << finding->violation) :
			    xfail->fails_expectation)
			return true;
	}
	return false;
}

static char *hazards_text(const struct xfail *xfail)
{
	char *text = text_of("%s",
			     xfail->fails_expectation ? "expectation" : "");

	for (int i = 0; i < NR_VIOLATIONS; i++) {
		char *longer;

		if (!(xfail->fails & (1UL << i)))
			continue;
		longer = text_of("%s%s%s", text, *text ? ", " : "",
				 violation_name(i));
		free(text);
		text = longer;
	}
	return text;
}

static void apply_xfail(struct case_result *result,
			const struct loaded_kernel *kernel)
{
	const struct xfail *xfail = find_xfail(result->scenario, result->desc,
					       kernel);
	char *hazards;

	if (!xfail || (result->verdict != VERDICT_PASS &&
		       result->verdict != VERDICT_FAIL))
		return;
	hazards = hazards_text(xfail);
	if (result->verdict == VERDICT_PASS)
		set_error(result, VERDICT_XPASS,
			  text_of("expected %s: %s", hazards,
				  xfail->why ? xfail->why : ""));
	else if (fails_as_named(result, xfail))
		set_error(result, VERDICT_XFAIL,
			  text_of("%s: %s", hazards,
				  xfail->why ? xfail->why : ""));
	else
		set_error(result, VERDICT_FAIL,
			  text_of("fails otherwise than expected (%s)",
				  hazards));
	free(hazards);
}

/* What the kernel did wrong before any task ran. */
static void collect_setup(struct case_result *result)
{
	for (unsigned int i = 0; i < engine.nr_findings; i++) {
		const struct engine_finding *found = &engine.finding[i];
		const char *name = violation_name(found->kind);
		struct finding *finding;

		result_add(result, (struct pos){ 0 },
			   text_of("in setup: %s", found->text));
		finding = &result->findings[result->nr_findings - 1];
		finding->is_violation = true;
		finding->violation = found->kind;
		finding->event = (size_t)-1;
		finding->pfn = HOST_NO_PFN;
		finding->signature = text_of("%s in setup", name);
	}
}

static void judge_setup(struct case_result *result, const char *why, bool trap)
{
	if (engine.interrupted) {
		set_error(result, VERDICT_UNKNOWN, text_of("interrupted"));
		return;
	}
	result->tool_error = trap;
	if (!trap)
		collect_setup(result);
	if (result->nr_findings)
		result->verdict = VERDICT_FAIL;
	else
		set_error(result, VERDICT_ERROR, text_of("%s", why));
}

/* ---- Kernels with hooks -------------------------------------------------- */

/*
 * The object with hooks that lies beside @kernel; the last one stays loaded.
 * NULL where there is none, with the reason in @why.
 */
static const struct loaded_kernel *
with_hooks(const struct loaded_kernel *kernel, char *why, size_t size)
{
	static struct loaded_kernel hooked;
	const char *slash = strrchr(kernel->path, '/');
	char *path = text_of("%.*s/hooked%s",
			     slash ? (int)(slash - kernel->path) : 1,
			     slash ? kernel->path : ".",
			     slash ? slash : kernel->path);

	if (hooked.path && strcmp(hooked.path, path))
		loader_close(&hooked);
	if (!hooked.path && loader_open(path, &hooked, why, size))
		hooked = (struct loaded_kernel){ 0 };
	free(path);
	return hooked.path ? &hooked : NULL;
}

static bool needs_hooks(const struct case_desc *desc)
{
	if (wants_races(desc))
		return true;
	for (size_t i = 0; i < desc->nr_order; i++) {
		for (size_t j = 0; j < desc->order[i].nr_until; j++) {
			const struct until *until = &desc->order[i].until[j];
			const char *name = until->point.name;

			if (until->kind == UNTIL_POINT && until->point.before &&
			    (!strncmp(name, "load", 4) ||
			     !strncmp(name, "store", 5)))
				return true;
		}
	}
	return false;
}

/* Opens a session for the case, or judges why not: NULL. */
static struct session *begin_case(const struct scenario *scenario,
				  const struct case_desc *desc,
				  const struct loaded_kernel *kernel,
				  bool hooked, struct case_result *result)
{
	struct session *session = NULL;
	bool trap = false;
	char why[256];

	*result = (struct case_result){
		.scenario = scenario,
		.desc = desc,
		.kernel = kernel->name,
		.version = kernel->desc->version,
		.revision = kernel->revision,
		.caps = kernel->desc->caps,
	};
	if (!scenario_runs_on(scenario, kernel->desc, why, sizeof(why))) {
		set_error(result, VERDICT_SKIP, text_of("%s", why));
		return NULL;
	}
	if (hooked)
		kernel = with_hooks(kernel, why, sizeof(why));
	if (!kernel) {
		set_error(result, VERDICT_SKIP,
			  text_of("needs a kernel with hooks: %s", why));
		return NULL;
	}
	session = session_open(scenario, kernel, why, sizeof(why), &trap);
	if (!session)
		judge_setup(result, why, trap);
	return session;
}

void run_explore(const struct scenario *scenario, const struct case_desc *desc,
		 const struct loaded_kernel *kernel,
		 const struct explore_limits *limits,
		 void (*progress)(const struct explore_report *report),
		 struct case_result *result, struct explore_report *report)
{
	struct session *session = begin_case(scenario, desc, kernel, true,
					     result);
	const struct xfail *xfail;
	unsigned long wanted;

	*report = (struct explore_report){ 0 };
	if (session) {
		xfail = find_xfail(scenario, desc, kernel);
		wanted = limits->find;
		if (!wanted && xfail && !xfail->fails_expectation)
			wanted = xfail->fails;
		explore_session(session, desc, limits, wanted, progress, result,
				report);
		session_close(session);
	}
	apply_xfail(result, kernel);
}

/* What `run` takes for a case that does not say how long to search. */
#define RUN_SECONDS 20

static void run_search(const struct scenario *scenario,
		       const struct case_desc *desc,
		       const struct loaded_kernel *kernel,
		       struct case_result *result)
{
	const struct explore_desc *explore = &desc->explore;
	struct explore_limits limits = {
		.has_preemptions = explore->has_preemptions,
		.preemptions = explore->preemptions,
		.random = explore->has_random ? explore->random : 0,
		.seed = explore->seed,
		.seconds = explore->stop_seconds ? explore->stop_seconds :
						   RUN_SECONDS,
	};
	struct explore_report *report = malloc(sizeof(*report));

	if (!report)
		abort();
	run_explore(scenario, desc, kernel, &limits, NULL, result, report);
	result->search = report;
}

void run_case(const struct scenario *scenario, const struct case_desc *desc,
	      const struct loaded_kernel *kernel, struct case_result *result)
{
	struct session *session;

	if (desc->kind == CASE_EXPLORE) {
		run_search(scenario, desc, kernel, result);
		return;
	}
	session = begin_case(scenario, desc, kernel, needs_hooks(desc), result);
	if (session) {
		session_run(session, desc, result);
		session_close(session);
	}
	apply_xfail(result, kernel);
}

void run_order_case(const struct scenario *scenario,
		    const struct case_desc *desc,
		    const struct loaded_kernel *kernel,
		    struct case_result *result)
{
	if (desc->kind == CASE_ORDER) {
		run_case(scenario, desc, kernel, result);
		return;
	}
	*result = (struct case_result){
		.scenario = scenario,
		.desc = desc,
		.kernel = kernel->name,
		.verdict = VERDICT_SKIP,
		.reason = text_of("a search: see `run` and `explore`"),
	};
}
