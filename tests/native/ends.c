// SPDX-License-Identifier: GPL-2.0-only
/* End states that a search knows, as they are handed over. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include <criterion/criterion.h>

#include "ends.h"

static int parse(const char *text, struct ends *ends)
{
	FILE *in = fmemopen((char *)text, strlen(text), "r");
	int err;

	cr_assert_not_null(in);
	err = ends_read(in, ends);
	fclose(in);
	return err;
}

Test(ends, files_have_orders_and_states)
{
	struct ends ends;
	const struct known_ends *a, *b;

	cr_assert_eq(parse("file dir/a.yaml\n"
			   "order 00000000000000ab one case\n"
			   "state 00000000000000ab vcpu0.read 3; clock valid\n"
			   "state 00000000000000ab the same again\n"
			   "state ffffffffffffffff another\n"
			   "all\n"
			   "file b.yaml\n",
			   &ends),
		     0);
	a = ends_of(&ends, "dir/a.yaml");
	b = ends_of(&ends, "b.yaml");
	cr_assert_not_null(a);
	cr_assert_not_null(b);
	cr_assert_null(ends_of(&ends, "a.yaml"));
	cr_assert(a->all && !b->all);
	cr_assert_eq(a->nr_states, 2);
	cr_assert_eq(a->nr_orders, 1);
	cr_assert_str_eq(a->order[0].text, "one case");
	cr_assert_str_eq(a->state[0].text, "vcpu0.read 3; clock valid");
	cr_assert(ends_know(a, 0xab) && ends_know(a, ~0UL));
	cr_assert(!ends_know(a, 0xac) && !ends_know(b, 0xab));
	ends_deinit(&ends);
}

Test(ends, nothing_is_no_error)
{
	struct ends ends;

	cr_assert_eq(parse("\n" + 1, &ends), 0);
	cr_assert_eq(ends.nr, 0);
	ends_deinit(&ends);
}

Test(ends, what_is_damaged_is_refused)
{
	static const char *const damaged[] = {
		"state 00000000000000ab before any file\n",
		"file \n",
		"file a\nstate ab too short\n",
		"file a\nstate 00000000000000ab\n",
		"file a\nstate 00000000000000xy no number\n",
		"file a\nall of it\n",
		"file a\nelse\n",
	};

	for (size_t i = 0; i < sizeof(damaged) / sizeof(damaged[0]); i++) {
		struct ends ends;

		cr_assert_eq(parse(damaged[i], &ends), -EINVAL, "%s",
			     damaged[i]);
		ends_deinit(&ends);
	}
}
