// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs with a bug are found out, by the violation that it is; their twins
 * without it are not suspected.
 */
#include <criterion/criterion.h>
#include <stdio.h>

#include "programs.h"
#include "random.h"

#define VIOLATION(kind) (1UL << (kind))

/* @end: how some executions end, beside those that run to their end. */
static const struct seeded {
	const char *name;
	uint64_t violations; /* bit 1 << enum violation */
	enum search_end end;
} seeded[] = {
	{ "ab-ba", VIOLATION(V_LOCK_ORDER), SEARCH_DEADLOCK },
	{ "stale-mapping",
	  VIOLATION(V_USE_AFTER_FREE) | VIOLATION(V_UNMAPPED_ACCESS),
	  SEARCH_RAN },
	{ "missing-reference", VIOLATION(V_USE_AFTER_FREE), SEARCH_RAN },
	{ "count-from-zero", VIOLATION(V_REFCOUNT) | VIOLATION(V_CONTRACT),
	  SEARCH_RAN },
	{ "late-sleeper", 0, SEARCH_DEADLOCK },
	{ "early-waker", 0, SEARCH_DEADLOCK },
	{ "forgotten-answer", 0, SEARCH_LIVELOCK },
};
#define NR_SEEDED (sizeof(seeded) / sizeof(seeded[0]))

static void check(const char *name, uint64_t violations, enum search_end end,
		  enum reduction reduction)
{
	struct sized program = { .name = name };
	struct program_totals totals = { .keep_states = false };

	search_through(&program, reduction, &totals);
	cr_expect_eq(totals.violations, violations,
		     "%s: violations %#lx, not %#lx", name, totals.violations,
		     violations);
	cr_expect_eq(totals.deadlocks > 0, end == SEARCH_DEADLOCK,
		     "%s: %lu deadlocks", name, totals.deadlocks);
	cr_expect_eq(totals.livelocks > 0, end == SEARCH_LIVELOCK,
		     "%s: %lu livelocks", name, totals.livelocks);
	cr_expect_eq(totals.no_end > 0, end == SEARCH_LIVELOCK,
		     "%s: %lu cycles", name, totals.no_end);
	cr_expect_eq(totals.starving, 0, "%s: %lu starve", name,
		     totals.starving);
	cr_expect_gt(totals.complete, totals.deadlocks + totals.livelocks,
		     "%s: no execution runs to its end", name);
	program_totals_deinit(&totals);
}

static void check_all(enum reduction reduction)
{
	char twin[64];

	for (const struct seeded *bug = seeded; bug < seeded + NR_SEEDED;
	     bug++) {
		snprintf(twin, sizeof(twin), "%s-right", bug->name);
		check(bug->name, bug->violations, bug->end, reduction);
		check(twin, 0, SEARCH_RAN, reduction);
	}
}

TestSuite(seeded, .init = programs_setup, .fini = programs_teardown);

Test(seeded, source)
{
	check_all(REDUCE_SOURCE);
}

Test(seeded, optimal)
{
	check_all(REDUCE_OPTIMAL);
}
