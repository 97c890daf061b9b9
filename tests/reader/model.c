// SPDX-License-Identifier: GPL-2.0-only
/*
 * What the three examples of the format mean, once read.
 */
#include <criterion/criterion.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"
#include "points.h"
#include "text.h"

#define EXAMPLE(name) "scenarios/" name ".yaml"

static struct scenario *punch, *flip, *recreate;

static void read_examples(void)
{
	punch = read_valid(EXAMPLE("punch-hole-vs-refresh"));
	flip = read_valid(EXAMPLE("private-to-shared-vs-activate"));
	recreate = read_valid(EXAMPLE("memslot-recreate-other-gmem"));
}

static void forget_examples(void)
{
	scenario_destroy(punch);
	scenario_destroy(flip);
	scenario_destroy(recreate);
}

TestSuite(examples, .init = read_examples, .fini = forget_examples);

Test(examples, have_no_warnings)
{
	static const char *const paths[] = {
		EXAMPLE("punch-hole-vs-refresh"),
		EXAMPLE("private-to-shared-vs-activate"),
		EXAMPLE("memslot-recreate-other-gmem"),
	};

	for (size_t i = 0; i < 3; i++) {
		char *messages = messages_of(paths[i]);

		cr_assert_str_empty(messages, "%s", messages);
		free(messages);
	}
}

Test(examples, have_a_head)
{
	cr_assert_str_eq(punch->name, "punch-hole-vs-refresh");
	cr_assert_str_eq(punch->title,
			 "A hole is punched while a refresh holds an unlocked "
			 "page");
	cr_assert_eq(strncmp(punch->about, "kvm_gpc_refresh() drops", 23), 0);
	cr_assert_eq(punch->nr_refs, 1);
	cr_assert_eq(punch->nr_labels, 2);
	cr_assert_str_eq(punch->labels[1], "punch-hole");
	cr_assert_eq(punch->needs,
		     1UL << CAP_GMEM_NO_DIRECT_MAP | 1UL << CAP_GPC_GMEM);
}

Test(examples, have_expected_failures)
{
	const struct xfail *xfail = &punch->xfail[0];

	cr_assert_eq(punch->nr_xfail, 2);
	cr_assert_str_eq(xfail->kernel, "gpc-gmem-rfc-v1");
	cr_assert_eq(xfail->nr_cases, 2);
	cr_assert_eq(xfail->cases[0], 0);
	cr_assert_eq(xfail->cases[1], 2);
	cr_assert_eq(xfail->fails, 1UL << V_USE_AFTER_FREE);
	cr_assert_not(xfail->fails_expectation);
	cr_assert_str_eq(recreate->xfail[0].kernel, "gpc-gmem-rfc-v*");
	cr_assert_null(recreate->xfail[0].ref);
}

Test(examples, have_a_machine)
{
	cr_assert_eq(punch->nr_gmem, 1);
	cr_assert_eq(punch->gmem[0].pages, 4);
	cr_assert_eq(punch->gmem[0].flags,
		     GMEM_MMAP | GMEM_INIT_SHARED | GMEM_NO_DIRECT_MAP);
	cr_assert_eq(punch->nr_region, 0);
	cr_assert_eq(punch->slot[0].gmem, 0);
	cr_assert(punch->slot[0].hva.is_number);
	cr_assert_eq(punch->slot[0].hva.number, 0x7f0000000000);
	cr_assert_eq(punch->cache[0].gpa, 0x1000);
	cr_assert_eq(punch->cache[0].len, 32);
	cr_assert_eq(punch->cache[0].count, 1);
	cr_assert_eq(punch->page_reuse, REUSE_NEVER);
}

Test(examples, have_page_contents)
{
	const struct page_text *text = flip->region[0].text;

	cr_assert_eq(flip->region[0].nr_text, 1);
	cr_assert_eq(text->page, 1);
	cr_assert_eq(text->bytes.len, 6);
	cr_assert_eq(memcmp(text->bytes.data, "shared", 6), 0);
	cr_assert_eq(flip->nr_private, 1);
	cr_assert_eq(flip->private_gpa[0], 0x1000);
	cr_assert_eq(flip->slot[0].hva.page.space, PAGES_REGION);
	cr_assert_eq(flip->slot[0].hva.page.obj, 0);
}

Test(examples, have_setup)
{
	cr_assert_eq(punch->nr_setup, 3);
	cr_assert_eq(punch->setup[0].op, SOP_GMEM_WRITE);
	cr_assert_eq(punch->setup[0].args.page.space, PAGES_GMEM);
	cr_assert_eq(punch->setup[0].args.page.first, 1);
	cr_assert_eq(punch->setup[0].args.page.nr, 1);
	cr_assert_eq(punch->setup[0].args.text.len, 3);
	cr_assert_eq(punch->setup[2].op, SOP_MM_INVALIDATE);
	cr_assert_eq(punch->setup[2].args.page.space, PAGES_SLOT);
}

