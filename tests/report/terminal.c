// SPDX-License-Identifier: GPL-2.0-only
/* The terminal report of a case, as text. */
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "fixture.h"
#include "terminal.h"

static void expect_page(const struct case_result *result,
			const struct report_style *style, const char *want)
{
	char *got = capture(report_case, result, style);

	expect_text(got, want);
	free(got);
}

static void expect_part(const struct case_result *result,
			const struct report_style *style, const char *part)
{
	char *got = capture(report_case, result, style);

	cr_assert(strstr(got, part), "no '%s' in:\n%s\n", part, got);
	free(got);
}

/* clang-format off */
static const char wide_page[] =
"FAIL  memslot-recreate-other-gmem / recreate-then-refresh   (kernel gpc-gmem-rfc-v4)\n"
"\n"
"  use-after-free: vcpu0 reads 3 bytes through the khva of cache clock; its page P3 was freed at step 7\n"
"\n"
"  step  vmm                     closer                  vcpu0                   changed\n"
"  ----  ----------------------  ----------------------  ----------------------  --------------------\n"
"     1  slot.delete(ram)\n"
"     2  | swapped                                                               generation 2 -> 3\n"
"     3  | unbind g0                                                             g0 bindings 1 -> 0\n"
"     4  ` ret 0\n"
"     5                          gmem.close(g0)\n"
"     6                          | invalidated: no\n"
"                                | cache hit\n"
"*    7                          | free P3                                       P3 g0/1 -> free\n"
"     8                          ` ret 0\n"
"     9  slot.create(ram, g1)\n"
"    10  | swapped                                                               generation 3 -> 4\n"
"    11  ` ret 0\n"
"    12                                                  gpc.refresh(clock)\n"
"*   13                                                  | uhva equal, valid     clock generation 2\n"
"                                                        | set: keeps P3         -> 4\n"
"    14                                                  ` ret 0\n"
"    15                                                  gpc.read(clock, 3)\n"
"X   16                                                  | khva_read(P3)         use-after-free\n"
"\n"
"  P3  allocated in setup by gpc.activate(clock) as g0/1\n"
"      freed     at step 7 by closer: kvm_gmem_release() -> evict_inode() -> free_folio()\n"
"      used      at step 16 by vcpu0: gpc.read(clock, 3)\n"
"\n"
"  bug:     use-after-free in gpc.read / gmem.close\n"
"  replay:  pfnsim replay -k gpc-gmem-rfc-v4 memslot-recreate-other-gmem.yaml \\\n"
"               --case recreate-then-refresh \\\n"
"               --order 'vmm:slot.delete/end closer:end vmm:end vcpu0:end'\n"
"\n";

static const char narrow_page[] =
"FAIL  memslot-recreate-other-gmem / recreate-then-refresh   (kernel gpc-gmem-rfc-v4)\n"
"\n"
"  use-after-free: vcpu0 reads 3 bytes\n"
"  through the khva of cache clock; its\n"
"  page P3 was freed at step 7\n"
"\n"
"  step  task    event => changed\n"
"  ----  ------  ------------------------\n"
"     1  vmm     slot.delete(ram)\n"
"     2          | swapped\n"
"                => generation 2 -> 3\n"
"     3          | unbind g0\n"
"                => g0 bindings 1 -> 0\n"
"     4          ` ret 0\n"
"     5  closer    gmem.close(g0)\n"
"     6            | invalidated: no\n"
"                  | cache hit\n"
"*    7            | free P3\n"
"                  => P3 g0/1 -> free\n"
"     8            ` ret 0\n"
"     9  vmm     slot.create(ram, g1)\n"
"    10          | swapped\n"
"                => generation 3 -> 4\n"
"    11          ` ret 0\n"
"    12  vcpu0       gpc.refresh(clock)\n"
"*   13              | uhva equal, valid\n"
"                    | set: keeps P3\n"
"                    => clock generation\n"
"                       2 -> 4\n"
"    14              ` ret 0\n"
"    15              gpc.read(clock, 3)\n"
"X   16              | khva_read(P3)\n"
"                    => use-after-free\n";
/* clang-format on */

Test(report_terminal, page_has_verdict_sentence_lanes_history_and_replay)
{
	struct report_style style = plain_style(102);

	expect_page(&recreate_result, &style, wide_page);
}

Test(report_terminal, shares_one_lane_where_lanes_would_be_narrow)
{
	struct report_style style = plain_style(40);
	char *got = capture(report_case, &recreate_result, &style);

	got[strlen(narrow_page)] = '\0';
	expect_text(got, narrow_page);
	free(got);
}

