// SPDX-License-Identifier: GPL-2.0-only
#include "search.h"

#include <stdlib.h>
#include <string.h>

#include "enabled.h"
#include "lessons.h"
#include "meaning.h"
#include "silence.h"
#include "spin.h"
#include "visible.h"

/* Times that hooks are woken: with executions in turn, it pays no more. */
#define MAX_WOKEN 16

struct search search;

const uint64_t search_rcu_object;

/* ---- Events -------------------------------------------------------------- */

static bool recording(void)
{
	return search.position > search.given && !search.blind;
}

static void access_object(const volatile void *obj, enum access_mode mode)
{
	history_access(history_location(obj, false), 0xff, mode, ORDER_BOTH);
}

static void access_lock(const volatile void *obj, enum access_mode mode)
{
	uint32_t location = history_location(obj, true);

	if (mode == MODE_TRY || mode == MODE_TRY_FAILED) {
		if (!history.locations[location].tried) {
			search.growth++;
			lessons_note(location);
		}
		history.locations[location].tried = 1;
	}
	history_access(location, 0xff, mode, ORDER_MARKED);
	if (search.rcu_used)
		access_object(&search_rcu_object, MODE_READ);
}

static void record_word(uintptr_t word, uint8_t mask, bool write,
			enum access_order order)
{
	const struct known_location *known = visible_location(word, host_task,
							      write);

	if (known->shared && recording())
		history_access(known->location, mask,
			       write ? MODE_WRITE : MODE_READ, order);
}

static void record(const volatile void *addr, unsigned long size, bool write,
		   enum access_order order)
{
	uintptr_t at = (uintptr_t)addr, end = at + size;

	while (at < end) {
		uintptr_t next = (at | 7) + 1;
		unsigned int first = at & 7;
		unsigned int last = ((next < end ? next : end) - 1) & 7;

		record_word(at >> 3, (0xff << first) & (0xff >> (7 - last)),
			    write, order);
		at = next;
	}
}

static void record_access(const volatile void *addr, unsigned long size,
			  bool write, enum access_order order)
{
	unsigned int first = (uintptr_t)addr & 7;

	if (!search.subject->all_visible && first + size <= 8)
		record_word((uintptr_t)addr >> 3, ((1U << size) - 1) << first,
			    write, order);
	else if (!search.subject->all_visible)
		record(addr, size, write, order);
	else if (recording())
		history_access_range(addr, size, write ? MODE_WRITE : MODE_READ,
				     order);
}

/* An access that is an event of its own, unless nobody could notice it. */
static inline bool is_visible(const volatile void *addr, unsigned long size,
			      bool write)
{
	uintptr_t word = (uintptr_t)addr >> 3;
	uintptr_t last = ((uintptr_t)addr + size - 1) >> 3;
	bool visible = false;

	if (search.subject->all_visible)
		return true;
	for (; word <= last; word++)
		visible |= visible_location(word, host_task, write)->shared;
	return visible;
}

static void begin_call(const struct event_op *op, unsigned int me)
{
	enum call_meaning meaning = call_meaning(op->call);

	switch (meaning) {
	case MEANS_UNLOCK:
		access_lock(op->addr, MODE_UNLOCK);
		break;
	case MEANS_UNLOCK_SHARED:
		access_lock(op->addr, MODE_UNLOCK_SHARED);
		break;
	case MEANS_READER:
		access_object(op->addr, MODE_READ);
		break;
	case MEANS_GRACE_PERIOD:
		access_object(op->addr, MODE_WRITE);
		break;
	case MEANS_RCU_READER:
		access_object(&search_rcu_object, MODE_READ);
		break;
	case MEANS_RCU_GRACE_PERIOD:
		access_object(&search_rcu_object, MODE_WRITE);
		break;
	default:
		break;
	}
	if (search.lock[me])
		access_lock(op->addr, search.lock[me]->shared ?
					      MODE_LOCK_SHARED :
					      MODE_LOCK);
}

