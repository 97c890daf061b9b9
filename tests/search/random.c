// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs that nobody wrote: the searches check each other.  An exchange that
 * fails in one order and succeeds in another is what planning finds hardest.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "programs.h"

static void expect_same_states(const struct sized *program,
			       const struct program_totals *a,
			       const struct program_totals *b)
{
	bool same = a->nr_states == b->nr_states &&
		    !memcmp(a->states, b->states,
			    a->nr_states * sizeof(*a->states));

	cr_expect(same, "%s(%u, %u): the end states differ", program->name,
		  program->n, program->m);
}

/*
 * Returns how many interleavings optimal reduction tells apart.  Where a step may
 * touch other things when it comes earlier, some are told apart twice.
 */
static uint64_t check(const struct sized *program, bool exact)
{
	struct program_totals source = { .keep_states = true };
	struct program_totals optimal = { .keep_states = true };
	struct dpor_result result;

	search_through(program, REDUCE_SOURCE, &source);
	result = search_through(program, REDUCE_OPTIMAL, &optimal);
	if (exact)
		cr_expect_eq(source.complete, optimal.complete,
			     "%s(%u, %u): %lu interleavings by source sets, "
			     "%lu by optimal reduction",
			     program->name, program->n, program->m,
			     source.complete, optimal.complete);
	if (exact)
		cr_expect_eq(result.redundant, 0, "%s(%u, %u): %lu redundant",
			     program->name, program->n, program->m,
			     result.redundant);
	expect_same_states(program, &source, &optimal);
	program_totals_deinit(&source);
	program_totals_deinit(&optimal);
	return result.executions;
}

/* Returns how many end states there are. */
static size_t check_all(const struct sized *program)
{
	struct program_totals all = { .keep_states = true };
	struct program_totals some = { .keep_states = true };
	size_t nr;

	search_through(program, REDUCE_NOTHING, &all);
	search_through(program, REDUCE_OPTIMAL, &some);
	expect_same_states(program, &all, &some);
	nr = all.nr_states;
	program_totals_deinit(&all);
	program_totals_deinit(&some);
	return nr;
}

Test(search, random_programs_by_two_reductions, .init = programs_setup,
     .fini = programs_teardown)
{
	uint64_t most = 0;

	for (unsigned int seed = 0; seed < 60; seed++) {
		uint64_t executions = check(
			&(struct sized){ "random", seed, 4 }, true);

		check(&(struct sized){ "references", seed, 4 }, false);
		if (executions > most)
			most = executions;
	}
	cr_expect_gt(most, 1000, "no program has much to it");
}

Test(search, random_programs_by_no_reduction, .init = programs_setup,
     .fini = programs_teardown)
{
	size_t states = 0;

	for (unsigned int seed = 0; seed < 10; seed++)
		check_all(&(struct sized){ "random", seed, 2 });
	for (unsigned int seed = 0; seed < 100; seed++)
		states += check_all(&(struct sized){ "references", seed, 3 });
	cr_expect_gt(states, 500, "references hardly matter");
}
