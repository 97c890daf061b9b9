// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim explore` of a scenario: what it says, in each form. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "fixture.h"

TestSuite(explore, .init = folder_enter, .fini = folder_leave);

Test(explore, says_what_was_searched)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_explore);
	outcome = PFNSIM("explore", "-k", "reference", "--preemptions", "1",
			 "a.yaml");
	expect_status(&outcome, 0);
	expect_out(&outcome, "PASS  a / search");
	expect_out(&outcome, "  search:  all interleavings");
	expect_out(&outcome, "1 passed, 0 failed, 0 skipped\n");
	outcome_free(&outcome);
}

/* A refresh, an invalidation, a fault and a migration: they end, in all orders. */
Test(explore, all_orders_of_a_real_race_are_searched)
{
	struct outcome outcome = PFNSIM("explore", "-k", "reference",
					"--seconds", "600",
					TESTS_DIR
					"/../scenarios/hva-no-slot.yaml");

	expect_status(&outcome, 0);
	expect_out(&outcome, "PASS  hva-no-slot / any-order");
	expect_out(&outcome, "  search:  all interleavings; ");
	outcome_free(&outcome);
}

Test(explore, draws_what_it_is_told_to)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_explore);
	outcome = PFNSIM("explore", "-k", "reference", "--random", "7",
			 "a.yaml");
	expect_status(&outcome, 0);
	expect_out(&outcome, "schedules drawn at random; 7 executions");
	outcome_free(&outcome);
}

Test(explore, json_is_json)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_explore);
	outcome = PFNSIM("explore", "-k", "reference", "--format=json",
			 "--preemptions", "1", "a.yaml");
	expect_status(&outcome, 0);
	cr_assert(json_is_valid(outcome.out), "%s", outcome.out);
	expect_out(&outcome, "\"verdict\": \"PASS\", \"reason\": null, "
			     "\"findings\": [], \"order\": null");
	outcome_free(&outcome);
}

#define STARVED TESTS_DIR "/../scenarios/refresh-starved.yaml"

/* The value of @key, which is a text, up to where it ends. */
static char *text_in(const char *json, const char *key)
{
	const char *at = strstr(json, key);

	cr_assert_not_null(at, "no %s in\n%s", key, json);
	at += strlen(key);
	return strndup(at, strcspn(at, "\""));
}

Test(explore, an_order_without_end_is_told_and_replayed)
{
	struct outcome outcome = PFNSIM("explore", "-k", "reference",
					"--format=json", STARVED);
	char *order;

	expect_status(&outcome, 0);
	cr_assert(json_is_valid(outcome.out), "%s", outcome.out);
	expect_out(&outcome, "\"verdict\": \"XFAIL\", \"reason\": "
			     "\"starvation: ");
	expect_out(&outcome,
		   "{\"kind\": \"starvation\", \"text\": "
		   "\"vcpu0 can wait for ever while stream completes");
	order = text_in(outcome.out, "\"order\": \"");
	cr_expect_not_null(strstr(order, " again:"), "%s", order);
	outcome_free(&outcome);
	outcome = PFNSIM("replay", "-k", "reference", STARVED, "--case",
			 "endless-stream", "--order", order);
	expect_status(&outcome, 1);
	expect_out(&outcome, "  starvation: vcpu0 can wait for ever while "
			     "stream completes");
	outcome_free(&outcome);
	free(order);
}

/* The lines leave a task out that could go on: that shows nothing. */
Test(explore, rounds_that_are_unfair_are_refused)
{
	struct outcome outcome;

	outcome = PFNSIM("replay", "-k", "reference", STARVED, "--order",
			 "vcpu0:gpc.activate/listed stream:mm.dontneed/end "
			 "again:1");
	expect_status(&outcome, 2);
	expect_out(&outcome, "order line 3 (again: 1): a task that the lines "
			     "before leave out could go on");
	outcome_free(&outcome);
}

/* One schedule of a search need not satisfy what one of them has to. */
Test(explore, an_order_of_a_search_is_not_asked_for_sometimes)
{
	static const char sometimes[] = "  - name: search\n"
					"    explore: {preemptions: 1}\n"
					"    expect:\n"
					"      sometimes:\n"
					"        - refresh: {ret: 1}\n";
	struct outcome outcome;

	write_scenario("a", "", "clock", sometimes);
	outcome = PFNSIM("replay", "-k", "reference", "a.yaml", "--case",
			 "search", "--order", "vmm:end vcpu0:end");
	expect_status(&outcome, 0);
	outcome_free(&outcome);
	outcome = PFNSIM("explore", "-k", "reference", "a.yaml");
	expect_status(&outcome, 1);
	expect_out(&outcome, "none of them satisfies this `sometimes`");
	outcome_free(&outcome);
}

