// SPDX-License-Identifier: GPL-2.0-only
#include "explore.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "bounded.h"
#include "cycle.h"
#include "dpor.h"
#include "endstate.h"
#include "follow.h"
#include "lessons.h"
#include "pieces.h"
#include "points.h"
#include "random.h"
#include "script.h"
#include "session.h"
#include "silence.h"
#include "spare.h"
#include "world.h"

/* Schedules drawn first, to find what is easy and what is shared. */
#define WARM_UP 256
/* Bounds that are tried before everything. */
#define SMALL_BOUNDS 3
/* How often to save what is done. */
#define SAVE_SECONDS 5
/* Yields of a task in one blind execution until it is looked at closely. */
#define PATIENCE 16

#define TEXT_OF(value) #value
#define TEXT(value) TEXT_OF(value)

/* How long to look for the smallest failing schedule, and for what it spares. */
#define SHRINK_SECONDS 10
#define SPARE_SECONDS 5

static struct {
	struct session *session;
	const struct case_desc *desc;
	const struct explore_limits *limits;
	struct explore_report *report;
	void (*progress)(const struct explore_report *report);
	struct trace *trace; /* of the next execution, or NULL */
	double began, until, told, saved;
	uint32_t until_check;
	unsigned long wanted; /* violations to look for; 0: any failure */
	bool all_wanted;      /* every one of them, in the same execution */
	FILE *out;	      /* of a worker */
	bool shrinking;
	char *trap;	    /* what is not emulated, and was reached */
	uint64_t witnessed; /* `sometimes`, a bit each */
	/* The last failing schedule. */
	uint8_t *schedule;
	uint32_t nr_schedule;
	unsigned long kinds; /* its violations; 0: an expectation */
	struct cycle cycle;  /* it goes round; end 0: it does not */
} now;

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec * 1e-9;
}

/* ---- The subject --------------------------------------------------------- */

static void look_at_the_clock(void)
{
	double t;

	if (now.until_check--)
		return;
	now.until_check = 31;
	t = seconds();
	now.report->seconds = t - now.began;
	if (now.until && t > now.until) {
		search.stop = true;
		now.report->timed_out |= !now.shrinking;
	}
	if (t - now.told < 0.1)
		return;
	now.told = t;
	if (now.out) {
		fprintf(now.out, "at %lu\n",
			(unsigned long)now.report->executions);
		fflush(now.out);
	} else if (now.progress) {
		now.progress(now.report);
	}
}

static void subject_start(void *arg)
{
	(void)arg;
	look_at_the_clock();
	session_begin(now.session, now.trace);
}

static void subject_task(void *arg, unsigned int task)
{
	(void)arg;
	session_task(now.session, task);
}

/* What the kernel and the VM are, without the tasks' stacks. */
static uint64_t subject_memory(void *arg)
{
	(void)arg;
	return world_hash(&now.session->kernel->image);
}

static void subject_passed(void *arg, unsigned int task,
			   const struct passing *passing)
{
	(void)arg;
	session_passed(now.session, task, passing);
}

/* ---- What an execution comes to ------------------------------------------ */

static void end_of_execution(void)
{
	engine.on_access = NULL;
	engine.on_publish = NULL;
	if (search.end == SEARCH_DEADLOCK)
		follow_report_deadlock();
	else if (search.end == SEARCH_LIVELOCK)
		engine_find(V_LIVELOCK, engine.last_task, HOST_NO_PFN,
			    "tasks go round and round, and none gets on");
	if (engine.outcome == OUTCOME_TRAP) {
		free(now.trap);
		now.trap = text_of("%s", engine.outcome_text);
		search.stop = true;
	}
}

static unsigned long kinds_found(void)
{
	unsigned long kinds = 0;

	for (unsigned int i = 0; i < engine.nr_findings; i++)
		kinds |= 1UL << engine.finding[i].kind;
	return kinds & ~now.desc->expect.allow;
}

static bool is_wanted(unsigned long kinds)
{
	unsigned long found = kinds & now.wanted;

	if (now.limits->all)
		return false;
	return now.all_wanted ? found == now.wanted : found || !now.wanted;
}

