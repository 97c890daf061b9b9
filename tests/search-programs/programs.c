// SPDX-License-Identifier: GPL-2.0-only
/* All programs, and how the host reaches them. */
#include <linux/errno.h>
#include <linux/types.h>
#include <kernel.h>
#include <programs.h>
#include "program.h"

DECLARE_PROGRAMS(classic);
DECLARE_PROGRAMS(counting);
DECLARE_PROGRAMS(exclusion);
DECLARE_PROGRAMS(pages);
DECLARE_PROGRAMS(protocol);
DECLARE_PROGRAMS(random);
DECLARE_PROGRAMS(seeded);
DECLARE_PROGRAMS(values);

static const struct {
	const struct program *programs;
	const unsigned int *nr;
} tables[] = {
	{ programs_classic, &nr_programs_classic },
	{ programs_counting, &nr_programs_counting },
	{ programs_exclusion, &nr_programs_exclusion },
	{ programs_pages, &nr_programs_pages },
	{ programs_protocol, &nr_programs_protocol },
	{ programs_random, &nr_programs_random },
	{ programs_seeded, &nr_programs_seeded },
	{ programs_values, &nr_programs_values },
};

static unsigned long saw[HOST_MAX_TASKS];
static bool gave_up;

unsigned int program_two(unsigned int n, unsigned int m)
{
	return 2;
}

unsigned int program_n(unsigned int n, unsigned int m)
{
	return n;
}

unsigned int program_n_and_one(unsigned int n, unsigned int m)
{
	return n + 1;
}

unsigned int program_draw(unsigned int seed, unsigned int at)
{
	unsigned int x = seed * 0x9e3779b9U ^ at * 0x85ebca6bU;

	x = (x ^ x >> 15) * 0x2c1b3c6dU;
	x = (x ^ x >> 12) * 0x297a2d39U;
	return x ^ x >> 15;
}

static inline unsigned long mix(unsigned long state, unsigned long value)
{
	state = (state ^ value) * 0x9e3779b97f4a7c15UL;
	return state ^ state >> 29;
}

noinline __no_kcsan void program_saw(unsigned int task, unsigned long value)
{
	saw[task] = mix(saw[task], value + 1);
}

noinline __no_kcsan void program_completed(void)
{
	host_enter(CALL_END, NULL, NULL);
}

noinline __no_kcsan void program_give_up(void)
{
	gave_up = true;
}

static __no_kcsan const struct program *find_program(unsigned long number)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(tables); i++) {
		if (number < *tables[i].nr)
			return &tables[i].programs[number];
		number -= *tables[i].nr;
	}
	return NULL;
}

static unsigned long end_state(const struct program *program, unsigned int n,
			       unsigned int m)
{
	unsigned long state = program->finish ? program->finish(n, m) : 0;

	for (unsigned int i = 0; i < HOST_MAX_TASKS; i++)
		state = mix(state, saw[i]);
	return state;
}

/* Getting to a program is no event of it. */
long shim_test_op(struct op_args *args);
__no_kcsan long shim_test_op(struct op_args *args)
{
	const struct program *program = find_program(args->a[0]);
	unsigned int n = args->a[2], m = args->a[3];

	if (!program)
		return -ENOENT;
	switch (args->a[1]) {
	case PROGRAM_NAME:
		*(const char **)args->buf = program->name;
		return 0;
	case PROGRAM_START:
		if (program->start)
			program->start(n, m);
		return program->tasks(n, m);
	case PROGRAM_FINISH:
		*(unsigned long *)args->buf = end_state(program, n, m);
		return gave_up;
	default:
		program->task(args->a[1] - PROGRAM_TASK, n, m);
		return 0;
	}
}