/* A guest that has the page mapped looks at nothing but its own translation. */
static const char two_loads[] =
	"# SPDX-License-Identifier: GPL-2.0-only\n"
	"scenario: 1\n"
	"name: loads\n"
	"title: A file is closed between two loads of a guest\n"
	"needs: [gmem, memory-attributes]\n"
	"vm:\n"
	"  mm:\n"
	"    anon: {pages: 4, hva: 0x7f0000000000}\n"
	"  gmem:\n"
	"    g0: {pages: 4}\n"
	"  slots:\n"
	"    ram: {gpa: 0x0, pages: 4, hva: anon, gmem: g0}\n"
	"  private: [0x1000]\n"
	"setup:\n"
	"  - guest.write: {gpa: 0x1000, text: secret}\n"
	"tasks:\n"
	"  vcpu0:\n"
	"    - guest.read: {gpa: 0x1000, len: 6}\n"
	"    - guest.read: {gpa: 0x1000, len: 6}\n"
	"      id: before\n"
	"    - guest.read: {gpa: 0x1000, len: 6}\n"
	"      id: after\n"
	"  closer:\n"
	"    - gmem.close: g0\n"
	"cases:\n"
	"  - name: any-order\n"
	"    explore: {preemptions: 1}\n"
	"    expect:\n"
	"      final:\n"
	"        any-of:\n"
	"          - after: {ret: 0}\n"
	"          - before: {ret: -EFAULT}\n";

Test(explore, others_run_between_operations_without_a_call)
{
	static const char order[] = "vcpu0:guest.read/end vcpu0:guest.read/end "
				    "closer:end vcpu0:end";
	struct outcome outcome;

	write_file("loads.yaml", two_loads);
	outcome = PFNSIM("explore", "-k", "reference", "loads.yaml");
	expect_status(&outcome, 1);
	expect_out(&outcome, order);
	outcome_free(&outcome);
	outcome = PFNSIM("replay", "-k", "reference", "loads.yaml", "--case",
			 "any-order", "--order", order);
	expect_status(&outcome, 1);
	outcome_free(&outcome);
}

Test(explore, a_violation_that_is_none_is_refused)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_explore);
	outcome = PFNSIM("explore", "--find", "stale-pages", "a.yaml");
	expect_status(&outcome, 2);
	cr_assert_not_null(strstr(outcome.err, "did you mean 'stale-page'?"));
	outcome_free(&outcome);
	outcome = PFNSIM("explore", "--find", "leak", "--all");
	expect_status(&outcome, 2);
	outcome_free(&outcome);
}

#define RACY TESTS_DIR "/../scenarios/reader-holds-off-notifier.yaml"

Test(explore, a_data_race_is_told_with_both_sides_and_replayed)
{
	struct outcome outcome;

	need_variant("gpc-lock-not-written");
	outcome = PFNSIM("explore", "-k", "reference+gpc-lock-not-written",
			 "--data-races", "--preemptions", "1", "--find",
			 "data-race", "--format=json", RACY);
	char *order;

	expect_status(&outcome, 1);
	expect_out(&outcome, "{\"kind\": \"data-race\", \"text\": \"a plain ");
	expect_out(&outcome, ": nothing orders them; it needs a lock, or ");
	expect_out(&outcome, "; the first found 0x1 there, the second 0x1; "
			     "the first by ");
	expect_out(&outcome, "gpc_invalidate_hva_range_start() <- "
			     "kvm_mmu_notifier_invalidate_range_start()");
	expect_out(&outcome, "; the second left 0 there");
	order = text_in(outcome.out, "\"order\": \"");
	outcome_free(&outcome);
	outcome = PFNSIM("replay", "-k", "reference+gpc-lock-not-written",
			 "--data-races", RACY, "--order", order);
	expect_status(&outcome, 1);
	expect_out(&outcome, "  data-race: a plain ");
	outcome_free(&outcome);
	free(order);
	/* A load that comes second leaves nothing. */
	outcome = PFNSIM("replay", "-k", "reference+gpc-lock-not-written",
			 "--data-races", RACY, "--order", "vmm:end vcpu0:end");
	expect_status(&outcome, 1);
	expect_out(&outcome, "the second 0;");
	cr_expect_null(strstr(outcome.out, "the second left"));
	outcome_free(&outcome);
}

/* With the lock there is none, whatever the order. */
Test(explore, a_replay_suspects_no_data_race)
{
	struct outcome outcome = PFNSIM("replay", "-k", "reference",
					"--data-races", RACY, "--order",
					"vcpu0:gpc.read/locked vmm:blocked "
					"vcpu0:end vmm:end");

	expect_status(&outcome, 0);
	outcome_free(&outcome);
	outcome = PFNSIM("replay", "-k", "reference", "--data-races", RACY,
			 "--order", "vcpu0:gpc.read/locked vmm:end vcpu0:end");
	expect_status(&outcome, 2);
	expect_out(&outcome, "order line 2 (vmm: end): the task blocks in "
			     "write_lock_irq(gpc->lock), held by vcpu0");
	outcome_free(&outcome);
}

