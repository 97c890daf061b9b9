// SPDX-License-Identifier: GPL-2.0-only
/* Interleavings for commit messages. */
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "commit.h"
#include "fixture.h"

static void print(FILE *out, const struct case_result *result,
		  const struct report_style *style)
{
	(void)style;
	commit_write(out, result);
}

/* clang-format off */
static const char three[] =
"use-after-free: vcpu0 reads 3 bytes through the khva of cache clock; its\n"
"page P3 was freed at step 5\n"
"\n"
"    CPU0 (vmm)             CPU1 (closer)          CPU2 (vcpu0)\n"
"    ----------             -------------          ------------\n"
" 1  slot.delete(ram)\n"
" 2    swapped\n"
"        [generation 2\n"
"        -> 3]\n"
" 3    unbind g0\n"
"        [g0 bindings 1\n"
"        -> 0]\n"
" 4                         gmem.close(g0)\n"
" 5                           free P3\n"
"                               [P3 g0/1 -> free]\n"
" 6  slot.create(ram, g1)\n"
" 7    swapped\n"
"        [generation 3\n"
"        -> 4]\n"
" 8                                                gpc.refresh(clock)\n"
" 9                                                  uhva equal, valid\n"
"                                                      set: keeps P3\n"
"                                                      [clock generation\n"
"                                                      2 -> 4]\n"
"10                                                gpc.read(clock, 3)\n"
"11                                                  => use-after-free:\n"
"                                                      khva_read(P3)\n"
"\n"
"Found by pfnsim in memslot-recreate-other-gmem/recreate-then-refresh on\n"
"gpc-gmem-rfc-v4.\n";

static const char two[] =
"PASS\n"
"\n"
"    CPU0 (vmm)                         CPU1 (closer)\n"
"    ----------                         -------------\n"
" 1  gpc.refresh(clock)\n"
" 2    hva_to_pfn_retry(): unlocked\n"
" 3                                     gmem.close(g0)\n"
" 4                                       blocked on kvm->lock (vmm)\n"
" 5    ret -EFAULT\n"
"\n"
"Found by pfnsim in memslot-recreate-other-gmem/recreate-then-refresh on\n"
"gpc-gmem-rfc-v4 (6.12.1).\n";

static const char many[] =
"PASS\n"
"\n"
" 1  a: gpc.check(clock)\n"
" 2  b: gpc.check(clock)\n"
" 3  c: gpc.check(clock)\n"
" 4  d: gpc.check(clock)\n"
" 5    d: blocked on a lock whose name is so long that it does not fit on\n"
"        one line (a)\n"
"\n"
"Found by pfnsim in memslot-recreate-other-gmem/recreate-then-refresh on\n"
"gpc-gmem-rfc-v4.\n";
/* clang-format on */

static void expect_drawing(const struct case_result *result, const char *want)
{
	char *text = capture(print, result, NULL);

	cr_assert_leq(longest_line(text), COMMIT_COLUMNS);
	expect_text(text, want);
	free(text);
}

Test(report_commit, has_a_column_a_task_and_numbers_of_its_own)
{
	expect_drawing(&recreate_result, three);
}

Test(report_commit, shows_only_what_leads_there)
{
	static const struct place place = { .path = "virt/kvm/pfncache.c",
					    .line = 178,
					    .function = "hva_to_pfn_retry" };
	struct trace_event events[] = {
		{ .kind = TRACE_BEGIN, .text = "gpc.refresh(clock)" },
		{ .kind = TRACE_CALL, .point = "listed" },
		{ .kind = TRACE_CALL, .point = "unlocked", .place = &place },
		{ .kind = TRACE_BEGIN, .task = 1, .text = "gmem.close(g0)" },
		{ .kind = TRACE_BLOCK, .task = 1, .text = "kvm->lock (vmm)" },
		{ .kind = TRACE_END, .text = "ret -EFAULT", .ret = -14 },
		{ .kind = TRACE_END, .task = 1, .text = "ret 0" },
	};
	struct case_result result = recreate_result;

	result.verdict = VERDICT_PASS;
	result.version = "6.12.1";
	result.nr_findings = 0;
	result.trace = (struct trace){ .events = events, .nr = 7 };
	expect_drawing(&result, two);
}

Test(report_commit, many_tasks_share_a_column)
{
	struct trace_event events[5];
	struct case_result result = recreate_result;
	struct scenario scenario = *recreate_result.scenario;
	static char *names[] = { "a", "b", "c", "d" };

	for (size_t i = 0; i < 4; i++) {
		scenario.task[i].name = names[i];
		events[i] = (struct trace_event){
			.kind = TRACE_BEGIN,
			.task = i,
			.text = "gpc.check(clock)",
		};
	}
	events[4] = (struct trace_event){
		.kind = TRACE_BLOCK,
		.task = 3,
		.text = "a lock whose name is so long that it does not fit on "
			"one line (a)",
	};
	scenario.nr_task = 4;
	result.scenario = &scenario;
	result.verdict = VERDICT_PASS;
	result.nr_findings = 0;
	result.trace = (struct trace){ .events = events, .nr = 5 };
	expect_drawing(&result, many);
}
