// SPDX-License-Identifier: GPL-2.0-only
/*
 * Forms of the format that the examples do not use.
 */
#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fixture.h"

static const char head[] =
	"scenario: 1\n"
	"name: forms\n"
	"title: Forms\n"
	"vm:\n"
	"  mm:\n"
	"    anon: {pages: 4, hva: 0x7f0000000000}\n"
	"  gmem:\n"
	"    g0: {pages: 4}\n"
	"  slots:\n"
	"    ram: {gpa: 0x0, pages: 4, hva: anon, gmem: g0}\n"
	"  caches:\n"
	"    clock: {gpa: 0x1000, len: 32}\n"
	"    many: {hva: anon/1, offset: 8, len: 4, count: 100}\n"
	"    last: {gpa: 0x2000, len: 1}\n"
	"  page-reuse: lifo\n"
	"tasks:\n"
	"  a:\n";
static const char tail[] =
	"  b:\n"
	"    - gpc.refresh: clock\n"
	"cases:\n"
	"  - name: one\n"
	"    explore: {random: 10, seed: 7, stop: {seconds: 3}}\n"
	"    expect: {never: [leak]}\n"
	"  - name: all\n"
	"    explore: {}\n"
	"    expect: {never: [leak]}\n";

/* A scenario whose task a has these steps. */
static struct scenario *with_steps(const char *steps)
{
	struct scenario *s;
	struct diags diags;
	char text[4096];
	int len = snprintf(text, sizeof(text), "%s%s%s", head, steps, tail);

	diags_init(&diags);
	s = scenario_read_text("forms.yaml", text, len, &diags);
	diags_print(&diags, stderr);
	diags_deinit(&diags);
	cr_assert_not_null(s);
	return s;
}

Test(forms, caches_have_consecutive_indices)
{
	struct scenario *s = with_steps("    - gpc.check: many\n");

	cr_assert_eq(s->cache[0].first, 0);
	cr_assert_eq(s->cache[1].first, 1);
	cr_assert_eq(s->cache[1].count, 100);
	cr_assert(s->cache[1].by_hva);
	cr_assert_eq(s->cache[1].hva.page.first, 1);
	cr_assert_eq(s->cache[1].offset, 8);
	cr_assert_eq(s->cache[2].first, 101);
	cr_assert_eq(s->page_reuse, REUSE_LIFO);
	scenario_destroy(s);
}

Test(forms, searches)
{
	struct scenario *s = with_steps("    - gpc.check: clock\n");

	cr_assert_eq(s->cases[0].kind, CASE_EXPLORE);
	cr_assert_eq(s->cases[0].explore.random, 10);
	cr_assert_eq(s->cases[0].explore.seed, 7);
	cr_assert_eq(s->cases[0].explore.stop_seconds, 3);
	cr_assert_eq(s->cases[1].kind, CASE_EXPLORE);
	cr_assert_not(s->cases[1].explore.has_preemptions);
	cr_assert_not(s->cases[1].explore.has_random);
	scenario_destroy(s);
}

Test(forms, ranges_of_pages)
{
	struct scenario *s = with_steps("    - gmem.punch_hole: g0\n"
					"    - gmem.punch_hole: g0/0..2\n"
					"    - gmem.punch_hole: g0/1..\n");
	const struct step *steps = s->task[0].steps;

	cr_assert_eq(steps[0].args.page.first, 0);
	cr_assert_eq(steps[0].args.page.nr, 0);
	cr_assert_eq(steps[1].args.page.nr, 3);
	cr_assert_eq(steps[2].args.page.first, 1);
	cr_assert_eq(steps[2].args.page.nr, 0);
	scenario_destroy(s);
}

Test(forms, the_kernel_judges_what_is_to_fail)
{
	struct scenario *s = with_steps(
		"    - gmem.punch_hole: g0/9\n      ret: -EINVAL\n"
		"    - slot.move: {slot: ram, gpa: 0x10}\n      ret: -EINVAL\n"
		"    - gmem.create: {gmem: g1, pages: 0}\n      ret: -EINVAL\n");

	cr_assert_eq(s->task[0].steps[0].args.page.first, 9);
	cr_assert_eq(s->task[0].steps[1].want.ret, -EINVAL);
	scenario_destroy(s);
}

Test(forms, objects_that_steps_create)
{
	struct scenario *s = with_steps(
		"    - gmem.create: {gmem: g1, pages: 2, flags: [unknown]}\n"
		"    - slot.create: {slot: dimm, gpa: 0x10000, pages: 2, "
		"hva: heap/1, gmem: g1}\n"
		"    - mm.mmap: {region: heap, pages: 3, hva: 0x7f1000000000, "
		"gmem: g1}\n"
		"    - gmem.punch_hole: g1/1\n"
		"    - mm.dontneed: dimm/1\n");

	cr_assert_eq(s->nr_gmem, 2);
	cr_assert(s->gmem[1].created_later);
	cr_assert_eq(s->gmem[1].pages, 2);
	cr_assert_eq(s->task[0].steps[0].args.flags, GMEM_UNKNOWN_FLAG);
	cr_assert_eq(s->nr_slot, 2);
	cr_assert(s->slot[1].created_later);
	cr_assert_eq(s->task[0].steps[1].args.hva.page.first, 1);
	cr_assert_eq(s->nr_region, 2);
	cr_assert_eq(s->region[1].hva, 0x7f1000000000);
	cr_assert_eq(s->task[0].steps[2].args.gmem, 1);
	cr_assert_eq(s->task[0].steps[4].args.page.space, PAGES_SLOT);
	scenario_destroy(s);
}

