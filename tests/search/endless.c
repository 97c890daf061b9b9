// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs that need not end although every task gets its turns: livelock where
 * nobody completes anything, starvation where some do.  Their twins always end
 * under fair scheduling, and are not suspected.
 */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

#include "bounded.h"
#include "programs.h"
#include "random.h"

static const struct endless {
	const char *name;
	uint32_t completing, waiting; /* in the cycle, a bit each */
	bool same_memory;
	bool large; /* too many interleavings to see them all */
} endless[] = {
	{ "forgotten-answer", 0, 1, true, false },
	{ "after-you", 0, 3, true, false },
	{ "grabbed-lock", 2, 1, true, false },
	{ "held-up", 2, 1, false, false },
	{ "readers-first", 6, 1, true, true },
};
#define NR_ENDLESS (sizeof(endless) / sizeof(endless[0]))

#define SEEDS 300

/* Ends a search with the first execution that is endless. */
static bool until_endless(void *arg)
{
	const struct program_totals *totals = arg;

	program_count(arg);
	return !totals->no_end && !totals->starving;
}

static void prepare(const char *name)
{
	cr_assert_eq(program_prepare(name, 0, 0), 0, "%s", name);
	search_init(program_subject());
}

static void check_found(const struct endless *bug,
			const struct program_totals *totals, const char *by)
{
	const struct cycle *cycle = &totals->cycle;

	cr_assert_eq(totals->no_end, !bug->completing, "%s by %s: %lu cycles",
		     bug->name, by, totals->no_end);
	cr_assert_eq(totals->starving, bug->completing != 0,
		     "%s by %s: %lu starve", bug->name, by, totals->starving);
	cr_expect_eq(cycle->waiting, bug->waiting, "%s by %s: %#x wait",
		     bug->name, by, cycle->waiting);
	cr_expect(!(cycle->completing & ~bug->completing), "%s by %s: %#x",
		  bug->name, by, cycle->completing);
	cr_expect_eq(cycle->same_memory, bug->same_memory, "%s by %s",
		     bug->name, by);
}

static void check_silent(const char *name, const struct program_totals *totals,
			 const char *by)
{
	cr_expect(!totals->no_end && !totals->starving && !totals->livelocks &&
			  !totals->deadlocks && totals->complete,
		  "%s by %s: %lu cycles, %lu starve, %lu livelocks, "
		  "%lu deadlocks",
		  name, by, totals->no_end, totals->starving, totals->livelocks,
		  totals->deadlocks);
}

static const char *twin_of(const struct endless *bug)
{
	static char name[64];

	snprintf(name, sizeof(name), "%s-right", bug->name);
	return name;
}

static void exhaust(enum reduction reduction)
{
	for (const struct endless *bug = endless; bug < endless + NR_ENDLESS;
	     bug++) {
		struct program_totals totals = { 0 };
		struct dpor_result result;

		prepare(bug->name);
		dpor_search(reduction, until_endless, &totals);
		check_found(bug, &totals, "exhaustion");
		if (bug->large)
			continue;
		memset(&totals, 0, sizeof(totals));
		prepare(twin_of(bug));
		result = dpor_search(reduction, program_count, &totals);
		check_silent(twin_of(bug), &totals, "exhaustion");
		cr_expect(result.exhausted && !result.incomplete &&
				  !search.curbed,
			  "%s is not searched through", twin_of(bug));
	}
}

TestSuite(endless, .init = programs_setup, .fini = programs_teardown);

Test(endless, source)
{
	exhaust(REDUCE_SOURCE);
}

Test(endless, optimal)
{
	exhaust(REDUCE_OPTIMAL);
}

Test(endless, bounded)
{
	for (const struct endless *bug = endless; bug < endless + NR_ENDLESS;
	     bug++) {
		struct program_totals totals = { 0 };
		struct bounded_result result = { 0 };

		prepare(bug->name);
		for (unsigned int i = 0;
		     i < 5 && !totals.no_end && !totals.starving; i++)
			bounded_search(BOUND_PREEMPTIONS, i, until_endless,
				       &totals);
		check_found(bug, &totals, "bounds");
		if (bug->large)
			continue;
		memset(&totals, 0, sizeof(totals));
		prepare(twin_of(bug));
		result = bounded_search(BOUND_PREEMPTIONS, 1, program_count,
					&totals);
		check_silent(twin_of(bug), &totals, "bounds");
		cr_expect(result.exhausted, "%s", twin_of(bug));
	}
}

static void draw(const char *name, struct random_way way,
		 struct program_totals *totals)
{
	prepare(name);
	for (uint64_t seed = 0; seed < SEEDS; seed++) {
		random_run(way, seed);
		cr_assert(search.end == SEARCH_RAN ||
				  search.end == SEARCH_LIVELOCK,
			  "%s, seed %lu: %d", name, seed, search.end);
		if (!until_endless(totals))
			break;
	}
}

Test(endless, random)
{
	static const struct random_way ways[] = { { RANDOM_UNIFORM, 0 },
						  { RANDOM_POS, 0 } };

	for (const struct endless *bug = endless; bug < endless + NR_ENDLESS;
	     bug++) {
		for (unsigned int i = 0; i < 2; i++) {
			struct program_totals totals = { 0 };

			draw(bug->name, ways[i], &totals);
			check_found(bug, &totals, "lot");
			memset(&totals, 0, sizeof(totals));
			draw(twin_of(bug), ways[i], &totals);
			check_silent(twin_of(bug), &totals, "lot");
		}
	}
}

/* A blind execution that goes round is told from one that ends. */
Test(endless, impatience)
{
	prepare("after-you");
	search.blind = true;
	search.patience = 4;
	for (uint64_t seed = 0; seed < SEEDS; seed++)
		if (random_run((struct random_way){ RANDOM_UNIFORM, 0 },
			       seed) == SEARCH_ROUNDS)
			return;
	cr_assert_fail("every execution ended within four rounds");
}
