// SPDX-License-Identifier: GPL-2.0-only
/* Searches with a bound: what delays allow, beside what preemptions do. */
#include <criterion/criterion.h>
#include <string.h>

#include "bounded.h"
#include "programs.h"

static const struct sized programs[] = {
	{ "readers", 3, 0 },	  { "lastzero", 3, 0 },
	{ "ainc", 4, 0 },	  { "inc", 3, 0 },
	{ "lockinc", 3, 0 },	  { "cas", 3, 0 },
	{ "CoA", 3, 0 },	  { "fib_bench", 3, 0 },
	{ "dekker_f", 0, 0 },	  { "peterson", 0, 0 },
	{ "pfn", 2, 1 },	  { "pfnlit", 2, 1 },
	{ "ab-ba", 0, 0 },	  { "stale-mapping", 0, 0 },
	{ "late-sleeper", 0, 0 }, { "early-waker", 0, 0 },
};
#define NR_PROGRAMS (sizeof(programs) / sizeof(programs[0]))

static struct bounded_result search_within(const struct sized *program,
					   enum bound_kind kind,
					   unsigned int most,
					   struct program_totals *totals)
{
	struct bounded_result result;

	cr_assert_eq(program_prepare(program->name, program->n, program->m), 0);
	search_init(program_subject());
	*totals = (struct program_totals){ .keep_states = true };
	result = bounded_search(kind, most, program_count, totals);
	program_totals_finish(totals);
	cr_assert(result.exhausted, "%s(%u, %u)", program->name, program->n,
		  program->m);
	return result;
}

static bool has_all(const struct program_totals *all,
		    const struct program_totals *some)
{
	size_t at = 0;

	for (size_t i = 0; i < some->nr_states; i++) {
		while (at < all->nr_states && all->states[at] < some->states[i])
			at++;
		if (at == all->nr_states || all->states[at] != some->states[i])
			return false;
	}
	return true;
}

/* Without any, there is one order: each task in its turn. */
Test(delays, none_leave_one_order, .init = programs_setup,
     .fini = programs_teardown)
{
	for (size_t i = 0; i < NR_PROGRAMS; i++) {
		struct program_totals totals;
		struct bounded_result result;

		result = search_within(&programs[i], BOUND_DELAYS, 0, &totals);
		cr_expect_eq(result.executions, 1, "%s: %lu executions",
			     programs[i].name, result.executions);
		program_totals_deinit(&totals);
	}
}

/* Each preemption is a delay; some delays are none. */
Test(delays, are_among_preemptions, .init = programs_setup,
     .fini = programs_teardown)
{
	unsigned int fewer = 0;

	for (size_t i = 0; i < NR_PROGRAMS; i++) {
		for (unsigned int most = 0; most < 4; most++) {
			struct program_totals delays, preemptions;

			search_within(&programs[i], BOUND_DELAYS, most,
				      &delays);
			search_within(&programs[i], BOUND_PREEMPTIONS, most,
				      &preemptions);
			cr_expect(has_all(&preemptions, &delays),
				  "%s: %u delays come to more",
				  programs[i].name, most);
			fewer += delays.nr_states < preemptions.nr_states;
			program_totals_deinit(&delays);
			program_totals_deinit(&preemptions);
		}
	}
	cr_expect_gt(fewer, 4, "delays are preemptions");
}

/* With enough of them, nothing is left out. */
Test(delays, many_come_to_everything, .init = programs_setup,
     .fini = programs_teardown)
{
	for (size_t i = 0; i < NR_PROGRAMS; i++) {
		struct program_totals some, all = { .keep_states = true };
		struct bounded_result result;

		search_through(&programs[i], REDUCE_OPTIMAL, &all);
		result = search_within(&programs[i], BOUND_DELAYS, 1000, &some);
		cr_expect(result.all, "%s: something is left out",
			  programs[i].name);
		cr_expect(has_all(&some, &all) && has_all(&all, &some),
			  "%s: the end states differ", programs[i].name);
		program_totals_deinit(&some);
		program_totals_deinit(&all);
	}
}

/* A, B and C are one event each behind their start: orders by hand. */
Test(delays, are_counted_by_turns, .init = programs_setup,
     .fini = programs_teardown)
{
	/* Of ainc(3), who comes first, second, third: 3! end states. */
	static const size_t states[] = { 1, 3, 5, 6 };

	for (unsigned int most = 0; most < 4; most++) {
		struct program_totals totals;

		search_within(&(struct sized){ "ainc", 3, 0 }, BOUND_DELAYS,
			      most, &totals);
		cr_expect_eq(totals.nr_states, states[most],
			     "%u delays: %zu states", most, totals.nr_states);
		program_totals_deinit(&totals);
	}
}
