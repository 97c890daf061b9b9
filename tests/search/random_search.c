// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random searches: a failure that needs three tasks in a rare order is found from
 * every seed.
 */
#include <criterion/criterion.h>

#include "programs.h"
#include "random.h"

#define MANY 1000000

static bool is_found(struct random_way way, uint64_t seed)
{
	struct program_totals totals = { .keep_states = false };

	search_init(program_subject());
	for (unsigned int i = 0; i < MANY && !totals.failing; i++) {
		random_run(way, seed + i);
		program_count(&totals);
	}
	return totals.failing && totals.violations == 1UL << V_STALE_PAGE;
}

Test(search, random_schedules_find_a_rare_failure, .init = programs_setup,
     .fini = programs_teardown)
{
	struct random_way pct = { RANDOM_PCT, 3 };

	cr_assert_eq(program_prepare("pfnlit", 3, 2), 0);
	for (uint64_t seed = 1; seed <= 20; seed++)
		cr_expect(is_found(pct, seed << 32), "not from seed %lu",
			  seed << 32);
}
