// SPDX-License-Identifier: GPL-2.0-only
#include "engine.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "faults.h"
#include "world.h"

struct engine engine;
unsigned int host_task = HOST_SETUP_TASK;
unsigned char host_hooks;
unsigned char host_racy[HOST_MAX_TASKS];

int engine_init(void)
{
	int err = world_init();

	if (!err)
		err = faults_init();
	if (!engine.limit)
		engine.limit = ENGINE_DEFAULT_LIMIT;
	return err;
}

void engine_reset(void)
{
	for (; engine.alive; engine.alive &= engine.alive - 1)
		engine.task[__builtin_ctz(engine.alive)].state = TASK_ENDED;
	engine.nr_tasks = 0;
	engine.nr_findings = 0;
	engine.seen = 0;
	engine.points = 0;
	engine.outcome = OUTCOME_DONE;
	engine.outcome_text[0] = '\0';
	engine.quiet = 0;
	engine.last_task = HOST_SETUP_TASK;
}

static void task_entry(void)
{
	struct engine_task *task;

	coro_entered();
	task = &engine.task[host_task];
	task->run(host_task);
	task->state = TASK_ENDED;
	engine.alive &= ~(1U << host_task);
	engine_schedule();
	abort(); /* an ended task was chosen */
}

void engine_add_task(unsigned int index, void (*run)(unsigned int task))
{
	struct engine_task *task = &engine.task[index];

	task->coro.stack = world_stack(index);
	task->coro.size = WORLD_STACK_SIZE;
	coro_prepare(&task->coro, task_entry);
	task->state = TASK_READY;
	task->wait = NULL;
	task->run = run;
	task->points = NULL;
	task->fail_at = 0;
	engine.alive |= 1U << index;
	engine.nr_tasks++;
}

static bool wait_is_over(const struct host_wait *wait)
{
	return wait->lock ? wait->lock->ready(wait->obj) :
			    wait->ready(wait->arg);
}

bool engine_enabled(unsigned int task)
{
	struct engine_task *t = &engine.task[task];

	switch (t->state) {
	case TASK_READY:
		return true;
	case TASK_BLOCKED:
		return wait_is_over(t->wait);
	case TASK_ENDED:
		break;
	}
	return false;
}

int engine_blocker(unsigned int task)
{
	const struct host_wait *wait = engine.task[task].wait;

	if (wait && wait->lock)
		return wait->lock->owner(wait->obj, task);
	return wait && wait->owner ? wait->owner(wait->arg) : -1;
}

/* The first of @tasks that can run, -1 where nobody can. */
static int first_enabled(uint32_t tasks)
{
	for (; tasks; tasks &= tasks - 1)
		if (engine_enabled(__builtin_ctz(tasks)))
			return __builtin_ctz(tasks);
	return -1;
}

/* The same from @from on and round. */
static int any_enabled(unsigned int from)
{
	uint32_t behind = ~0U << from;
	int task = first_enabled(engine.alive & behind);

	return task < 0 ? first_enabled(engine.alive & ~behind) : task;
}

static void switch_to(struct coro *from, unsigned int task)
{
	struct engine_task *next = &engine.task[task];

	host_task = task;
	next->state = TASK_READY;
	next->wait = NULL;
	engine.in_task = true;
	coro_switch(from, &next->coro);
}

void engine_switch(unsigned int task)
{
	switch_to(&engine.task[host_task].coro, task);
}

static void switch_to_host(void)
{
	struct coro *from = &engine.task[host_task].coro;

	engine.in_task = false;
	host_task = HOST_SETUP_TASK;
	coro_switch(from, &engine.host);
}

void engine_report_deadlock(void)
{
	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++) {
		const struct host_wait *wait = engine.task[i].wait;

		if (engine.task[i].state == TASK_BLOCKED)
			deadlock_add(i, wait, engine_blocker(i));
	}
	deadlock_report();
}

/* Chooses who runs after the running task cannot or shall not; -1: nobody. */
static int choose(int from)
{
	int next = any_enabled(from < 0 ? 0 : from);

	if (next < 0) {
		if (engine.alive) {
			engine.outcome = OUTCOME_DEADLOCK;
			engine_report_deadlock();
		}
		return -1;
	}
	if (engine.decider) {
		next = engine.decider->next(engine.decider, from);
		if (next < 0 && engine.outcome == OUTCOME_DONE)
			engine.outcome = OUTCOME_STRAYED;
	}
	return next;
}

/* Gives the processor away; returns when the task is chosen again. */
void engine_schedule(void)
{
	unsigned int self = host_task;
	int next = choose(self);

	if (next < 0)
		switch_to_host();
	else if ((unsigned int)next != self)
		switch_to(&engine.task[self].coro, next);
	else
		engine.task[self].state = TASK_READY;
}

enum outcome_kind engine_run(struct decider *decider)
{
	int first;

	engine.decider = decider;
	faults_arm();
	first = choose(-1);
	if (first >= 0)
		switch_to(&engine.host, first);
	faults_disarm();
	engine.decider = NULL;
	return engine.outcome;
}