Test(examples, have_tasks)
{
	const struct task_desc *vcpu = &punch->task[0];

	cr_assert_eq(punch->nr_task, 2);
	cr_assert_str_eq(vcpu->name, "vcpu0");
	cr_assert_eq(vcpu->nr_steps, 2);
	cr_assert_eq(vcpu->steps[0].op, SOP_GPC_REFRESH);
	cr_assert_eq(vcpu->steps[0].args.cache, 0);
	cr_assert(vcpu->steps[0].want.has_ret);
	cr_assert_eq(vcpu->steps[0].want.ret, 0);
	cr_assert_eq(vcpu->steps[1].args.len, 3);
	cr_assert_str_eq(vcpu->steps[1].id, "read");
}

Test(examples, have_gates)
{
	const struct step *step = &punch->task[1].steps[0];

	cr_assert(step->has_when);
	cr_assert_eq(step->when_task, 0);
	cr_assert_eq(step->when.op, SOP_GPC_REFRESH);
	cr_assert_str_eq(step->when.name, "unlocked");
	cr_assert_eq(step->when.nth, 1);
	cr_assert_not(step->when.raw);
}

Test(examples, have_orders)
{
	const struct case_desc *desc = &punch->cases[0];
	const struct order_line *line = &desc->order[2];

	cr_assert_eq(punch->nr_cases, 3);
	cr_assert_eq(desc->kind, CASE_ORDER);
	cr_assert_eq(desc->nr_order, 5);
	cr_assert_eq(desc->order[1].task, 1);
	cr_assert_eq(desc->order[1].until[0].point.op, SOP_GMEM_PUNCH_HOLE);
	cr_assert_eq(line->task, 0);
	cr_assert_eq(line->nr_until, 2);
	cr_assert_str_eq(line->until[0].point.name, "retry");
	cr_assert_str_eq(line->until[1].point.name, "end");
	cr_assert_eq(line->until[1].kind, UNTIL_POINT);
	cr_assert_eq(desc->order[4].until[0].kind, UNTIL_END);
}

Test(examples, have_positions)
{
	const struct pos *pos = &punch->cases[0].order[0].pos;
	const struct pos *until = &punch->cases[0].order[0].until[0].pos;
	const char *first = strstr(punch->source, "- vcpu0: ");
	const struct pos line = text_locate(punch->source, punch->source_len,
					    first - punch->source);

	cr_assert_eq(pos->line, line.line);
	cr_assert_eq(pos->col, 9);
	cr_assert_eq(pos->len, 5);
	cr_assert_eq(until->col, 16);
	cr_assert_eq(until->len, strlen("gpc.refresh/resolved"));
}

Test(examples, have_expectations)
{
	const struct expect *expect = &punch->cases[0].expect;

	cr_assert_eq(expect->all.nr_steps, 1);
	cr_assert_eq(expect->all.steps[0].task, 0);
	cr_assert_eq(expect->all.steps[0].step, 1);
	cr_assert(expect->all.steps[0].want.sees.zeros);
	cr_assert_eq(expect->all.nr_gpcs, 1);
	cr_assert_eq(expect->all.gpcs[0].valid, 1);
	cr_assert_eq(expect->all.gpcs[0].active, -1);
	cr_assert(expect->all.gpcs[0].has_page);
	cr_assert_eq(expect->all.gpcs[0].mapped_by, MAP_VMAP);
	cr_assert_eq(expect->all.nr_counters, 2);
	cr_assert(expect->all.counters[0].retries);
	cr_assert_eq(expect->all.counters[0].range.lo, 1);
	cr_assert_eq(expect->all.counters[0].range.hi, ~0UL);
	cr_assert_eq(expect->all.counters[1].counter, CTR_VMAP_LIVE);
	cr_assert_eq(expect->all.counters[1].range.hi, 1);
}

Test(examples, have_searches)
{
	const struct case_desc *desc = &punch->cases[2];

	cr_assert_eq(desc->kind, CASE_EXPLORE);
	cr_assert(desc->explore.has_preemptions);
	cr_assert_eq(desc->explore.preemptions, 2);
	cr_assert_not(desc->explore.has_random);
	cr_assert_eq(desc->expect.never,
		     1UL << V_USE_AFTER_FREE | 1UL << V_STALE_PAGE |
			     1UL << V_LEAK | 1UL << V_DEADLOCK);
	cr_assert_eq(desc->expect.nr_sometimes, 1);
	cr_assert_eq(desc->expect.nr_final, 2);
	cr_assert_eq(desc->expect.final[1].gpcs[0].valid, 0);
	cr_assert_eq(flip->cases[2].expect.nr_sometimes, 3);
	cr_assert_eq(flip->cases[2].expect.sometimes[2].steps[0].want.ret,
		     -EAGAIN);
}

Test(examples, recreate_a_memslot)
{
	const struct step *step = &recreate->task[0].steps[1];
	const struct want_gpc *gpc = recreate->cases[2].expect.all.gpcs;

	cr_assert_eq(step->op, SOP_SLOT_CREATE);
	cr_assert_eq(step->args.slot, 0);
	cr_assert_eq(step->args.gmem, 1);
	cr_assert_eq(step->args.pages, 4);
	cr_assert(step->args.has_gpa);
	cr_assert_eq(recreate->nr_slot, 1);
	cr_assert_not(recreate->slot[0].created_later);
	cr_assert(gpc->khva_null);
	cr_assert_eq(gpc->mapped_by, -1);
}