static void keep_schedule(unsigned long kinds)
{
	const uint8_t *tasks;

	if (search.blind) {
		tasks = random_schedule(&now.nr_schedule);
		memcpy(now.schedule, tasks, now.nr_schedule);
	} else {
		now.nr_schedule = script_of_history(now.schedule);
	}
	now.kinds = kinds;
	now.cycle.end = 0;
}

static void count_state(void)
{
	uint8_t *tasks = now.schedule + HISTORY_MAX;
	const uint8_t *drawn = tasks;
	uint32_t nr;

	if (search.blind)
		drawn = random_schedule(&nr);
	else
		nr = script_of_history(tasks);
	end_state_count(now.report, now.session, drawn, nr);
}

/*
 * Whether the execution that just ended could have gone on for ever instead, and
 * that is a failure.
 */
static bool look_for_cycle(void)
{
	struct cycle *cycle = &now.cycle;
	unsigned long kind;

	if (!cycle_find(cycle)) {
		cycle->end = 0;
		return false;
	}
	kind = 1UL << (cycle->completing ? V_STARVATION : V_LIVELOCK);
	if (kind & now.desc->expect.allow || !is_wanted(kind)) {
		cycle->end = 0;
		return false;
	}
	now.nr_schedule = cycle_schedule(cycle, 2, now.schedule);
	now.kinds = kind;
	return true;
}

/* Returns whether to go on. */
static bool visit(void *arg)
{
	unsigned long kinds;
	bool holds = true;

	(void)arg;
	/* What comes to nothing is told best by what goes round. */
	if (search.end == SEARCH_LIVELOCK && look_for_cycle())
		return false;
	end_of_execution();
	if (engine.outcome == OUTCOME_DONE) {
		session_check_end(now.session);
		holds = session_holds(now.session, now.desc, &now.witnessed);
		if (!now.shrinking)
			count_state();
		session_tear_down(now.session);
	}
	if (!now.shrinking) {
		now.report->executions++;
		if (search.position > now.report->deepest)
			now.report->deepest = search.position;
		if (now.session->retries > now.report->most_retries)
			now.report->most_retries = now.session->retries;
	}
	kinds = kinds_found();
	if ((!kinds && holds) || !is_wanted(kinds))
		return !look_for_cycle() && !search.stop;
	keep_schedule(kinds);
	return false;
}

/* ---- Stages -------------------------------------------------------------- */

static bool failed(void)
{
	return now.nr_schedule;
}

static bool over(void)
{
	return failed() || search.stop || engine.interrupted;
}

/*
 * An execution in which an access turned out to be a scheduling point cannot be
 * repeated, as there are more of them from then on: it is drawn again.
 */
static enum search_end draw_one(struct random_way way, uint64_t seed)
{
	enum search_end end;
	uint32_t growth;

	do {
		growth = search.growth;
		end = random_run(way, seed);
	} while (search.growth != growth);
	return end;
}

/* Draws one more; one that goes round and round with a history. */
static void draw_and_visit(struct random_way way, uint64_t seed)
{
	enum search_end end;

	search.blind = true;
	end = draw_one(way, seed);
	if (end == SEARCH_ROUNDS) {
		search.blind = false;
		end = draw_one(way, seed);
	}
	if (end != SEARCH_LONG && end != SEARCH_STRAYED)
		visit(NULL);
}

static void draw(uint64_t times)
{
	static const struct random_way ways[] = {
		{ RANDOM_PCT, 2 },
		{ RANDOM_POS, 0 },
		{ RANDOM_PCT, 3 },
		{ RANDOM_URW, 0 },
	};

	search.learns = !now.limits->random;
	search.patience = PATIENCE;
	for (uint64_t i = 0; i < times && !over(); i++)
		draw_and_visit(now.limits->way ? *now.limits->way : ways[i % 4],
			       now.limits->seed + i);
	search.blind = false;
}

