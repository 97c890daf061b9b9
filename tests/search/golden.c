// SPDX-License-Identifier: GPL-2.0-only
/*
 * Numbers of interleavings that are known: by the papers that introduced the
 * programs, by other model checkers, by closed forms.  Where nobody waits in vain
 * and no end state is wrong, nothing may be found either.
 */
#include <criterion/criterion.h>

#include "programs.h"

struct golden {
	struct sized program;
	uint64_t interleavings;
};

static const struct golden golden[] = {
	/* Flanagan and Godefroid, POPL 2005; Abdulla et al., POPL 2014 */
	{ { "filesystem", 14, 0 }, 2 },
	{ { "filesystem", 16, 0 }, 8 },
	{ { "filesystem", 18, 0 }, 32 },
	{ { "filesystem", 19, 0 }, 64 },
	{ { "indexer", 11, 0 }, 1 },
	{ { "indexer", 12, 0 }, 8 },
	{ { "indexer", 13, 0 }, 64 },
	{ { "indexer", 15, 0 }, 4096 },
	{ { "readers", 2, 0 }, 4 },
	{ { "readers", 8, 0 }, 256 },
	{ { "readers", 13, 0 }, 8192 },
	{ { "readers", 14, 0 }, 16384 },
	{ { "lastzero", 3, 0 }, 12 },
	{ { "lastzero", 5, 0 }, 64 },
	{ { "lastzero", 8, 0 }, 704 },
	{ { "lastzero", 10, 0 }, 3328 },
	{ { "lastzero", 12, 0 }, 15360 },
	/* GenMC's tests, sequential consistency */
	{ { "ainc", 2, 0 }, 2 },
	{ { "ainc", 3, 0 }, 6 },
	{ { "ainc", 4, 0 }, 24 },
	{ { "ainc", 5, 0 }, 120 },
	{ { "ainc", 6, 0 }, 720 },
	{ { "ainc", 7, 0 }, 5040 },
	{ { "binc", 2, 0 }, 4 },
	{ { "binc", 3, 0 }, 36 },
	{ { "binc", 4, 0 }, 576 },
	{ { "cinc", 2, 0 }, 8 },
	{ { "cinc", 3, 0 }, 216 },
	{ { "cinc", 4, 0 }, 13824 },
	{ { "inc", 2, 0 }, 4 },
	{ { "inc", 3, 0 }, 36 },
	{ { "inc", 4, 0 }, 576 },
	{ { "lockinc", 2, 0 }, 2 },
	{ { "lockinc", 3, 0 }, 6 },
	{ { "lockinc", 4, 0 }, 24 },
	{ { "lockinc", 5, 0 }, 120 },
	{ { "lockinc", 6, 0 }, 720 },
	{ { "lockinc", 7, 0 }, 5040 },
	{ { "lock2inc", 2, 0 }, 2 },
	{ { "lock2inc", 3, 0 }, 6 },
	{ { "lock2inc", 4, 0 }, 24 },
	{ { "lock2inc", 5, 0 }, 120 },
	{ { "lock2inc", 6, 0 }, 720 },
	{ { "lock2inc", 7, 0 }, 5040 },
	{ { "cas", 2, 0 }, 2 },
	{ { "cas", 3, 0 }, 3 },
	{ { "cas", 4, 0 }, 4 },
	{ { "cas", 5, 0 }, 5 },
	{ { "casrot", 2, 0 }, 2 },
	{ { "casrot", 3, 0 }, 5 },
	{ { "casrot", 4, 0 }, 14 },
	{ { "casrot", 5, 0 }, 43 },
	{ { "casrot", 6, 0 }, 144 },
	{ { "casrot", 7, 0 }, 523 },
	{ { "casrot", 8, 0 }, 2048 },
	{ { "casrot", 9, 0 }, 8597 },
	{ { "casw", 2, 0 }, 6 },
	{ { "casw", 3, 0 }, 66 },
	{ { "casw", 4, 0 }, 1200 },
	{ { "casw", 5, 0 }, 32880 },
	{ { "CoA", 1, 0 }, 4 },
	{ { "CoA", 2, 0 }, 15 },
	{ { "CoA", 3, 0 }, 130 },
	{ { "CoA", 4, 0 }, 2028 },
	{ { "CoA", 5, 0 }, 49776 },
	{ { "big0", 0, 0 }, 69112 },
	{ { "fib_bench", 4, 0 }, 19605 },
	{ { "fib_bench", 5, 0 }, 218243 },
	{ { "eratosthenes", 5, 0 }, 398 },
	{ { "commits", 2, 6 }, 1734 },
	{ { "publish", 41, 0 }, 42 },
	{ { "dekker_f", 0, 0 }, 3 },
	{ { "peterson", 0, 0 }, 4 },
	{ { "szymanski", 0, 0 }, 6 },
	{ { "lamport", 2, 0 }, 16 },
	/* Our own, counted by GenMC and Nidhugg as well */
	{ { "pfn", 1, 1 }, 8 },
	{ { "pfn", 1, 2 }, 23 },
	{ { "pfn", 1, 3 }, 52 },
	{ { "pfn", 2, 1 }, 766 },
	{ { "pfn", 2, 2 }, 5550 },
	{ { "pfn", 2, 3 }, 26402 },
	{ { "holders", 3, 0 }, 1 },
	{ { "counted", 2, 0 }, 9 },
	{ { "counted", 3, 0 }, 27 },
	{ { "pfnlit", 1, 2 }, 23 },
	{ { "pfnlit", 2, 1 }, 1414 },
	{ { "pfnlit", 2, 2 }, 9942 },
};
#define NR_GOLDEN (sizeof(golden) / sizeof(golden[0]))

static void check(const struct golden *known, enum reduction reduction)
{
	const struct sized *program = &known->program;
	struct program_totals totals = { .keep_states = false };
	struct dpor_result result = search_through(program, reduction, &totals);

	cr_expect_eq(totals.complete, known->interleavings,
		     "%s(%u, %u): %lu interleavings, not %lu", program->name,
		     program->n, program->m, totals.complete,
		     known->interleavings);
	cr_expect(!totals.failing && !totals.deadlocks && !totals.livelocks,
		  "%s(%u, %u): %lu executions fail, %lu and %lu do not end",
		  program->name, program->n, program->m, totals.failing,
		  totals.deadlocks, totals.livelocks);
	if (reduction == REDUCE_OPTIMAL)
		cr_expect_eq(result.redundant, 0,
			     "%s(%u, %u): %lu redundant executions",
			     program->name, program->n, program->m,
			     result.redundant);
	program_totals_deinit(&totals);
}

TestSuite(golden, .init = programs_setup, .fini = programs_teardown);

Test(golden, source)
{
	for (size_t i = 0; i < NR_GOLDEN; i++)
		check(&golden[i], REDUCE_SOURCE);
}

Test(golden, optimal)
{
	for (size_t i = 0; i < NR_GOLDEN; i++)
		check(&golden[i], REDUCE_OPTIMAL);
}