Test(report_terminal, keeps_the_changed_column_in_a_shared_lane_of_60)
{
	struct report_style style = plain_style(60);

	expect_part(&recreate_result, &style,
		    "\n  step  task    event                 changed\n");
	expect_part(
		&recreate_result, &style,
		"\n*    7            | free P3           P3 g0/1 -> free\n");
}

/* Up to the histories, whose command line a shell must be able to take. */
Test(report_terminal, lanes_stay_within_the_width)
{
	static const unsigned int widths[] = {
		32, 40, 60, 80, 84, 100, 120, 200
	};
	const struct case_result *result = &recreate_result;

	for (size_t i = 0; i < sizeof(widths) / sizeof(widths[0]); i++) {
		struct report_style style = plain_style(widths[i]);
		char *got = capture(report_case, result, &style);
		char *lanes = strstr(got, "\n  step  ");
		char *end = strstr(got, "\n  bug: ");

		cr_assert(lanes && end, "no lanes in:\n%s\n", got);
		*end = '\0';
		cr_assert_leq(longest_line(lanes), widths[i],
			      "wider than %u:\n%s\n", widths[i], got);
		free(got);
	}
}

Test(report_terminal, no_line_ends_with_a_blank)
{
	for (unsigned int columns = 32; columns < 200; columns++) {
		struct report_style style = plain_style(columns);
		char *got = capture(report_case, &recreate_result, &style);

		cr_assert(!strstr(got, " \n"), "a blank at %u columns:\n%s\n",
			  columns, got);
		free(got);
	}
}

Test(report_terminal, arrows_only_where_the_locale_has_them)
{
	struct report_style style = plain_style(104);

	style.utf8 = true;
	expect_part(&recreate_result, &style, "P3 g0/1 \xe2\x86\x92 free\n");
	expect_part(&recreate_result, &style, "kvm_gmem_release() -> evict");
}

Test(report_terminal, colour_marks_rows_and_verdict)
{
	struct report_style style = plain_style(102);

	style.color = true;
	expect_part(&recreate_result, &style, "\033[1;31mFAIL\033[0m  mem");
	expect_part(&recreate_result, &style, "\033[1;31mX   16");
	expect_part(&recreate_result, &style, "\033[33m*    7");
}

Test(report_terminal, verbose_shows_calls_and_held_locks)
{
	struct report_style style = plain_style(180);

	style.verbose = true;
	expect_part(&recreate_result, &style,
		    "  setup  gpc.activate(clock): ret 0\n");
	expect_part(&recreate_result, &style,
		    "        | mutex_lock(kvm->slots_lock)");
	expect_part(&recreate_result, &style, "holds kvm->slots_lock\n");
	expect_part(&recreate_result, &style, "holds no lock\n");
	expect_part(&recreate_result, &style,
		    "| swapped: rcu_assign_pointer(kvm->memslots)");
	expect_part(&recreate_result, &style, "\nX   16 ");
}

Test(report_terminal, one_line_for_what_ends_well)
{
	struct case_result result = recreate_result;
	struct report_style style = plain_style(80);
	char reason[] = "use-after-free: keeps the page of the old file";

	result.verdict = VERDICT_PASS;
	result.nr_findings = 0;
	expect_page(&result, &style,
		    "PASS  memslot-recreate-other-gmem / "
		    "recreate-then-refresh   (kernel gpc-gmem-rfc-v4)\n");
	result.verdict = VERDICT_XFAIL;
	result.reason = reason;
	expect_page(
		&result, &style,
		"XFAIL  memslot-recreate-other-gmem / "
		"recreate-then-refresh   (kernel gpc-gmem-rfc-v4)\n"
		"  known: use-after-free: keeps the page of the old file\n");
}

Test(report_terminal, quiet_says_nothing_about_what_ends_well)
{
	struct case_result result = recreate_result;
	struct report_style style = plain_style(102);

	style.quiet = true;
	expect_page(&result, &style, wide_page);
	result.verdict = VERDICT_XFAIL;
	expect_page(&result, &style, "");
	result.verdict = VERDICT_SKIP;
	expect_page(&result, &style, "");
	result.verdict = VERDICT_PASS;
	expect_page(&result, &style, "");
}

Test(report_terminal, expectation_names_line_and_step)
{
	struct finding finding = { .text = "read sees \"old\", not \"new\"",
				   .event = 17,
				   .pos = { .line = 63 } };
	struct case_result result = recreate_result;
	struct report_style style = plain_style(100);

	result.findings = &finding;
	expect_part(&result, &style,
		    "\n  expectation (line 63): read sees \"old\", not \"new\" "
		    "(step 14)\n");
}

