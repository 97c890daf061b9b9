// SPDX-License-Identifier: GPL-2.0-only
#include "once.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "final.h"
#include "gate.h"
#include "native.h"
#include "points.h"
#include "repeat.h"

/* Turns of a loop that a thread begins late by, at most. */
#define LATE 20000
#define GATE_PAUSE_NS 20000

static struct {
	struct step_result *result[SCN_MAX_TASKS];
	struct gate *gate[SCN_MAX_TASKS];
	pthread_barrier_t start;
} once;

/* ---- Tasks ------------------------------------------------------------------ */

static void on_point(const struct op_points *points, int point)
{
	gates_passed(once.gate, soak_now->scenario, host_task, points, point);
}

/* A gate that nobody opens is a hang: the watchdog sees to it. */
static void wait_at_gate(const struct gate *gate, const struct step *step)
{
	struct timespec pause = { .tv_nsec = GATE_PAUSE_NS };
	struct native_task *me = native_me;

	me->op_since = native_now();
	me->call = CALL_BEGIN;
	me->obj = NULL;
	me->name = step->when.name;
	me->waiting = true;
	me->op = scenario_op_name(step->op);
	while (!gate_is_open(gate))
		nanosleep(&pause, NULL);
	me->op = NULL;
	me->waiting = false;
}

static void run_step(struct soak *soak, const struct step *step,
		     struct step_result *result)
{
	const struct op_points *points = machine_points(step->op);
	unsigned long times = 0;

	do {
		on_point(points, GATE_BEGIN);
		soak_carry_out(soak, step, result);
	} while (repeat_again(step, ++times));
}

static void run_task(struct soak *soak, unsigned int index)
{
	const struct scenario *scn = soak->scenario;
	const struct task_desc *task = &scn->task[index];
	const struct gate *gates = once.gate[index];

	for (size_t i = 0; i < task->nr_steps; i++) {
		const struct step *step = &task->steps[i];

		if (gates && gates[i].points)
			wait_at_gate(&gates[i], step);
		run_step(soak, step, &once.result[index][i]);
		repeat_over(scn, i);
		on_point(machine_points(step->op), GATE_END);
	}
}

/*
 * Threads that start at the same time seldom meet twice in the same way if each
 * begins a little late, and is held up by another measure.
 */
static void make_uneven(uint64_t seed)
{
	struct native_task *me = native_me;
	uint64_t late;

	me->noise = seed * 0x9e3779b97f4a7c15UL | 1;
	native_random(&me->noise);
	me->yield = 1U << (1 + native_random(&me->noise) % 6);
	me->pause = 1U << native_random(&me->noise) % 4;
	late = native_random(&me->noise) % LATE >>
	       native_random(&me->noise) % 12;
	for (volatile uint64_t i = 0; i < late; i++)
		;
}

static void *thread(void *arg)
{
	unsigned int index = (uintptr_t)arg;
	struct soak *soak = soak_now;

	native_begin(index);
	pthread_barrier_wait(&once.start);
	make_uneven(soak->seed << 16 | index);
	run_task(soak, index);
	__atomic_fetch_add(&soak_figures->retries, native_me->retries,
			   __ATOMIC_RELAXED);
	native_end();
	return NULL;
}

/* ---- Runs ------------------------------------------------------------------- */

static void make_tasks(const struct scenario *scn)
{
	for (size_t t = 0; t < scn->nr_task; t++) {
		once.result[t] = calloc(scn->task[t].nr_steps + 1,
					sizeof(*once.result[t]));
		if (!once.result[t])
			abort();
		once.gate[t] = gates_make(&scn->task[t]);
	}
}

static void forget(const struct scenario *scn)
{
	for (size_t t = 0; t < scn->nr_task; t++)
		memset(once.result[t], 0,
		       scn->task[t].nr_steps * sizeof(*once.result[t]));
	gates_close(once.gate, scn);
	repeat_begin(scn);
}

void once_run(struct soak *soak)
{
	const struct scenario *scn = soak->scenario;
	pthread_t threads[SCN_MAX_TASKS];

	if (!scn->nr_task)
		return;
	if (!once.result[0])
		make_tasks(scn);
	forget(scn);
	native_on_point = on_point;
	if (pthread_barrier_init(&once.start, NULL, scn->nr_task))
		abort();
	for (unsigned int i = 0; i < scn->nr_task; i++)
		threads[i] = soak_thread(thread, i);
	for (unsigned int i = 0; i < scn->nr_task; i++)
		pthread_join(threads[i], NULL);
	pthread_barrier_destroy(&once.start);
}

/* ---- Ends ------------------------------------------------------------------- */

static struct soak_end *find_end(uint64_t hash)
{
	struct soak_figures *f = soak_figures;

	for (unsigned int i = 0; i < f->nr_ends; i++)
		if (f->end[i].hash == hash)
			return &f->end[i];
	if (f->nr_ends == SOAK_MAX_ENDS)
		return NULL;
	f->end[f->nr_ends] = (struct soak_end){ .hash = hash };
	return &f->end[f->nr_ends++];
}

static void count_end(const struct soak *soak, const struct final *final)
{
	uint64_t hash = final_hash(final);
	struct soak_end *end = find_end(hash);

	if (!end) {
		soak_figures->ends_dropped++;
		return;
	}
	if (end->count++)
		return;
	end->known = ends_know(soak->known, hash);
	final_text(final, end->text, sizeof(end->text));
}

void once_compare(struct soak *soak)
{
	const struct machine *machine = &soak->machine;
	const struct kernel_desc *desc = soak->kernel->desc;
	struct gpc_view *gpcs = calloc(machine->nr_caches + 1, sizeof(*gpcs));
	struct final final = {
		.scenario = soak->scenario,
		.result = once.result,
		.gpcs = gpcs,
		.nr_caches = machine->nr_caches,
	};

	if (!gpcs)
		abort();
	for (unsigned int i = 0; i < machine->nr_caches; i++)
		kernel_look(desc, VIEW_GPC, i, &gpcs[i]);
	count_end(soak, &final);
	free(gpcs);
}