/* The page has what the search found, and the states it ends in; JUnit, too. */
Test(explore, pages_and_files_beside_what_is_printed)
{
	static const char *const formats[] = { "text", "json" };

	need_variant("hva-no-slot");
	for (size_t i = 0; i < 2; i++) {
		struct outcome outcome = PFNSIM(
			"explore", "-k", "reference+hva-no-slot",
			TESTS_DIR "/../scenarios/hva-no-slot.yaml", "--out",
			"out", "--html", "page.html", "--junit", "junit.xml",
			"--format", formats[i]);
		char *page = read_whole("page.html");
		char *junit = read_whole("junit.xml");

		expect_status(&outcome, 0);
		outcome_free(&outcome);
		cr_expect_not_null(strstr(page, "<!DOCTYPE html>"));
		cr_expect_not_null(strstr(page, "XFAIL use-after-free"));
		cr_expect_not_null(strstr(page, "class=\"states\""));
		cr_expect_not_null(strstr(
			junit, "<testsuite name=\"hva-no-slot\" tests=\"1\""));
		cr_expect_not_null(strstr(junit,
					  "<testcase classname=\"hva-no-slot\" "
					  "name=\"any-order on "
					  "reference+hva-no-slot\">"));
		free(page);
		free(junit);
		cr_expect_eq(unlink("out/hva-no-slot.any-order."
				    "reference+hva-no-slot.trace"),
			     0);
		unlink("page.html");
		unlink("junit.xml");
	}
}

Test(explore, a_table_of_pairs_has_neither_page_nor_junit)
{
	struct outcome outcome = PFNSIM("explore", "--all", "--html", "x.html");

	expect_status(&outcome, 2);
	outcome_free(&outcome);
	outcome = PFNSIM("explore", "--all", "--junit", "x.xml");
	expect_status(&outcome, 2);
	outcome_free(&outcome);
}

/* ---- What a failure does not need ---------------------------------------- */

/* The lines of @text without those that hold one of two words. */
static char *without(const char *text, const char *a, const char *b)
{
	char *left = calloc(1, strlen(text) + 1);

	cr_assert(left);
	while (*text) {
		size_t len = strcspn(text, "\n") + 1;
		char *line = strndup(text, len);

		if (!strstr(line, a) && !strstr(line, b))
			strcat(left, line);
		free(line);
		text += len;
	}
	return left;
}

/* The scenario without the cases that give an order; free() it. */
static char *read_any_order(void)
{
	char *text = read_whole(TESTS_DIR "/../scenarios/hva-no-slot.yaml");
	char *cases = strstr(text, "cases:\n  - name: freed-in");
	char *any = strstr(text, "  - name: any-order");
	char *left;

	cr_assert(cases && any);
	memmove(cases + strlen("cases:\n"), any, strlen(any) + 1);
	left = without(text, "cases: [", "cases: [");
	free(text);
	return left;
}

/* Without what is spared the failure comes, and nothing more can be spared. */
Test(explore, what_a_failure_does_not_need_can_be_left_out)
{
	static const char found[] = "XFAIL  hva-no-slot / any-order";
	char *whole = read_any_order();
	char *less = without(whole, "mm.write:", "id: moved");
	char *least = without(less, "mm.migrate:", "mm.migrate:");
	struct outcome outcome;

	need_variant("hva-no-slot");
	write_file("hva-no-slot.yaml", least);
	outcome = PFNSIM("explore", "-k", "reference+hva-no-slot",
			 TESTS_DIR "/../scenarios/hva-no-slot.yaml");
	expect_out(&outcome, found);
	expect_out(&outcome,
		   "\n  spare:   vmm.moved, vmm.mm.write: it fails so "
		   "without, too\n");
	outcome_free(&outcome);
	outcome = PFNSIM("explore", "-k", "reference+hva-no-slot",
			 "hva-no-slot.yaml", "--format=json");
	cr_assert(json_is_valid(outcome.out), "%s", outcome.out);
	expect_out(&outcome, "{\"kind\": \"use-after-free\"");
	expect_out(&outcome, "\"spare\": []");
	outcome_free(&outcome);
	free(whole);
	free(less);
	free(least);
}

/* A whole task that has nothing to do with it. */
Test(explore, a_task_that_is_not_needed_is_told)
{
	static const char other[] = "tasks:\n"
				    "  bystander:\n"
				    "    - mm.write: {page: anon/2, text: x}\n"
				    "    - mm.dontneed: anon/2\n";
	char *text = read_any_order();
	char *tasks = strstr(text, "tasks:\n");
	struct outcome outcome;
	char more[8192];

	need_variant("hva-no-slot");
	cr_assert(tasks);
	*tasks = '\0';
	snprintf(more, sizeof(more), "%s%s%s", text, other, tasks + 7);
	write_file("hva-no-slot.yaml", more);
	outcome = PFNSIM("explore", "-k", "reference+hva-no-slot",
			 "hva-no-slot.yaml");
	expect_out(&outcome, "\n  spare:   all of bystander, vmm.moved, "
			     "vmm.mm.write: it fails so without, too\n");
	outcome_free(&outcome);
	free(text);
}
