// SPDX-License-Identifier: GPL-2.0-only
#include "program.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine.h"
#include "loader.h"
#include "programs.h"

/* Programs that touch pages need a few of them. */
#define NR_FRAMES 8

/* In place of an end state, by the end of the search where there is none. */
#define NO_STATE 0xdead10cc00000000UL

static struct {
	struct loaded_kernel kernel;
	struct world_snapshot *snapshot;
	unsigned long number, n, m;
	long tasks; /* or a negative errno */
} program;

static long call(unsigned long part, void *buf)
{
	struct op_args args = {
		.a = { program.number, part, program.n, program.m }, .buf = buf
	};

	return program.kernel.desc->op(OP_TEST, &args);
}

int programs_open(const char *path, char *why, size_t size)
{
	int ret = engine_init();

	if (ret) {
		snprintf(why, size, "%s", strerror(-ret));
		return ret;
	}
	return loader_open(path, &program.kernel, why, size);
}

void programs_close(void)
{
	if (program.snapshot)
		world_snapshot_destroy(program.snapshot);
	program.snapshot = NULL;
	loader_close(&program.kernel);
}

/* ---- Preparing ----------------------------------------------------------- */

static int find(const char *name)
{
	const char *found;

	for (program.number = 0; !call(PROGRAM_NAME, &found); program.number++)
		if (!strcmp(found, name))
			return 0;
	return -ENOENT;
}

static void boot(unsigned int task)
{
	static const struct machine_config config = { .nr_frames = NR_FRAMES };

	(void)task;
	program.tasks = program.kernel.desc->boot(&config);
	if (!program.tasks)
		program.tasks = call(PROGRAM_START, NULL);
}

static void start(void *arg)
{
	(void)arg;
	world_restore(program.snapshot);
	engine_reset();
}

static void run_task(void *arg, unsigned int task)
{
	(void)arg;
	call(PROGRAM_TASK + task, NULL);
}

static uint64_t memory(void *arg)
{
	(void)arg;
	return world_hash(&program.kernel.image);
}

static struct search_subject subject = {
	.start = start, .task = run_task, .memory = memory, .all_visible = true
};

int program_prepare(const char *name, unsigned int n, unsigned int m)
{
	int ret = find(name);

	if (ret)
		return ret;
	program.n = n;
	program.m = m;
	loader_cold_start(&program.kernel);
	engine_reset();
	host_task = HOST_SETUP_TASK;
	engine_add_task(HOST_SETUP_TASK, boot);
	if (engine_run(NULL) != OUTCOME_DONE || program.tasks <= 0 ||
	    program.tasks >= HOST_SETUP_TASK)
		return -EINVAL;
	if (program.snapshot)
		world_snapshot_destroy(program.snapshot);
	program.snapshot = world_save(&program.kernel.image);
	subject.nr_tasks = program.tasks;
	return 0;
}

const struct search_subject *program_subject(void)
{
	return &subject;
}

/* ---- Counting ------------------------------------------------------------ */

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

void program_totals_finish(struct program_totals *totals)
{
	size_t nr = 0;

	if (!totals->nr_states)
		return;
	qsort(totals->states, totals->nr_states, sizeof(uint64_t), by_value);
	for (size_t i = 0; i < totals->nr_states; i++)
		if (!i || totals->states[i] != totals->states[i - 1])
			totals->states[nr++] = totals->states[i];
	totals->nr_states = nr;
}

static void keep_state(struct program_totals *totals, uint64_t state)
{
	if (totals->nr_states == totals->room) {
		program_totals_finish(totals);
		if (totals->nr_states >= totals->room / 2) {
			totals->room = totals->room ? 2 * totals->room : 1024;
			totals->states = realloc(totals->states,
						 totals->room *
							 sizeof(uint64_t));
			if (!totals->states)
				abort();
		}
	}
	totals->states[totals->nr_states++] = state;
}

static bool ended(struct program_totals *totals, uint64_t *state)
{
	*state = NO_STATE | search.end;
	totals->deadlocks += search.end == SEARCH_DEADLOCK;
	totals->livelocks += search.end == SEARCH_LIVELOCK;
	if (search.end != SEARCH_RAN)
		return true;
	host_task = HOST_SETUP_TASK;
	if (!call(PROGRAM_FINISH, state))
		return true;
	totals->gave_up++;
	return false;
}

bool program_count(void *arg)
{
	struct program_totals *totals = arg;
	uint64_t state;
	bool complete = ended(totals, &state);

	if (engine.nr_findings) {
		totals->failing++;
		totals->violations |= engine.seen;
	}
	if (complete) {
		totals->complete++;
		if (totals->keep_states)
			keep_state(totals, state);
	}
	if (cycle_find(&totals->cycle)) {
		totals->no_end += !totals->cycle.completing;
		totals->starving += totals->cycle.completing != 0;
	}
	return true;
}

void program_totals_deinit(struct program_totals *totals)
{
	free(totals->states);
	*totals = (struct program_totals){ 0 };
}

struct dpor_result program_search(enum reduction reduction,
				  struct program_totals *totals)
{
	struct dpor_result result;

	search_init(&subject);
	result = dpor_search(reduction, program_count, totals);
	program_totals_finish(totals);
	return result;
}
