// SPDX-License-Identifier: GPL-2.0-only
/* What a soak of a file on a kernel is known for. */
#include <criterion/criterion.h>

#include "fixture.h"
#include "known.h"
#include "reader.h"

static bool once;

static unsigned long known(const char *scenario, const char *name,
			   unsigned long caps)
{
	struct scenario *scn = scenario_called(scenario);
	struct loaded_kernel kernel = kernel_called(name, caps, &gpc_active);
	unsigned long kinds = known_violations(scn, &kernel, once);

	scenario_destroy(scn);
	return kinds;
}

#define OUTDATED                                                               \
	(1UL << V_USE_AFTER_FREE | 1UL << V_STALE_PAGE |                       \
	 1UL << V_UNMAPPED_ACCESS)
#define SEQ (1UL << CAP_GPC_SEQ)
#define ERROR_LOCKS (1UL << CAP_GMEM_ERROR_LOCKS)

Test(known, nothing_of_a_kernel_that_no_xfail_fits)
{
	cr_assert_eq(known("hva-no-slot", "mine", SEQ), 0);
}

/* What an outdated cache leads to is a matter of when it is used. */
Test(known, by_capabilities_and_with_what_it_leads_to)
{
	cr_assert_eq(known("hva-no-slot", "mine", 0), OUTDATED);
}

Test(known, by_the_name_of_a_kernel)
{
	cr_assert_eq(known("hva-no-slot", "reference+hva-no-slot", SEQ),
		     OUTDATED);
	cr_assert_eq(known("hva-no-slot", "reference+other", SEQ), 0);
}

Test(known, by_operations_that_a_loop_has_at_the_same_time)
{
	/* Its own cases have no deadlock. */
	cr_assert_eq(known("gmem-poison-guest", "mine", SEQ), 0);
	cr_assert(known("gmem-poison-guest", "mine", SEQ | ERROR_LOCKS) &
		  1UL << V_DEADLOCK);
	cr_assert_eq(known("gmem-punch-guest", "mine", SEQ | ERROR_LOCKS), 0);
}

/* Loops leave out what makes a kernel good for nothing. */
Test(known, what_follows_a_forced_unload_where_it_is_done)
{
	const unsigned long more = 1UL << V_LEAK | 1UL << V_WARN | OUTDATED;

	cr_assert_eq(known("module-going", "mine", SEQ), 1UL << V_CONTRACT);
	once = true;
	cr_assert_eq(known("module-going", "mine", SEQ),
		     1UL << V_CONTRACT | more);
	cr_assert_eq(known("module-reload", "mine", SEQ), 0);
}
