// SPDX-License-Identifier: GPL-2.0-only
#include <criterion/criterion.h>

#include "programs.h"

void programs_setup(void)
{
	char why[256];

	cr_assert_eq(programs_open(KERNELS_DIR
				   "/bench/hooked/search-programs.so",
				   why, sizeof(why)),
		     0, "%s", why);
}

void programs_teardown(void)
{
	programs_close();
}

struct dpor_result search_through(const struct sized *program,
				  enum reduction reduction,
				  struct program_totals *totals)
{
	struct dpor_result result;
	int ret = program_prepare(program->name, program->n, program->m);

	cr_assert_eq(ret, 0, "%s(%u, %u): %d", program->name, program->n,
		     program->m, ret);
	result = program_search(reduction, totals);
	cr_assert(result.exhausted && !result.incomplete,
		  "%s(%u, %u) was not searched through", program->name,
		  program->n, program->m);
	return result;
}