static void bounded(enum bound_kind kind, unsigned int bound)
{
	struct bounded_result result;

	search.curbed = false;
	result = bounded_search(kind, bound, visit, NULL);
	if (now.shrinking)
		return;
	now.report->curbed = search.curbed;
	now.report->preemptions = bound;
	now.report->pruned += result.pruned;
	now.report->restarts += result.restarts;
	now.report->exhausted = result.exhausted;
	if (result.all)
		now.report->stage = STAGE_ALL;
}

/* ---- All interleavings --------------------------------------------------- */

static struct tally tally_of_worker(const struct dpor_result *result)
{
	const struct explore_report *report = now.report;
	struct tally tally = {
		.executions = report->executions,
		.pruned = result->redundant,
		.deepest = report->deepest,
		.most_retries = report->most_retries,
		.witnessed = now.witnessed,
		.incomplete = result->incomplete,
		.curbed = search.curbed,
		.dropped = report->states_dropped,
		.states = report->states,
		.nr_states = report->nr_states,
		.trap = now.trap,
		.kinds = now.kinds,
	};

	if (failed()) {
		tally.schedule = now.schedule;
		tally.nr_schedule = now.nr_schedule;
	}
	return tally;
}

static void write_left(FILE *out)
{
	struct units left;

	dpor_left(&left);
	for (size_t i = 0; i < left.nr; i++) {
		fputs("unit ", out);
		unit_write(&left.list[i], out);
		fputc('\n', out);
	}
	units_deinit(&left);
}

/* In a worker. */
static void search_piece(const struct unit *unit, uint64_t limit, FILE *out)
{
	struct explore_report report = { 0 };
	struct dpor_result result;
	struct tally tally;

	now.report = &report;
	now.out = out;
	now.nr_schedule = 0;
	now.witnessed = 0;
	search.curbed = false;
	end_state_begin();
	result = dpor_search_unit(REDUCE_OPTIMAL, unit, limit, visit, NULL);
	tally = tally_of_worker(&result);
	if (!result.grew)
		tally_write(&tally, out);
	explore_report_deinit(&report);
	if (result.grew)
		fputs("grew\n", out);
	else if (result.limited)
		write_left(out);
	else if (!result.exhausted && !failed() && !now.trap)
		fputs("stopped\n", out);
	if (result.grew || result.limited) {
		fputs("lessons ", out);
		lessons_write(out);
		fputc('\n', out);
	}
}

static void take_tally(struct tally *tally)
{
	struct explore_report *report = now.report;

	report->executions += tally->executions;
	report->pruned += tally->pruned;
	if (tally->deepest > report->deepest)
		report->deepest = tally->deepest;
	if (tally->most_retries > report->most_retries)
		report->most_retries = tally->most_retries;
	report->curbed = tally->curbed;
	now.witnessed |= tally->witnessed;
	report->states_dropped |= tally->dropped;
	for (size_t i = 0; i < tally->nr_states; i++)
		end_state_add(report, &tally->states[i]);
	if (tally->schedule) {
		memcpy(now.schedule, tally->schedule, tally->nr_schedule);
		now.nr_schedule = tally->nr_schedule;
		now.kinds = tally->kinds;
	}
	now.trap = tally->trap;
	tally->trap = NULL;
}

static void take_progress(const struct pieces *pieces)
{
	struct pieces_progress progress = pieces_progress(pieces);

	now.report->estimate = progress.estimate;
	now.report->error = progress.error;
	now.report->searched = progress.executions;
}

static bool tick(const struct pieces *pieces)
{
	struct explore_report shown = *now.report;
	double t = seconds();

	take_progress(pieces);
	shown.estimate = now.report->estimate;
	shown.error = now.report->error;
	shown.searched = now.report->searched;
	shown.executions += shown.searched;
	shown.seconds = t - now.began;
	if (now.progress)
		now.progress(&shown);
	if (now.limits->save && t - now.saved > SAVE_SECONDS) {
		now.saved = t;
		now.limits->save(pieces);
	}
	return now.until && t > now.until;
}