static void begin_resume(const struct event_op *op, unsigned int me)
{
	const struct host_wait *wait = search.wait[me];

	switch (call_meaning(op->call)) {
	case MEANS_GRACE_PERIOD:
		access_object(op->addr, MODE_WRITE);
		break;
	case MEANS_RCU_GRACE_PERIOD:
		access_object(&search_rcu_object, MODE_WRITE);
		break;
	default:
		/* What was looked at is what the event reads. */
		wait->ready(wait->arg);
		break;
	}
}

static void cut_short(enum search_end end)
{
	search.end = end;
	engine.outcome = OUTCOME_STRAYED;
}

static bool same_op(const struct event_op *a, const struct event_op *b)
{
	return a->addr == b->addr && a->kind == b->kind && a->call == b->call;
}

/* The running task was chosen: what it stands before happens. */
static void begin(unsigned int me)
{
	const struct event_op *op = &search.pending[me];
	enum access_order order;

	if (search.position < search.given) {
		if (!same_op(op, &history_event(search.position)->op)) {
			cut_short(SEARCH_STRAYED);
			engine_stop(OUTCOME_STRAYED, "%s", "");
		}
		search.position++;
		goto out;
	}
	search.position++;
	search.events++;
	if (search.blind)
		goto out;
	/* In what is repeated there is nothing to learn. */
	host_hooks = HOOKS_ALL;
	if (search.spinning >> me & 1)
		search.since[me] = spin_over_since(me);
	history_add(me, op);
	if (search.wait[me] || search.spinning >> me & 1)
		history.events[history.nr - 1].since = search.since[me];
	switch ((enum event_kind)op->kind) {
	case EVENT_ACCESS:
		order = op->how & ACCESS_MARKED ? ORDER_MARKED : ORDER_PLAIN;
		record_access(op->addr, op->size, op->how & ACCESS_WRITE,
			      order);
		if (history.data_race && search.raced)
			search.raced(history.data_race - 1);
		break;
	case EVENT_CALL:
		begin_call(op, me);
		break;
	case EVENT_RESUME:
		begin_resume(op, me);
		break;
	case EVENT_START:
		break;
	}
out:
	search.lock[me] = NULL;
	search.nr_waits -= search.wait[me] != NULL;
	search.wait[me] = NULL;
	search.spinning &= ~(1U << me);
	search.parked &= ~(1U << me);
}

/* ---- Scheduling points --------------------------------------------------- */

/* The task to run, or CHOOSE_NOBODY where the execution is over. */
static int next_task(int from)
{
	int next;

	search.free_until = 0;
	if (search.nr_waits && !search.blind)
		search_watch_waits();
	if (search.position < search.given)
		return history_event(search.position)->task;
	if (search.position == search.given && search.given)
		search_find_spinning();
	if (search.position && !search.blind)
		search.over(&search);
	if (!search.alive)
		return CHOOSE_NOBODY;
	if (search.position >= search.limit || engine.interrupted) {
		cut_short(SEARCH_LONG);
		return CHOOSE_NOBODY;
	}
	next = search.choose(&search, from);
	if (next != CHOOSE_NOBODY && search_nobody_gets_on(next)) {
		search.end = SEARCH_LIVELOCK;
		engine.outcome = OUTCOME_BOUND;
		return CHOOSE_NOBODY;
	}
	if (next != CHOOSE_NOBODY)
		return next;
	if (!search_enabled() && !(search.held & search.alive)) {
		search.end = SEARCH_DEADLOCK;
		engine.outcome = OUTCOME_DEADLOCK;
	} else if (search.end == SEARCH_RAN) {
		cut_short(SEARCH_REDUNDANT);
	}
	return CHOOSE_NOBODY;
}

/*
 * Most of what an execution repeats needs no look: the running task goes on with
 * the event that it went on with before.
 */
static inline bool repeats(unsigned int me, const volatile void *addr,
			   enum event_kind kind)
{
	const struct event *event = &history.events[search.position];

	if (search.position >= search.given || search.nr_waits ||
	    event->task != me || event->op.addr != addr ||
	    event->op.kind != kind)
		return false;
	search.position++;
	return true;
}

