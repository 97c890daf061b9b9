// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim report`: a failure of a seeded bug in every form there is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "fixture.h"

TestSuite(report, .init = folder_enter, .fini = folder_leave);

/* The variant hva-no-slot, which is built for tests even where variants are not. */
static void link_variant(void)
{
	KERNELS("reference");
	cr_assert_eq(symlink(TEST_KERNELS_DIR "/seeded-hva-no-slot.so",
			     "kernels/reference+hva-no-slot.so"),
		     0);
}

/* Saves what the variant does; the scenario is gone afterwards. */
static void save_trace(const char *html)
{
	struct outcome outcome;
	char *text = read_whole(TESTS_DIR "/../scenarios/hva-no-slot.yaml");

	link_variant();
	write_file("hva-no-slot.yaml", text);
	free(text);
	outcome = PFNSIM("run", "--kernel-dir", "kernels", "-k",
			 "reference+hva-no-slot", "-k", "reference",
			 "hva-no-slot.yaml", "--case", "freed-in-the-window",
			 "--out", "out", "--html", html, "--source-url",
			 "https://example.org/{path}#n{line}");
	expect_status(&outcome, 0);
	outcome_free(&outcome);
	unlink("hva-no-slot.yaml");
}

static struct outcome report(const char *format)
{
	save_trace("run.html");
	return PFNSIM("report", "out/latest", format);
}

Test(report, text_is_that_of_the_run)
{
	struct outcome outcome = report("--format=text");

	expect_status(&outcome, 0);
	expect_out(&outcome, "XFAIL  hva-no-slot / freed-in-the-window");
	expect_out(&outcome, "page P1 was freed at");
	expect_out(&outcome, "pfnsim report out/latest\n");
	outcome_free(&outcome);
}

Test(report, html_shows_the_lines_of_the_kernel)
{
	struct outcome outcome = report("--format=html");

	expect_status(&outcome, 0);
	expect_out(&outcome, "<!DOCTYPE html>");
	expect_out(&outcome, "pfncache.c:");
	expect_out(&outcome, "activate()</span>");
	/* Of the file that was compiled, as it was then. */
	expect_out(&outcome, "<code class=\"src\">write_<wbr>unlock_<wbr>"
			     "irq(<wbr>&#38;gpc<span class=\"nb\">-&#62;</span>"
			     "<wbr>lock);</code>");
	expect_out(&outcome, "this line of the order ran when it failed");
	outcome_free(&outcome);
}

Test(report, a_source_that_has_changed_since_is_not_quoted)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_wrong);
	cr_assert_eq(system("mkdir old && cp " KERNELS_DIR "/reference.so old "
			    "&& touch -d 2001-01-01 old/reference.so"),
		     0);
	outcome = PFNSIM("run", "--kernel-dir", "old", "a.yaml", "--out", "t");
	expect_status(&outcome, 1);
	outcome_free(&outcome);
	outcome = PFNSIM("report", "t/latest", "--format=html");
	expect_out(&outcome, "<span class=\"at\">pfncache.c:");
	cr_assert(!strstr(outcome.out, "<code class=\"src\">"));
	outcome_free(&outcome);
}

Test(report, a_run_has_a_page_with_links_into_the_source)
{
	char *page;

	save_trace("run.html");
	page = read_whole("run.html");
	cr_assert(strstr(page, "<th scope=\"col\">reference</th>"));
	cr_assert(strstr(page, "<th scope=\"col\">reference+hva-no-slot"));
	cr_assert(strstr(page, "https://example.org/virt/kvm/pfncache.c#n"));
	cr_assert(strstr(page, "1 passed, 1 known failure, 0 failed"));
	free(page);
}

Test(report, commit_form_names_functions_and_fits)
{
	struct outcome outcome = report("--format=commit");

	expect_status(&outcome, 0);
	expect_out(&outcome, "CPU0 (vcpu0)                       CPU1 (vmm)\n");
	expect_out(&outcome, " => use-after-free\n");
	expect_out(&outcome, "Found by pfnsim in hva-no-slot/freed-in-the-");
	for (const char *at = outcome.out; *at; at += strcspn(at, "\n") + 1)
		cr_assert_leq(strcspn(at, "\n"), 72, "%s", outcome.out);
	outcome_free(&outcome);
}

