// SPDX-License-Identifier: GPL-2.0-only
/* Scenarios that are made: all of them are good ones, and nothing is left out. */
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "diag.h"
#include "kernel.h"
#include "pairs.h"
#include "reader.h"

#define CAP(name) (1UL << CAP_##name)
#define ALL_CAPS (~0UL)
#define EVERY_OPERATION (~0ULL)

/* What kernels can be: none of it, Linux 6.12, Linux 7.3, the reference. */
static const unsigned long caps[] = {
	0,
	CAP(GMEM) | CAP(MEMORY_ATTRIBUTES),
	CAP(GMEM) | CAP(MEMORY_ATTRIBUTES) | CAP(GMEM_MMAP) |
		CAP(GMEM_INIT_SHARED),
	ALL_CAPS,
};

static void expect_good(const struct combination *what, unsigned long has)
{
	char *name = pairs_name(what), *text = pairs_text(what, 2);
	struct scenario *scenario;
	struct diags diags;
	char file[256];

	snprintf(file, sizeof(file), "%s.yaml", name);
	diags_init(&diags);
	scenario = scenario_read_text(file, text, strlen(text), &diags);
	cr_assert_not_null(scenario, "cannot be read:\n%s", text);
	cr_assert_eq(scenario_lint(scenario, &diags), 0, "not linted:\n%s",
		     text);
	cr_assert_eq(scenario->needs & ~has, 0, "needs too much:\n%s", text);
	cr_assert_eq(scenario->nr_task, what->nr, "not its tasks:\n%s", text);
	cr_assert_eq(scenario->nr_cases, 1);
	cr_assert_eq(scenario->cases[0].kind, CASE_EXPLORE);
	scenario_destroy(scenario);
	diags_deinit(&diags);
	free(text);
	free(name);
}

Test(pairs, every_scenario_is_read_without_a_word)
{
	for (size_t i = 0; i < sizeof(caps) / sizeof(caps[0]); i++) {
		for (unsigned int nr_tasks = 1; nr_tasks <= PAIRS_MAX_TASKS;
		     nr_tasks++) {
			size_t nr;
			struct combination *list = pairs_list(
				caps[i], nr_tasks, EVERY_OPERATION, &nr);

			cr_assert_gt(nr, 0, "nothing for %lx", caps[i]);
			for (size_t j = 0; j < nr; j++)
				expect_good(&list[j], caps[i]);
			free(list);
		}
	}
}

static bool is_used(const char *op)
{
	char step[64];

	snprintf(step, sizeof(step), "- %s:", op);
	for (size_t i = 0; i < nr_pair_operations; i++)
		if (strstr(pair_operations[i].steps, step))
			return true;
	return false;
}

Test(pairs, every_operation_of_the_interface_is_there)
{
	static const char *const ops[] = {
		"gpc.activate",	   "gpc.refresh",   "gpc.check",
		"gpc.read",	   "gpc.write",	    "gpc.deactivate",
		"gmem.punch_hole", "gmem.allocate", "gmem.close",
		"gmem.poison",	   "slot.create",   "slot.delete",
		"slot.move",	   "slot.flags",    "vm.set_attributes",
		"mm.munmap",	   "mm.dontneed",   "mm.mmap",
		"mm.invalidate",   "mm.migrate",
	};

	for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		cr_expect(is_used(ops[i]), "%s is in no operation", ops[i]);
}

Test(pairs, names_are_unique_and_found)
{
	char wrong[32];

	cr_assert_leq(nr_pair_operations, PAIRS_MAX_OPS);
	for (size_t i = 0; i < nr_pair_operations; i++) {
		uint64_t only = 0;

		cr_expect_eq(pairs_parse(pair_operations[i].name, &only, wrong,
					 sizeof(wrong)),
			     0);
		cr_expect_eq(only, 1ULL << i, "%s is there twice",
			     pair_operations[i].name);
	}
}

Test(pairs, a_wrong_name_is_told)
{
	uint64_t only = 7;
	char wrong[32] = "";

	cr_expect_lt(pairs_parse("refresh,refesh,read", &only, wrong,
				 sizeof(wrong)),
		     0);
	cr_expect_str_eq(wrong, "refesh");
	cr_expect_eq(only, 7);
	cr_expect_lt(pairs_parse("refresh,", &only, wrong, sizeof(wrong)), 0);
	cr_expect_str_eq(wrong, "");
}

/* Each with itself and each other, once on a machine where both make sense. */
Test(pairs, every_pair_is_there_once)
{
	size_t nr, want = 0;
	struct combination *list = pairs_list(ALL_CAPS, 2, EVERY_OPERATION,
					      &nr);

	for (size_t a = 0; a < nr_pair_operations; a++)
		for (size_t b = a; b < nr_pair_operations; b++)
			want += __builtin_popcountl(
				pair_operations[a].machines &
				pair_operations[b].machines);
	cr_expect_eq(nr, want, "%zu, not %zu", nr, want);
	for (size_t i = 1; i < nr; i++)
		cr_expect(memcmp(&list[i - 1], &list[i], sizeof(list[i])));
	free(list);
}

Test(pairs, three_are_of_caches_and_of_others)
{
	size_t nr;
	struct combination *list = pairs_list(ALL_CAPS, 3, EVERY_OPERATION,
					      &nr);

	cr_assert_gt(nr, 0);
	for (size_t i = 0; i < nr; i++) {
		unsigned int of_cache = 0;

		cr_assert_eq(list[i].nr, 3);
		for (unsigned int j = 0; j < 3; j++)
			of_cache += pair_operations[list[i].op[j]].of_cache;
		cr_expect(of_cache && of_cache < 3);
	}
	free(list);
}

Test(pairs, only_some_are_taken)
{
	uint64_t only;
	char wrong[32];
	size_t nr;
	struct combination *list;

	cr_assert_eq(pairs_parse("refresh,slot-move", &only, wrong,
				 sizeof(wrong)),
		     0);
	list = pairs_list(0, 2, only, &nr);
	/* Twice on machines of ordinary memory, once where no slot is moved. */
	cr_expect_eq(nr, 7, "%zu", nr);
	free(list);
}