/* Nor does what a strategy let a task do. */
static inline bool goes_on(void)
{
	if (search.position >= search.free_until)
		return false;
	search.position++;
	search.events++;
	return true;
}

/* The running task stands before what pending[] says. */
static void point(unsigned int me)
{
	int next = next_task(me);

	if (next < 0)
		engine_stop(engine.outcome, "%s", "");
	if (next != (int)me)
		engine_switch(next);
	begin(me);
}

static void yield(unsigned int me)
{
	search.pending[me] = (struct event_op){ .kind = EVENT_CALL,
						.call = CALL_COND_RESCHED };
	if (search.blind) {
		if (search.patience && ++search.yields[me] > search.patience) {
			cut_short(SEARCH_ROUNDS);
			engine_stop(OUTCOME_STRAYED, "%s", "");
		}
	} else if (search.position >= search.given) {
		search_look_for_spin(me);
	}
	point(me);
}

static void enter_call(unsigned int me, enum shim_call call, const void *obj,
		       const char *name)
{
	/* A call within a call that is one step is a part of it. */
	if (!search.depth[me] && !goes_on() && !repeats(me, obj, EVENT_CALL)) {
		search.pending[me] = (struct event_op){ .addr = obj,
							.name = name,
							.kind = EVENT_CALL,
							.call = call };
		point(me);
	}
	if (call_is_step(call))
		search.depth[me]++;
}

/* An operation of the task is through: that is progress. */
static void completed(unsigned int task)
{
	uint32_t link = history.last[task];

	if (!search.blind && link)
		history.events[link - 1].completes = true;
}

static void on_enter(enum shim_call call, const void *obj, const char *name)
{
	if (search.stood)
		search.stood(call, name, NULL);
	switch (call_meaning(call)) {
	case MEANS_NOTHING:
		if (call == CALL_END)
			completed(host_task);
		return;
	case MEANS_YIELD:
		if (!search.depth[host_task])
			yield(host_task);
		return;
	case MEANS_RCU_READER:
		if (!search.rcu_used)
			return;
		break;
	case MEANS_RCU_GRACE_PERIOD:
		search.growth += !search.rcu_used;
		search.rcu_used = true;
		break;
	default:
		break;
	}
	enter_call(host_task, call, obj, name);
}

static void on_leave(enum shim_call call)
{
	if (call_is_step(call))
		search.depth[host_task]--;
}

static void on_lock(enum shim_call call, const void *obj, const char *name,
		    const struct host_lock *lock)
{
	unsigned int me = host_task;

	if (search.stood)
		search.stood(call, name, NULL);
	if (!search.depth[me] && ((search.position < search.free_until &&
				   lock->ready(obj) && goes_on()) ||
				  repeats(me, obj, EVENT_CALL))) {
		search.depth[me]++;
		return;
	}
	if (!search.depth[me] || !lock->ready(obj)) {
		search.pending[me] = (struct event_op){ .addr = obj,
							.name = name,
							.kind = EVENT_CALL,
							.call = call };
		search.lock[me] = lock;
		point(me);
	} else if (recording()) {
		access_lock(obj, lock->shared ? MODE_LOCK_SHARED : MODE_LOCK);
	}
	search.depth[me]++;
}

static bool on_try(enum shim_call call, const void *obj, const char *name,
		   const struct host_lock *lock)
{
	bool ready;

	if (search.stood)
		search.stood(call, name, NULL);
	enter_call(host_task, call, obj, name);
	ready = lock->ready(obj);
	if (recording())
		access_lock(obj, ready ? MODE_TRY : MODE_TRY_FAILED);
	return ready;
}

static void on_block(const struct host_wait *wait)
{
	unsigned int me = host_task;

	search.pending[me] = (struct event_op){ .addr = wait->obj,
						.name = wait->name,
						.kind = EVENT_RESUME,
						.call = wait->call };
	search.wait[me] = wait;
	search.since[me] = SEARCH_NOT_YET;
	search.nr_waits++;
	point(me);
}