Test(report_terminal, further_findings_are_counted)
{
	struct finding many[20];
	struct case_result result = recreate_result;
	struct report_style style = plain_style(100);

	for (size_t i = 0; i < 20; i++)
		many[i] = recreate_result.findings[0];
	result.findings = many;
	result.nr_findings = 20;
	expect_part(&result, &style, "\n  also use-after-free: vcpu0");
	expect_part(&result, &style, "\n  and 12 more; -v shows them\n");
}

Test(report_terminal, works_without_events)
{
	struct case_result result = recreate_result;
	struct report_style style = plain_style(100);
	char reason[] = "order line 2: vmm is not a task";

	memset(&result.trace, 0, sizeof(result.trace));
	result.verdict = VERDICT_ERROR;
	result.reason = reason;
	result.nr_findings = 0;
	result.nr_histories = 0;
	expect_page(&result, &style,
		    "ERROR  memslot-recreate-other-gmem / "
		    "recreate-then-refresh   (kernel gpc-gmem-rfc-v4)\n"
		    "\n  order line 2: vmm is not a task\n\n");
}

Test(report_terminal, works_without_scenario_and_case)
{
	struct case_result result = { .verdict = VERDICT_ERROR };
	struct report_style style = plain_style(100);

	expect_page(&result, &style, "ERROR  - / -\n\n");
}

Test(report_terminal, failing_setup_shows_its_operations)
{
	struct case_result result = recreate_result;
	struct report_style style = plain_style(100);

	result.trace.nr = 2;
	expect_part(&result, &style, "\n  setup  gpc.activate(clock): ret 0\n");
}

Test(report_terminal, truncated_trace_says_so)
{
	struct case_result result = recreate_result;
	struct report_style style = plain_style(100);

	result.trace.truncated = true;
	expect_part(
		&result, &style,
		"\n  ...   the record ends here: it is full at 20 events\n");
}

Test(report_terminal, long_traces_keep_both_ends_and_all_marks)
{
	enum { NR = 1000 };
	static struct trace_event many[NR];
	struct case_result result = recreate_result;
	struct report_style style = plain_style(100);

	for (size_t i = 0; i < NR; i++)
		many[i] = (struct trace_event){ .kind = TRACE_CALL,
						.call = CALL_COND_RESCHED,
						.point = "retry",
						.nth = i + 1 };
	many[500].cause = true;
	result.trace = (struct trace){ .events = many, .nr = NR };
	expect_part(&result, &style, "\n    60  | retry#60\n");
	expect_part(&result, &style,
		    "\n  ...   440 steps not shown; -v shows them\n"
		    "*  501  | retry#501\n"
		    "  ...   379 steps not shown; -v shows them\n"
		    "   881  | retry#881\n");
	expect_part(&result, &style, "\n  1000  | retry#1000\n");
}

Test(report_terminal, long_names_wrap_in_their_lanes)
{
	struct scenario scenario = *recreate_result.scenario;
	struct case_result result = recreate_result;
	struct report_style style = plain_style(90);
	char name[] = "a-task-with-a-name-of-quite-some-length";

	scenario.task[0].name = name;
	result.scenario = &scenario;
	expect_part(&result, &style, "\n  step  a-task-with-a-name  closer");
	style.columns = 50;
	expect_part(&result, &style,
		    "\n     1  a-task-with-a-na  slot.delete(ram)\n");
}

Test(report_terminal, what_runs_behind_the_tasks_has_a_lane)
{
	struct trace_event events[21];
	struct case_result result = recreate_result;
	struct report_style style = plain_style(140);

	memcpy(events, recreate_result.trace.events, 20 * sizeof(events[0]));
	events[20] = (struct trace_event){ .kind = TRACE_BEGIN,
					   .task = HOST_SETUP_TASK,
					   .text = "exit" };
	result.trace.events = events;
	result.trace.nr = 21;
	expect_part(&result, &style, "  teardown ");
	expect_part(&result, &style, "  exit\n");
}

Test(report_terminal, nothing_reaches_the_terminal_unescaped)
{
	struct scenario scenario = *recreate_result.scenario;
	struct case_result result = recreate_result;
	struct report_style style = plain_style(100);
	char evil[] = "a\033[2Jb\r\xff";

	scenario.name = evil;
	result.scenario = &scenario;
	result.kernel = evil;
	expect_part(&result, &style,
		    "FAIL  a\\x1b[2Jb\\x0d\\xff / recreate-then-refresh");
}