/* Returns 0, or -EINVAL where what was saved is damaged. */
static int read_known(struct pieces *pieces)
{
	for (size_t i = 0; i < now.limits->nr_known; i++) {
		char *text = text_of("%s", now.limits->known[i]), *rest = text;
		int err = 0;

		for (char *line; !err && (line = strsep(&rest, "\n"));)
			err = *line ? pieces_read(pieces, line) : 0;
		free(text);
		if (err)
			return -EINVAL;
	}
	return 0;
}

static void everything(void)
{
	const struct explore_limits *limits = now.limits;
	struct pieces_search how = {
		.jobs = limits->jobs ? limits->jobs : 1,
		.shard = limits->shard,
		.none = limits->only_known,
		.search = search_piece,
		.tick = tick,
	};
	struct tally tally = { 0 };
	struct pieces pieces;
	enum pieces_end end;
	bool late;

	now.report->stage = STAGE_ALL;
	now.report->exhausted = false;
	bounded_release();
	pieces_init(&pieces, limits->shards);
	now.report->damaged = read_known(&pieces);
	if (now.report->damaged) {
		pieces_deinit(&pieces);
		return;
	}
	do {
		tally_deinit(&tally);
		end = pieces_run(&pieces, &how, &tally);
		/* That nobody has searched yet. */
		how.none = false;
		late = now.until && seconds() > now.until;
	} while (end == PIECES_GREW && !late && !engine.interrupted);
	if (limits->save)
		limits->save(&pieces);
	take_progress(&pieces);
	now.report->part = limits->shards && pieces_lack(&pieces, -1U);
	now.report->exhausted = end == PIECES_DONE && !tally.incomplete;
	now.report->lost = end == PIECES_LOST;
	now.report->timed_out = (end == PIECES_STOPPED || end == PIECES_GREW) &&
				late;
	now.report->restarts += pieces.rounds;
	take_tally(&tally);
	tally_deinit(&tally);
	pieces_deinit(&pieces);
}

/* What was exhausted before is not what was asked for. */
static bool may_begin(unsigned int bound)
{
	if (failed())
		return false;
	now.report->preemptions = bound;
	now.report->exhausted = false;
	return !over();
}

/* With none of the bound's kind, one, and so on; returns whether that was all. */
static bool bound_by(enum bound_kind kind, unsigned int bounds)
{
	now.report->stage = kind == BOUND_DELAYS ? STAGE_DELAYS :
						   STAGE_PREEMPTIONS;
	for (unsigned int b = 0; b < bounds; b++) {
		if (!may_begin(b))
			return true;
		bounded(kind, b);
		if (now.report->stage == STAGE_ALL)
			return true;
	}
	return failed();
}

static unsigned int nr_bounds(const struct explore_limits *limits)
{
	if (limits->has_delays)
		return limits->delays + 1;
	return limits->has_preemptions ? limits->preemptions + 1 : SMALL_BOUNDS;
}

static void run_stages(void)
{
	const struct explore_limits *limits = now.limits;
	enum bound_kind bound = limits->has_delays ? BOUND_DELAYS :
						     BOUND_PREEMPTIONS;

	draw(limits->random ? limits->random : WARM_UP);
	if (limits->random) {
		now.report->exhausted = !over();
		return;
	}
	if (over())
		return;
	if (limits->everything) {
		everything();
		return;
	}
	if (bound_by(bound, nr_bounds(limits)) || limits->has_preemptions ||
	    limits->has_delays)
		return;
	now.report->stage = STAGE_ALL;
	now.report->exhausted = false;
	if (!over())
		everything();
}

/* ---- The smallest failure ------------------------------------------------ */

/*
 * Looks with no preemption, with one, and so on, for a failure of the same kind:
 * the first that is found has the fewest.
 */
static void shrink(void)
{
	struct explore_report *report = now.report;
	const struct cycle cycle = now.cycle;
	uint32_t nr = now.nr_schedule;
	unsigned int most = report->found_by == STAGE_PREEMPTIONS ?
				    report->preemptions :
				    8;

	report->fewest = report->found_by == STAGE_PREEMPTIONS;
	report->needs = report->preemptions;
	if (report->fewest)
		return;
	now.shrinking = true;
	now.wanted = now.kinds;
	now.until = seconds() + SHRINK_SECONDS;
	search.stop = false;
	now.nr_schedule = 0;
	for (unsigned int b = 0; b <= most && !over(); b++) {
		report->needs = b;
		bounded(BOUND_PREEMPTIONS, b);
	}
	report->fewest = failed();
	if (failed())
		return;
	now.nr_schedule = nr;
	now.cycle = cycle;
}

