// SPDX-License-Identifier: GPL-2.0-only
/*
 * Random searches: a failure that needs three tasks in a rare order is found from
 * every seed.  Where they listen to no access of the emulation, other searches
 * still do.
 */
#include <criterion/criterion.h>
#include <string.h>

#include "programs.h"
#include "random.h"
#include "silence.h"

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

/* ---- Equal chances ------------------------------------------------------- */

/* Each order of two tasks with EVENTS events each, and how often it came. */
#define EVENTS 4
#define NR_ORDERS 70 /* 8! / (4! * 4!) */
#define TIMES 400

struct orders {
	uint8_t tasks[NR_ORDERS][2 * EVENTS];
	unsigned int times[NR_ORDERS], nr;
};

static void note_order(struct orders *orders)
{
	unsigned int i = 0;
	uint32_t nr;
	const uint8_t *tasks = random_schedule(&nr);

	cr_assert_eq(nr, 2 * EVENTS);
	while (i < orders->nr && memcmp(orders->tasks[i], tasks, nr))
		i++;
	cr_assert_lt(i, NR_ORDERS);
	memcpy(orders->tasks[i], tasks, nr);
	orders->nr += i == orders->nr;
	orders->times[i]++;
}

/* How many orders came about as often as they have to, within five sigmas. */
static unsigned int even_orders(enum random_kind kind)
{
	struct random_way way = { kind, 0 };
	struct orders orders = { .nr = 0 };
	unsigned int even = 0;

	cr_assert_eq(program_prepare("cinc", 2, 0), 0);
	search_init(program_subject());
	search.blind = true;
	/* What there is of each task is known by then. */
	for (unsigned int i = 0; i < 4; i++)
		random_run(way, i);
	for (unsigned int i = 0; i < TIMES * NR_ORDERS; i++) {
		random_run(way, 1000 + i);
		note_order(&orders);
	}
	for (unsigned int i = 0; i < orders.nr; i++)
		even += orders.times[i] > TIMES - 100 &&
			orders.times[i] < TIMES + 100;
	return even;
}

Test(search, walks_by_what_is_left_are_uniform, .init = programs_setup,
     .fini = programs_teardown)
{
	cr_expect_eq(even_orders(RANDOM_URW), NR_ORDERS);
	/* Those that take any task are not. */
	cr_expect_lt(even_orders(RANDOM_UNIFORM), NR_ORDERS / 2);
}

/* ---- What nobody listens to ---------------------------------------------- */

static void draw_blindly(const struct sized *program, unsigned int times)
{
	struct random_way pct = { RANDOM_PCT, 3 };

	cr_assert_eq(program_prepare(program->name, program->n, program->m), 0);
	search_init(program_subject());
	search.blind = true;
	while (times--)
		random_run(pct, times);
}

static uint64_t interleavings(const struct sized *program)
{
	struct program_totals totals = { .keep_states = false };

	return search_through(program, REDUCE_OPTIMAL, &totals).executions;
}

/* Only by accesses of the emulation does the order of holders matter. */
Test(search, emulation_is_heard_after_blind_schedules, .init = programs_setup,
     .fini = programs_teardown)
{
	struct sized program = { "counted", 2, 0 };

	cr_expect_eq(interleavings(&program), 9);
	draw_blindly(&program, 10);
	if (silence_hooks())
		cr_expect_gt(silence_calls(), 0, "every hook is called");
	cr_expect_eq(interleavings(&program), 9);
	cr_expect_eq(silence_calls(), 0);
	draw_blindly(&program, 10);
}

/* To be woken again and again would cost more than silence gains. */
Test(search, hooks_are_not_woken_for_ever, .init = programs_setup,
     .fini = programs_teardown)
{
	struct random_way pct = { RANDOM_PCT, 3 };

	cr_assert_eq(program_prepare("counted", 2, 0), 0);
	search_init(program_subject());
	for (unsigned int i = 0; i < 100; i++) {
		search.blind = i % 2;
		random_run(pct, i);
	}
	cr_expect_eq(silence_calls(), 0);
}
