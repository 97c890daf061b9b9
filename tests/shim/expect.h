/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a conformance test may report, for those who run it.
 */
#ifndef PFNSIM_SHIM_EXPECT_H
#define PFNSIM_SHIM_EXPECT_H

#include <stdbool.h>

#include "border.h"
#include "shim_test.h"

/* An order that can deadlock is reported even where it does not. */
static inline bool shim_test_expects(const struct shim_test *test, int kind)
{
	if (kind == V_DEADLOCK || kind == V_LOCK_ORDER)
		if (test->expect_deadlock)
			return true;
	return kind == test->expect;
}

#endif /* PFNSIM_SHIM_EXPECT_H */
