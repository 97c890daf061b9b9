// SPDX-License-Identifier: GPL-2.0-only
/*
 * A search that is cut into units comes to the same as one that is not: as many
 * interleavings, the same end states, each in one unit only.
 */
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "extent.h"
#include "programs.h"

static const struct sized programs[] = {
	{ "readers", 5, 0 },	  { "lastzero", 5, 0 },
	{ "ainc", 5, 0 },	  { "binc", 4, 0 },
	{ "cinc", 3, 0 },	  { "inc", 4, 0 },
	{ "lockinc", 5, 0 },	  { "lock2inc", 5, 0 },
	{ "cas", 5, 0 },	  { "casrot", 6, 0 },
	{ "casw", 4, 0 },	  { "CoA", 4, 0 },
	{ "fib_bench", 4, 0 },	  { "eratosthenes", 5, 0 },
	{ "commits", 2, 6 },	  { "publish", 41, 0 },
	{ "dekker_f", 0, 0 },	  { "peterson", 0, 0 },
	{ "szymanski", 0, 0 },	  { "lamport", 2, 0 },
	{ "pfn", 2, 2 },	  { "pfnlit", 2, 2 },
	{ "ab-ba", 0, 0 },	  { "stale-mapping", 0, 0 },
	{ "late-sleeper", 0, 0 }, { "early-waker", 0, 0 },
};

/* Searches @unit up to @limit executions, and what is left in the same way. */
static size_t search_in_units(const struct unit *unit, enum reduction reduction,
			      uint64_t limit, struct program_totals *totals)
{
	struct units left = { 0 };
	struct dpor_result result;
	size_t nr = 1;

	result = dpor_search_unit(reduction, unit, limit, program_count,
				  totals);
	cr_assert(!result.incomplete && !result.grew);
	cr_assert(result.exhausted != result.limited);
	if (result.limited)
		dpor_left(&left);
	for (size_t i = 0; i < left.nr; i++)
		nr += search_in_units(&left.list[i], reduction, limit, totals);
	units_deinit(&left);
	return nr;
}

static void compare(const struct sized *program, enum reduction reduction,
		    uint64_t limit, const struct program_totals *all)
{
	struct program_totals some = { .keep_states = true };
	size_t nr;

	search_init(program_subject());
	nr = search_in_units(&unit_of_all, reduction, limit, &some);
	program_totals_finish(&some);
	cr_expect(nr > 1 || all->complete <= limit, "%s(%u, %u): not cut",
		  program->name, program->n, program->m);
	cr_expect_eq(some.complete, all->complete,
		     "%s(%u, %u), reduction %d, by %lu: %lu "
		     "interleavings, not %lu",
		     program->name, program->n, program->m, reduction, limit,
		     some.complete, all->complete);
	cr_expect_eq(some.deadlocks, all->deadlocks);
	cr_expect_eq(some.violations, all->violations);
	cr_expect_eq(some.nr_states, all->nr_states,
		     "%s(%u, %u): %zu end states, not %zu", program->name,
		     program->n, program->m, some.nr_states, all->nr_states);
	if (some.nr_states == all->nr_states)
		cr_expect_arr_eq(some.states, all->states,
				 some.nr_states * sizeof(*some.states));
	program_totals_deinit(&some);
}

Test(units, come_to_the_same, .init = programs_setup, .fini = programs_teardown)
{
	for (size_t i = 0; i < sizeof(programs) / sizeof(programs[0]); i++) {
		struct program_totals all = { .keep_states = true };

		search_through(&programs[i], REDUCE_OPTIMAL, &all);
		compare(&programs[i], REDUCE_SOURCE, 7, &all);
		compare(&programs[i], REDUCE_OPTIMAL, 1, &all);
		compare(&programs[i], REDUCE_OPTIMAL, 7, &all);
		compare(&programs[i], REDUCE_OPTIMAL, 100, &all);
		compare(&programs[i], REDUCE_OPTIMAL, 1000, &all);
		program_totals_deinit(&all);
	}
}

/* ---- Estimates ----------------------------------------------------------- */

struct estimating {
	struct extent *whole;
	uint64_t executions, known; /* so far; in all */
	double worst;		    /* factor by which it was wrong */
};

/* From a quarter of them on. */
static void look(struct estimating *now)
{
	double ratio = extent_estimate(now->whole).all / now->known;

	/* Of the first piece alone, there is no telling. */
	if (now->executions < now->known / 4 || ratio <= 0)
		return;
	if (ratio < 1)
		ratio = 1 / ratio;
	if (ratio > now->worst)
		now->worst = ratio;
}

static void extend(struct extent *extent, size_t nr)
{
	extent->nr_parts = nr;
	extent->parts = calloc(nr + 1, sizeof(*extent->parts));
	cr_assert(extent->parts);
	for (size_t i = 0; i < nr; i++)
		extent->parts[i] = calloc(1, sizeof(*extent));
}

static void release(struct extent *extent)
{
	for (size_t i = 0; i < extent->nr_parts; i++)
		release(extent->parts[i]);
	free(extent->parts);
	free(extent);
}

static void estimate_unit(const struct unit *unit, struct extent *extent,
			  struct estimating *now, unsigned int level)
{
	static const uint64_t limits[] = { 2048, 1024, 4096 };
	struct program_totals totals = { 0 };
	struct units left = { 0 };
	struct dpor_result result;

	result = dpor_search_unit(REDUCE_OPTIMAL, unit,
				  limits[level < 2 ? level : 2], program_count,
				  &totals);
	now->executions += result.executions;
	extent->known = true;
	extent->own = result.executions;
	if (result.limited)
		dpor_left(&left);
	extend(extent, left.nr);
	look(now);
	for (size_t i = 0; i < left.nr; i++)
		estimate_unit(&left.list[i], extent->parts[i], now, level + 1);
	units_deinit(&left);
}

Test(units, estimates, .init = programs_setup, .fini = programs_teardown)
{
	static const struct {
		struct sized program;
		uint64_t known;
	} known[] = {
		{ { "pfn", 2, 3 }, 26402 },
		{ { "pfn", 3, 1 }, 380406 },
		{ { "fib_bench", 5, 0 }, 218243 },
		{ { "CoA", 5, 0 }, 49776 },
		{ { "casw", 5, 0 }, 32880 },
		{ { "lastzero", 12, 0 }, 15360 },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct estimating now = {
			.whole = calloc(1, sizeof(struct extent)),
			.known = known[i].known,
		};
		const struct sized *program = &known[i].program;

		cr_assert_eq(program_prepare(program->name, program->n,
					     program->m),
			     0);
		search_init(program_subject());
		estimate_unit(&unit_of_all, now.whole, &now, 0);
		cr_expect_eq(now.executions, now.known);
		cr_expect_float_eq(extent_estimate(now.whole).all, now.known,
				   0.5);
		cr_expect(now.worst >= 1 && now.worst < 4,
			  "%s(%u, %u): wrong by %.1f", program->name,
			  program->n, program->m, now.worst);
		release(now.whole);
	}
}
