// SPDX-License-Identifier: GPL-2.0-only
/*
 * A reduction leaves executions out, never an end state: those that all
 * interleavings of small programs come to, deadlock among them, are those that
 * the reduced searches come to.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "programs.h"

static const struct sized programs[] = {
	{ "readers", 3, 0 },	  { "lastzero", 2, 0 },
	{ "indexer", 2, 0 },	  { "filesystem", 2, 0 },
	{ "ainc", 4, 0 },	  { "binc", 3, 0 },
	{ "cinc", 2, 0 },	  { "inc", 3, 0 },
	{ "lockinc", 3, 0 },	  { "lock2inc", 2, 0 },
	{ "cas", 4, 0 },	  { "casrot", 4, 0 },
	{ "casw", 3, 0 },	  { "CoA", 2, 0 },
	{ "fib_bench", 1, 0 },	  { "eratosthenes", 3, 0 },
	{ "commits", 1, 2 },	  { "publish", 4, 0 },
	{ "dekker_f", 0, 0 },	  { "peterson", 0, 0 },
	{ "szymanski", 0, 0 },	  { "lamport", 2, 0 },
	{ "pfn", 1, 1 },	  { "pfnlit", 1, 1 },
	{ "ab-ba", 0, 0 },	  { "stale-mapping", 0, 0 },
	{ "late-sleeper", 0, 0 }, { "early-waker", 0, 0 },
};

static void compare(const struct sized *program, enum reduction reduction,
		    const struct program_totals *all)
{
	struct program_totals some = { .keep_states = true };

	search_through(program, reduction, &some);
	cr_expect(some.complete < all->complete || all->complete == 1,
		  "%s(%u, %u): nothing was left out", program->name, program->n,
		  program->m);
	cr_expect_eq(some.nr_states, all->nr_states,
		     "%s(%u, %u): %zu end states, not %zu", program->name,
		     program->n, program->m, some.nr_states, all->nr_states);
	if (some.nr_states == all->nr_states)
		cr_expect_arr_eq(some.states, all->states,
				 some.nr_states * sizeof(*some.states),
				 "%s(%u, %u): other end states", program->name,
				 program->n, program->m);
	program_totals_deinit(&some);
}

Test(search, same_end_states, .init = programs_setup, .fini = programs_teardown)
{
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		struct program_totals all = { .keep_states = true };

		search_through(&programs[i], REDUCE_NOTHING, &all);
		compare(&programs[i], REDUCE_SOURCE, &all);
		compare(&programs[i], REDUCE_OPTIMAL, &all);
		program_totals_deinit(&all);
	}
}