/* The page on reading reports shows what is printed, word by word. */
Test(report, the_example_of_the_documentation_is_true)
{
	static const char start[] = "$ build/pfnsim report out/latest "
				    "--format=commit\n";
	char *page = read_whole(TESTS_DIR "/../docs/reading-a-report.md");
	struct outcome outcome = report("--format=commit");
	const char *line = strstr(page, start), *want = outcome.out;

	cr_assert(line);
	for (line += strlen(start); *want; want += strcspn(want, "\n") + 1) {
		size_t len = strcspn(want, "\n");

		line += len ? 4 : 0;
		cr_assert(!strncmp(line, want, len + 1), "%.*s", (int)len,
			  want);
		line += len + 1;
	}
	free(page);
	outcome_free(&outcome);
}

Test(report, json_and_perfetto_are_json)
{
	struct outcome outcome = report("--format=json");

	cr_assert(json_is_valid(outcome.out), "%s", outcome.out);
	expect_out(&outcome, "\"verdict\": \"XFAIL\"");
	outcome_free(&outcome);
	outcome = PFNSIM("report", "out/latest", "--format=perfetto");
	cr_assert(json_is_valid(outcome.out), "%s", outcome.out);
	expect_out(&outcome, "\"traceEvents\"");
	outcome_free(&outcome);
}

Test(report, files_are_written_beside_the_text)
{
	struct outcome outcome;
	char *page, *events, *twice;

	save_trace("run.html");
	outcome = PFNSIM("report", "out/latest", "--html", "a.html",
			 "--perfetto", "a.json");
	expect_status(&outcome, 0);
	expect_out(&outcome, "XFAIL  hva-no-slot");
	outcome_free(&outcome);
	page = read_whole("a.html");
	events = read_whole("a.json");
	outcome = PFNSIM("report", "out/latest", "--format=html");
	cr_assert(!strcmp(outcome.out, page), "not the same page");
	cr_assert(json_is_valid(events));
	outcome_free(&outcome);
	outcome = PFNSIM("report", "out/latest", "out/latest", "--html",
			 "b.html", "--format=commit");
	expect_status(&outcome, 0);
	outcome_free(&outcome);
	twice = read_whole("b.html");
	cr_assert(strstr(twice, "class=\"matrix\""));
	free(page);
	free(events);
	free(twice);
}

Test(report, wrong_traces_and_options_are_refused)
{
	struct outcome outcome;

	save_trace("run.html");
	write_file("bad", "{\"pfnsim-trace\": 2}");
	outcome = PFNSIM("report", "out/latest", "bad", "none");
	expect_status(&outcome, 2);
	expect_no_out(&outcome);
	expect_err(&outcome, "bad:1:1: error: 'scenario' is missing");
	expect_err(&outcome, "none: error: No such file or directory");
	outcome_free(&outcome);
	outcome = PFNSIM("report", "out/latest", "out/latest",
			 "--format=perfetto");
	expect_status(&outcome, 2);
	expect_err(&outcome, "a file of trace events takes one trace");
	outcome_free(&outcome);
	outcome = PFNSIM("report", "out/latest", "--source-url",
			 "javascript:alert(1)");
	expect_status(&outcome, 2);
	expect_err(&outcome, "--source-url begins with https://");
	outcome_free(&outcome);
	outcome = PFNSIM("report", "out/latest", "--html", "no/such/folder");
	expect_status(&outcome, 2);
	expect_err(&outcome, "no/such/folder: No such file or directory");
	outcome_free(&outcome);
}

Test(report, a_page_that_cannot_be_written_stops_before_anything_runs)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_wrong);
	outcome = PFNSIM("run", "-k", "reference", "a.yaml", "--html",
			 "no/such/folder");
	expect_status(&outcome, 2);
	expect_no_out(&outcome);
	outcome_free(&outcome);
}

Test(report, replay_writes_the_page_of_what_it_shows)
{
	struct outcome outcome;
	char *page, *events;

	write_scenario("a", "", "clock", case_good);
	outcome = PFNSIM("replay", "-k", "reference", "a.yaml", "--case",
			 "good", "--html", "a.html", "--perfetto", "a.json");
	expect_status(&outcome, 0);
	outcome_free(&outcome);
	page = read_whole("a.html");
	events = read_whole("a.json");
	cr_assert(strstr(page, "PASS</span> a / <wbr>good</h1>"));
	cr_assert(!strstr(page, "class=\"matrix\""));
	cr_assert(json_is_valid(events));
	free(page);
	free(events);
}