static void on_access(const volatile void *addr, unsigned long size,
		      unsigned int how, const void *pc)
{
	unsigned int me = host_task;
	bool write = how & ACCESS_WRITE;

	if (search.stood && !(how & ACCESS_SHIM))
		search.stood(write ? CALL_STORE : CALL_LOAD, NULL, pc);
	if (search.depth[me] || how & ACCESS_SHIM) {
		if (recording() || (search.blind && search.learns))
			record_access(addr, size, write, ORDER_MARKED);
		return;
	}
	if (!is_visible(addr, size, write) || goes_on() ||
	    repeats(me, addr, EVENT_ACCESS))
		return;
	search.pending[me] = (struct event_op){ .addr = addr,
						.pc = pc,
						.size = size,
						.kind = EVENT_ACCESS,
						.how = how };
	point(me);
}

static const struct engine_hooks hooks = {
	.enter = on_enter,
	.leave = on_leave,
	.lock = on_lock,
	.try = on_try,
	.block = on_block,
	.access = on_access,
};

/* ---- Executions ---------------------------------------------------------- */

static void run_task(unsigned int task)
{
	begin(task);
	search.subject->task(search.subject->arg, task);
	search.alive &= ~(1U << task);
}

static int on_next(struct decider *decider, int from)
{
	(void)decider;
	return next_task(from);
}

static bool on_point(struct decider *decider, unsigned int task,
		     const struct passing *passing)
{
	(void)decider;
	if (passing->call == CALL_END)
		completed(task);
	if (search.passed)
		search.passed(task, passing);
	if (search.subject->passed)
		search.subject->passed(search.subject->arg, task, passing);
	/*
	 * What an operation looks at first is no part of the last step of the one
	 * before it.  Before the first one the task stands anyway.
	 */
	if (passing->call == CALL_BEGIN && search.begun >> task & 1)
		enter_call(task, CALL_BEGIN, NULL, NULL);
	search.begun |= 1U << task;
	return false;
}

static struct decider decider = { .at = on_point, .next = on_next };

void search_init(const struct search_subject *subject)
{
	history_init(subject->nr_tasks);
	history_forget();
	visible_forget();
	lessons_begin();
	search = (struct search){
		.subject = subject,
		.limit = HISTORY_MAX,
	};
}

/*
 * Chooses whose accesses the next execution listens to.  Returns what to leave in
 * host_hooks behind it, for the teardown.
 */
static unsigned char listen(void)
{
	unsigned char silent = HOOKS_NONE;

	if (search.blind && !search.learns && search.woken < MAX_WOKEN)
		silent = silence_hooks();
	else if (silence_calls()) {
		search.woken++;
		silence_end();
	}
	host_hooks = search.blind && search.learns ? HOOKS_ALL :
						     HOOKS_CODE | silent;
	return silent;
}

enum search_end search_execute(void)
{
	unsigned int nr = search.subject->nr_tasks;
	unsigned char silent;

	if (!search.blind)
		history_cut(search.given);
	search.subject->start(search.subject->arg);
	search.position = search.free_until = 0;
	search.end = SEARCH_RAN;
	memset(host_racy, 0, sizeof(host_racy));
	search.spinning = search.parked = search.held = search.begun = 0;
	search.went_round = false;
	memset(search.yields, 0, sizeof(search.yields));
	search.rounds = search.idle = 0;
	search.nr_waits = 0;
	search.alive = (nr < 32 ? 1U << nr : 0) - 1;
	for (unsigned int i = 0; i < nr; i++) {
		search.pending[i] = (struct event_op){ .kind = EVENT_START };
		search.lock[i] = NULL;
		search.wait[i] = NULL;
		search.depth[i] = 0;
		engine_add_task(i, run_task);
	}
	search.executions++;
	engine.hooks = &hooks;
	silent = listen();
	engine_run(&decider);
	host_hooks = silent;
	engine.hooks = NULL;
	if (recording())
		search.over(&search);
	return search.end;
}