/*
 * These are about what tasks do for each other: one that waits for what nobody
 * does fails in the same way.
 */
#define OF_WAITING (1UL << V_DEADLOCK | 1UL << V_LIVELOCK | 1UL << V_STARVATION)

static bool still_fails(void)
{
	search.stop = false;
	now.nr_schedule = 0;
	for (unsigned int b = 0; b <= now.report->needs && !over(); b++)
		bounded(BOUND_PREEMPTIONS, b);
	return failed();
}

static void find_spare(void)
{
	struct explore_report *report = now.report;
	unsigned long kinds = now.kinds;
	uint32_t nr = now.nr_schedule;
	uint8_t *schedule;

	if (!now.limits->spare || !kinds || kinds & OF_WAITING || now.cycle.end)
		return;
	schedule = malloc(nr + 1);
	if (!schedule)
		abort();
	memcpy(schedule, now.schedule, nr);
	now.shrinking = true;
	now.wanted = kinds;
	now.all_wanted = true;
	now.until = seconds() + SPARE_SECONDS;
	report->spare = spare_find(now.session, still_fails, &report->nr_spare);
	memcpy(now.schedule, schedule, nr);
	now.nr_schedule = nr;
	now.kinds = kinds;
	now.cycle.end = 0;
	free(schedule);
}

/* ---- The result ---------------------------------------------------------- */

static char *order_of(const struct script *script)
{
	char *text = text_of("%s", "");

	for (uint32_t i = 0; i < script->nr_lines; i++) {
		const struct script_line *line = &script->lines[i];
		const char *task = session_task_name(now.session, line->task);
		char *longer = line->again ?
				       text_of("%s again:%u", text,
					       line->again) :
				       text_of("%s%s%s:%s", text, i ? " " : "",
					       task, line->until);

		free(text);
		text = longer;
	}
	return text;
}

char *explore_order_of(const uint8_t *tasks, uint32_t nr)
{
	struct script script = { .tasks = tasks, .nr = nr };
	char *text;

	script_run(&script);
	text = order_of(&script);
	script_deinit(&script);
	return text;
}

/* The failing schedule once more, with a trace. */
static void show_failure(struct case_result *result)
{
	struct script script = { .tasks = now.schedule, .nr = now.nr_schedule };

	if (now.cycle.end) {
		script.round = now.cycle.start;
		script.round_end = now.cycle.end;
	}
	trace_init(&result->trace);
	now.trace = &result->trace;
	follow_paths(now.trace);
	script_run(&script);
	follow_paths(NULL);
	now.trace = NULL;
	if (now.cycle.end)
		cycle_report(&now.cycle);
	else
		end_of_execution();
	if (engine.outcome == OUTCOME_DONE) {
		session_check_end(now.session);
		session_judge(now.session, now.desc, result);
	}
	session_tear_down(now.session);
	session_collect(now.session, result);
	session_histories(now.session, result);
	result->order = order_of(&script);
	script_deinit(&script);
	result->verdict = VERDICT_FAIL;
}

/* A search that found nothing must have seen what it was to see. */
static void check_witnesses(struct case_result *result)
{
	const struct expect *expect = &now.desc->expect;

	for (size_t i = 0; i < expect->nr_sometimes; i++)
		if (!(now.witnessed >> i & 1))
			result_add(
				result, expect->sometimes[i].pos,
				text_of("%lu schedules ran, and none of "
					"them satisfies this `sometimes`",
					(unsigned long)now.report->executions));
	if (result->nr_findings)
		result->verdict = VERDICT_FAIL;
}