Test(forms, a_failed_create_leaves_the_name_free)
{
	struct scenario *s = with_steps(
		"    - gmem.create: {gmem: g1, pages: 2}\n"
		"      fail: ENOMEM#2\n"
		"      ret: -ENOMEM\n"
		"    - gmem.create: {gmem: g1, pages: 3}\n");

	cr_assert_eq(s->nr_gmem, 2);
	cr_assert_eq(s->gmem[1].pages, 3);
	cr_assert_not(s->gmem[1].attempted);
	cr_assert_eq(s->task[0].steps[0].fail.nth, 2);
	cr_assert_eq(s->task[0].steps[0].fail.err, -ENOMEM);
	scenario_destroy(s);
}

Test(forms, a_memslot_may_be_called_as_its_region)
{
	struct scenario *s = with_steps(
		"    - slot.create: {slot: anon, gpa: 0x10000, pages: 1, "
		"hva: anon}\n"
		"    - mm.dontneed: anon/0\n");

	cr_assert_eq(s->task[0].steps[1].args.page.space, PAGES_REGION);
	scenario_destroy(s);
}

Test(forms, bytes)
{
	struct scenario *s = with_steps(
		"    - gpc.write: {cache: clock, text: {hex: de ADbe}}\n"
		"    - gpc.read: {cache: clock, len: 9}\n"
		"      sees: two words\n");
	const struct step *steps = s->task[0].steps;

	cr_assert_eq(steps[0].args.text.len, 3);
	cr_assert_eq(memcmp(steps[0].args.text.data, "\xde\xad\xbe", 3), 0);
	cr_assert(steps[1].want.has_sees);
	cr_assert_eq(steps[1].want.sees.len, 9);
	scenario_destroy(s);
}

Test(forms, addresses_of_an_activation)
{
	struct scenario *s = with_steps(
		"    - gpc.activate: clock\n"
		"    - gpc.activate: {cache: clock, gpa: 0x1010, len: 5000}\n"
		"    - gpc.activate: {cache: clock, hva: anon/2}\n");
	const struct step *steps = s->task[0].steps;

	cr_assert_not(steps[0].args.has_gpa);
	cr_assert(steps[1].args.has_gpa);
	cr_assert_eq(steps[1].args.len, 5000);
	cr_assert(steps[2].args.hva.given);
	cr_assert_not(steps[2].args.has_len);
	scenario_destroy(s);
}

static int read_words(struct scenario *s, const char *text,
		      struct order_line **lines, size_t *nr, char **messages)
{
	struct diags diags;
	size_t size;
	FILE *out = open_memstream(messages, &size);
	int err;

	diags_init(&diags);
	err = scenario_read_order(s, text, &diags, lines, nr);
	diags_print(&diags, out);
	fclose(out);
	diags_deinit(&diags);
	return err;
}

Test(forms, an_order_on_the_command_line)
{
	struct scenario *s = with_steps("    - gmem.close: g0\n");
	struct order_line *lines = NULL;
	char *messages;
	size_t nr = 0;

	cr_assert_eq(read_words(s,
				" b:gpc.refresh/spin_lock(kvm->gpc_lock)#2|"
				"gpc.refresh/end  a:end b:end",
				&lines, &nr, &messages),
		     0);
	cr_assert_str_empty(messages, "%s", messages);
	cr_assert_eq(nr, 3);
	cr_assert_eq(lines[0].task, 1);
	cr_assert_eq(lines[0].nr_until, 2);
	cr_assert(lines[0].until[0].point.raw);
	cr_assert_eq(lines[0].until[0].point.nth, 2);
	cr_assert_str_eq(lines[0].until[0].point.name,
			 "spin_lock(kvm->gpc_lock)");
	cr_assert_str_eq(lines[0].until[1].point.name, "end");
	cr_assert_eq(lines[1].until[0].kind, UNTIL_END);
	free(messages);
	scenario_destroy(s);
}

Test(forms, errors_of_an_order_on_the_command_line)
{
	struct scenario *s = with_steps("    - gmem.close: g0\n");
	struct order_line *lines = NULL;
	char *messages;
	size_t nr = 0;

	cr_assert_eq(read_words(s, "c:end b:gpc.refresh/ende b", &lines, &nr,
				&messages),
		     -EINVAL);
	cr_assert_str_eq(messages,
			 "--order:1:1: error: unknown task 'c'\n"
			 "    1 | c:end b:gpc.refresh/ende b\n"
			 "      | ^\n"
			 "--order:1:21: error: gpc.refresh has no point "
			 "'ende'; did you mean 'end'?\n"
			 "    1 | c:end b:gpc.refresh/ende b\n"
			 "      |                     ^^^^\n"
			 "--order:1:26: error: 'b' is not 'task:until'\n"
			 "    1 | c:end b:gpc.refresh/ende b\n"
			 "      |                          ^\n",
			 "%s", messages);
	free(messages);
	cr_assert_eq(read_words(s, "", &lines, &nr, &messages), -EINVAL);
	free(messages);
	cr_assert_eq(read_words(s, "a:end b:end a:||", &lines, &nr, &messages),
		     -EINVAL);
	free(messages);
	scenario_destroy(s);
}