void engine_stop(enum outcome_kind kind, const char *fmt, ...)
{
	va_list args;

	engine.outcome = kind;
	va_start(args, fmt);
	vsnprintf(engine.outcome_text, sizeof(engine.outcome_text), fmt, args);
	va_end(args);
	if (engine.in_task)
		switch_to_host();
}

void engine_wait(const struct host_wait *wait)
{
	struct engine_task *task = &engine.task[host_task];

	if (wait_is_over(wait))
		return;
	if (engine.hooks && engine.hooks->block && engine.in_task) {
		engine.hooks->block(wait);
		return;
	}
	task->state = TASK_BLOCKED;
	task->wait = wait;
	trace_block(wait);
	engine_schedule();
	trace_resume();
}

void engine_op_begin(const struct op_points *points, unsigned int step)
{
	struct engine_task *task = &engine.task[host_task];

	memset(task->passed, 0, sizeof(task->passed));
	task->matched = 0;
	task->points = points;
	task->step = step;
	task->fail_seen = 0;
}

void engine_op_end(void)
{
	engine.task[host_task].points = NULL;
	engine.task[host_task].fail_at = 0;
}

static void passed(struct engine_task *task, enum shim_call call,
		   const char *obj, int point)
{
	struct passing passing = {
		.call = call,
		.obj = obj,
		.point = point,
		.nth = point < 0 ? 1 : task->passed[point],
	};

	if (engine.decider &&
	    engine.decider->at(engine.decider, host_task, &passing))
		engine_schedule();
}

void engine_pass(enum shim_call call)
{
	passed(&engine.task[host_task], call, NULL, -1);
}

static void leave_watched(struct engine_task *task, enum shim_call call,
			  const char *obj)
{
	int point = -1;

	if (task->points && task->points->watch[call])
		point = engine_pass_point(task, call, obj);
	if (engine.trace)
		trace_call(call, obj, point);
	if (point >= 0 || (engine.decider && engine.decider->all_calls))
		passed(task, call, obj, point);
}

static void end_of_patience(void)
{
	if (engine.interrupted)
		engine_stop(OUTCOME_INTERRUPTED, "interrupted");
	if (engine.points <= engine.limit)
		return;
	engine_find(V_LIVELOCK, host_task, HOST_NO_PFN,
		    "no end after %lu scheduling points",
		    (unsigned long)engine.limit);
	engine_stop(OUTCOME_BOUND, "no end after %lu scheduling points",
		    (unsigned long)engine.limit);
}

static inline void count_point(void)
{
	if (__builtin_expect(
		    ++engine.points > engine.limit || engine.interrupted, 0))
		end_of_patience();
}

static inline bool searched(void)
{
	return engine.hooks && engine.in_task && !engine.quiet;
}

/* Replay switches behind a call, a search before it. */
void host_enter(enum shim_call call, const void *obj, const char *name)
{
	if (__builtin_expect(searched(), 0))
		engine.hooks->enter(call, obj, name);
}

void host_lock(enum shim_call call, const void *obj, const char *name,
	       const struct host_lock *lock)
{
	if (__builtin_expect(searched(), 0)) {
		if (engine.hooks->lock) {
			engine.hooks->lock(call, obj, name, lock);
			return;
		}
		engine.hooks->enter(call, obj, name);
	}
	if (__builtin_expect(!lock->ready(obj), 0))
		host_block(&(struct host_wait){
			.call = call, .obj = obj, .name = name, .lock = lock });
}

_Bool host_try(enum shim_call call, const void *obj, const char *name,
	       const struct host_lock *lock)
{
	if (__builtin_expect(searched(), 0)) {
		if (engine.hooks->try)
			return engine.hooks->try(call, obj, name, lock);
		engine.hooks->enter(call, obj, name);
	}
	return lock->ready(obj);
}

void host_access(const volatile void *addr, unsigned long size,
		 unsigned int how, const void *pc)
{
	if (searched() && engine.hooks->access)
		engine.hooks->access(addr, size, how, pc);
}

void host_leave(enum shim_call call, const void *obj, const char *name)
{
	struct engine_task *task = &engine.task[host_task];

	if (engine.quiet || !engine.in_task)
		return;
	count_point();
	if (engine.hooks && engine.hooks->leave)
		engine.hooks->leave(call);
	if ((call == CALL_KHVA_READ || call == CALL_KHVA_WRITE) &&
	    engine.on_access)
		engine.on_access(obj);
	if ((call == CALL_RCU_ASSIGN_POINTER || call == CALL_XA_STORE) &&
	    engine.on_publish)
		engine.on_publish(call, name);
	if (engine.trace || (task->points && task->points->watch[call]) ||
	    (engine.decider && engine.decider->all_calls))
		leave_watched(task, call, name);
}

void host_block(const struct host_wait *wait)
{
	if (!engine.in_task)
		abort(); /* the host itself must never wait */
	count_point();
	engine_wait(wait);
}

_Bool host_should_fail(const char *what)
{
	struct engine_task *task = &engine.task[host_task];

	if (!task->fail_at || engine.quiet)
		return false;
	if (++task->fail_seen != task->fail_at)
		return false;
	trace_fail(what);
	return true;
}