static void conclude(struct case_result *result)
{
	struct explore_report *report = now.report;
	char *space, *covered;

	if (now.trap) {
		result->verdict = VERDICT_ERROR;
		result->tool_error = true;
		result->reason = text_of("%s", now.trap);
		return;
	}
	if (failed()) {
		report->failed = true;
		show_failure(result);
		return;
	}
	if (report->damaged) {
		result->verdict = VERDICT_ERROR;
		result->reason = text_of("what was saved of it is damaged");
		return;
	}
	if (report->exhausted && !report->part) {
		result->verdict = VERDICT_PASS;
		check_witnesses(result);
		return;
	}
	result->verdict = VERDICT_UNKNOWN;
	if (report->exhausted) {
		result->reason = text_of("this is shard %u of %u",
					 now.limits->shard + 1,
					 now.limits->shards);
		return;
	}
	space = explore_space_text(report);
	covered = explore_covered_text(report);
	result->reason = text_of("%s after %lu executions, not %s%s",
				 report->lost	     ? "a worker died" :
				 report->interrupted ? "interrupted" :
				 report->timed_out   ? "out of time" :
						       "gave up",
				 (unsigned long)report->executions, space,
				 covered);
	free(covered);
	free(space);
}

/* What was found is shown whole, also where the search was interrupted. */
static void tell(struct case_result *result, struct explore_report *report)
{
	bool interrupted = engine.interrupted;

	engine.interrupted = false;
	conclude(result);
	end_state_orders(report);
	engine.interrupted |= interrupted;
}

void explore_session(struct session *session, const struct case_desc *desc,
		     const struct explore_limits *limits, unsigned long wanted,
		     void (*progress)(const struct explore_report *report),
		     struct case_result *result, struct explore_report *report)
{
	struct search_subject subject = {
		.nr_tasks = session->scenario->nr_task,
		.start = subject_start,
		.task = subject_task,
		.passed = subject_passed,
		.memory = subject_memory,
		.image = &session->kernel->image,
	};
	uint8_t *room = now.schedule ? now.schedule : malloc(2 * HISTORY_MAX);

	if (!room)
		abort();
	free(now.trap);
	memset(&now, 0, sizeof(now));
	*report = (struct explore_report){ 0 };
	now.session = session;
	now.desc = desc;
	now.limits = limits;
	now.report = report;
	now.progress = progress;
	now.schedule = room;
	now.wanted = wanted;
	now.began = seconds();
	now.until = limits->seconds ? now.began + limits->seconds : 0;
	end_state_begin();
	search_init(&subject);
	history_watch_races(limits->data_races ||
			    desc->expect.never & 1UL << V_DATA_RACE);
	search.raced = follow_report_race;
	run_stages();
	report->interrupted = engine.interrupted;
	report->seconds = seconds() - now.began;
	if (failed()) {
		report->found_by = report->stage;
		report->found_at = report->executions;
		shrink();
		find_spare();
	}
	now.until = 0;
	search.stop = false;
	tell(result, report);
	silence_end();
}

char *explore_covered_text(const struct explore_report *report)
{
	double all = report->estimate;

	if (report->stage != STAGE_ALL || all <= 0 || report->exhausted)
		return text_of("%s", "");
	return text_of(": about %.2g %% of %.2g (+- %.1g)",
		       100 * report->searched / all, all, report->error);
}

char *explore_space_text(const struct explore_report *report)
{
	static const char curbed[] =
		" until a task has gone round a loop " TEXT(
			SEARCH_ROUNDS_MAX) " times in the same way";

	switch (report->stage) {
	case STAGE_RANDOM:
		return text_of("schedules drawn at random");
	case STAGE_PREEMPTIONS:
		return text_of("all interleavings with at most %u preemption%s"
			       "%s",
			       report->preemptions,
			       report->preemptions == 1 ? "" : "s",
			       report->curbed ? curbed : "");
	case STAGE_DELAYS:
		return text_of("all interleavings with at most %u delay%s%s",
			       report->preemptions,
			       report->preemptions == 1 ? "" : "s",
			       report->curbed ? curbed : "");
	case STAGE_ALL:
		break;
	}
	return text_of("all interleavings%s", report->curbed ? curbed : "");
}
