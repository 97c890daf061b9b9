// SPDX-License-Identifier: GPL-2.0-only
/*
 * The watchdog: a task whose operation neither ends nor passes a call for a while
 * is a hang.  It is reported with what every task does, holds and waits for, and
 * where; then the process ends, as nobody can take a lock from who has it.
 */
#include <semaphore.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "native.h"
#include "patience.h"
#include "points.h"
#include "soak.h"

#define LOOK_NS 100000000

static pthread_t watchdog;
static sem_t stop;
static uint64_t patience_ns;

static struct patience seen[HOST_MAX_TASKS];

__attribute__((format(printf, 1, 2))) static void tell(const char *fmt, ...)
{
	static size_t used; /* of the process, which ends with its report */
	size_t size = sizeof(soak_figures->hang);
	va_list args;

	va_start(args, fmt);
	if (used < size)
		used += vsnprintf(soak_figures->hang + used, size - used, fmt,
				  args);
	va_end(args);
}

static const char *name_of(unsigned int task)
{
	return native_task_name(task);
}

/* Whoever holds the lock that @task waits for. */
static void tell_holders(const struct native_task *task)
{
	const struct kernel_desc *desc = soak_now->kernel->desc;
	struct held_view held;

	for (unsigned int i = 0; task->obj && i < HOST_MAX_TASKS; i++) {
		if (!native_tasks[i].used || desc->view(VIEW_HELD, i, &held))
			continue;
		for (unsigned int j = 0; j < held.nr; j++)
			if (held.lock[j] == task->obj)
				tell(", which %s holds", name_of(i));
	}
}

static void tell_task(struct native_task *task, uint64_t now)
{
	const struct kernel_desc *desc = soak_now->kernel->desc;
	struct native_stack stack;
	struct held_view held;
	char text[1024];

	tell("  %s", name_of(task->index));
	if (task->op)
		tell(": %s for %.1f s", task->op, (now - task->op_since) / 1e9);
	if (task->waiting) {
		tell(", waits in %s(%s)", shim_call_name(task->call),
		     task->name ? task->name : "");
		tell_holders(task);
	}
	tell("\n");
	if (!desc->view(VIEW_HELD, task->index, &held) && held.nr) {
		tell("    holds:");
		for (unsigned int i = 0; i < held.nr; i++)
			tell(" %s", held.name[i]);
		tell("\n");
	}
	if (!native_capture(task, &stack))
		return;
	native_stack_text(&stack, text, sizeof(text));
	if (text[0])
		tell("    at: %s\n", text);
}

static void found_hang(unsigned int first)
{
	const struct native_task *task = &native_tasks[first];
	enum violation kind = task->waiting ? V_DEADLOCK : V_LIVELOCK;
	struct soak_found *found;

	for (unsigned int i = 0; i < soak_figures->nr_found; i++) {
		if (soak_figures->found[i].kind != kind)
			continue;
		soak_figures->found[i].count++;
		return;
	}
	if (soak_figures->nr_found == SOAK_MAX_FOUND)
		soak_figures->nr_found--;
	found = &soak_figures->found[soak_figures->nr_found];
	*found = (struct soak_found){
		.kind = kind,
		.fatal = true,
		.count = 1,
		.first = soak_figures->operations,
	};
	found->expected = soak_now->expected >> found->kind & 1;
	snprintf(found->text, sizeof(found->text),
		 "no task gets on, see below");
	snprintf(found->task, sizeof(found->task), "%s", name_of(first));
	snprintf(found->op, sizeof(found->op), "%s", task->op ? task->op : "");
	soak_figures->nr_found++;
}

static void report_hang(unsigned int first, uint64_t now)
{
	tell("%s has not got on for %.1f seconds\n", name_of(first),
	     (now - seen[first].when) / 1e9);
	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++)
		if (native_tasks[i].used && native_tasks[i].op)
			tell_task(&native_tasks[i], now);
	found_hang(first);
	_Exit(NATIVE_HANG);
}

/* Waits until it is time to look again; false: there is no more to look at. */
static bool pause_looking(void)
{
	struct timespec until;

	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += LOOK_NS;
	if (until.tv_nsec >= 1000000000) {
		until.tv_nsec -= 1000000000;
		until.tv_sec++;
	}
	return sem_timedwait(&stop, &until) != 0;
}

static void *watch(void *arg)
{
	(void)arg;
	do {
		uint64_t now = native_now();

		for (unsigned int i = 0; i < HOST_MAX_TASKS; i++)
			if (patience_ends(&seen[i], &native_tasks[i], now,
					  patience_ns))
				report_hang(i, now);
	} while (pause_looking());
	return NULL;
}

void watch_begin(unsigned int patience)
{
	uint64_t now = native_now();

	patience_ns = patience_for(patience, soak_now->expected);
	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++)
		seen[i].when = now;
	if (sem_init(&stop, 0, 0) ||
	    pthread_create(&watchdog, NULL, watch, NULL))
		abort();
}

void watch_end(void)
{
	sem_post(&stop);
	pthread_join(watchdog, NULL);
}
