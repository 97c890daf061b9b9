// SPDX-License-Identifier: GPL-2.0-only
/* When the watchdog takes a task for hanging. */
#include <criterion/criterion.h>

#include "patience.h"

#define SECOND 1000000000UL

static struct native_task busy(uint64_t points, uint64_t op_since)
{
	return (struct native_task){
		.used = true,
		.op = "gpc.refresh",
		.op_since = op_since,
		.points = points,
	};
}

Test(patience, ends_for_who_stays_where_he_is)
{
	struct native_task task = busy(7, 5);
	struct patience patience = { 0 };

	cr_assert_not(patience_ends(&patience, &task, 10 * SECOND, SECOND));
	cr_assert_not(patience_ends(&patience, &task, 11 * SECOND, SECOND));
	cr_assert(patience_ends(&patience, &task, 11 * SECOND + 1, SECOND));
}

Test(patience, begins_anew_at_each_call_and_each_operation)
{
	struct native_task task = busy(7, 5);
	struct patience patience = { 0 };

	patience_ends(&patience, &task, 10 * SECOND, SECOND);
	task.points++;
	cr_assert_not(patience_ends(&patience, &task, 20 * SECOND, SECOND));
	task.op_since++;
	cr_assert_not(patience_ends(&patience, &task, 30 * SECOND, SECOND));
	cr_assert(patience_ends(&patience, &task, 32 * SECOND, SECOND));
}

Test(patience, has_no_end_for_who_does_nothing)
{
	struct native_task task = busy(7, 5);
	struct patience patience = { 0 };

	patience_ends(&patience, &task, 10 * SECOND, SECOND);
	task.op = NULL;
	cr_assert_not(patience_ends(&patience, &task, 20 * SECOND, SECOND));
	task.op = "gpc.refresh";
	task.used = false;
	cr_assert_not(patience_ends(&patience, &task, 30 * SECOND, SECOND));
}

Test(patience, is_short_for_a_deadlock_that_is_known)
{
	cr_assert_eq(patience_for(20, 0), 20 * SECOND);
	cr_assert_eq(patience_for(20, 1UL << V_LEAK), 20 * SECOND);
	cr_assert_eq(patience_for(20, 1UL << V_DEADLOCK), 2 * SECOND);
	cr_assert_eq(patience_for(1, 1UL << V_DEADLOCK), SECOND);
}
