// SPDX-License-Identifier: GPL-2.0-only
/* Reports of a whole run: KTAP, JSON, table, totals. */
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "fixture.h"
#include "json.h"
#include "junit.h"
#include "ktap.h"
#include "points.h"
#include "schemas.h"
#include "table.h"

static struct case_result with_verdict(enum verdict verdict, char *reason)
{
	struct case_result result = recreate_result;

	result.verdict = verdict;
	result.reason = reason;
	if (verdict != VERDICT_FAIL)
		result.nr_findings = 0;
	return result;
}

struct stream {
	FILE *out;
	char *text;
	size_t len;
};

static FILE *stream_open(struct stream *stream)
{
	stream->out = open_memstream(&stream->text, &stream->len);
	cr_assert(stream->out, "no memory for a stream");
	return stream->out;
}

static void stream_expect(struct stream *stream, const char *want)
{
	fclose(stream->out);
	expect_text(stream->text, want);
	free(stream->text);
}

static void write_ktap(struct ktap *ktap)
{
	static char known[] = "use-after-free: keeps the page";
	static char skip[] = "needs gpc.gmem (linux-6.12 has gmem)";
	static char late[] = "30 s, 8100 schedules";
	struct case_result results[] = {
		with_verdict(VERDICT_PASS, NULL),
		with_verdict(VERDICT_XFAIL, known),
		with_verdict(VERDICT_FAIL, NULL),
		with_verdict(VERDICT_UNKNOWN, late),
	};
	struct case_result skipped = with_verdict(VERDICT_SKIP, skip);

	ktap_file_begin(ktap, "memslot-recreate-other-gmem", 4);
	for (size_t i = 0; i < 4; i++)
		ktap_case(ktap, &results[i]);
	ktap_file_end(ktap, "memslot-recreate-other-gmem");
	ktap_file_begin(ktap, "skipped", 1);
	ktap_case(ktap, &skipped);
	ktap_file_end(ktap, "skipped");
	ktap_file_error(ktap, "bad.yaml", "3:1: unknown key 'a#b'");
}

/* clang-format off */
static const char ktap_text[] =
"KTAP version 1\n"
"1..3\n"
"  KTAP version 1\n"
"  # Subtest: memslot-recreate-other-gmem\n"
"  1..4\n"
"  ok 1 gpc-gmem-rfc-v4/recreate-then-refresh\n"
"  ok 2 gpc-gmem-rfc-v4/recreate-then-refresh # XFAIL use-after-free: keeps the page\n"
"  # use-after-free: vcpu0 reads 3 bytes through the khva of cache clock; its page P3 was freed at step 7\n"
"  # pfnsim replay -k gpc-gmem-rfc-v4 memslot-recreate-other-gmem.yaml --case recreate-then-refresh"
" --order 'vmm:slot.delete/end closer:end vmm:end vcpu0:end'\n"
"  not ok 3 gpc-gmem-rfc-v4/recreate-then-refresh\n"
"  not ok 4 gpc-gmem-rfc-v4/recreate-then-refresh # TIMEOUT 30 s, 8100 schedules\n"
"not ok 1 memslot-recreate-other-gmem\n"
"  KTAP version 1\n"
"  # Subtest: skipped\n"
"  1..1\n"
"  ok 1 gpc-gmem-rfc-v4/recreate-then-refresh # SKIP needs gpc.gmem (linux-6.12 has gmem)\n"
"ok 2 skipped # SKIP\n"
"not ok 3 bad.yaml # ERROR 3:1: unknown key 'a\\#b'\n";

static const char json_text[] =
"{\"version\": 1, \"results\": [\n"
" {\"scenario\": \"memslot-recreate-other-gmem\", \"case\": \"recreate-then-refresh\","
" \"kernel\": \"gpc-gmem-rfc-v4\", \"verdict\": \"FAIL\", \"reason\": null,"
" \"findings\": [{\"kind\": \"use-after-free\","
" \"text\": \"vcpu0 reads 3 bytes through the khva of cache clock; its page P3 was freed at step 7\","
" \"signature\": \"use-after-free in gpc.read / gmem.close\", \"step\": 16,"
" \"line\": 0, \"column\": 0, \"path\": null}],"
" \"order\": \"vmm:slot.delete/end closer:end vmm:end vcpu0:end\"},\n"
" {\"scenario\": \"bad.yaml\", \"case\": null, \"kernel\": null, \"verdict\": \"ERROR\","
" \"reason\": \"3:1: unknown key \\\"a\\\"\", \"findings\": [], \"order\": null}],\n"
" \"passed\": 0, \"known\": 0, \"failed\": 2, \"skipped\": 0}\n";
/* clang-format on */

Test(report_ktap, nests_cases_in_files)
{
	struct stream stream = { 0 };
	struct ktap ktap;

	ktap_begin(&ktap, stream_open(&stream), 3);
	write_ktap(&ktap);
	stream_expect(&stream, ktap_text);
}

Test(report_json, one_line_a_result)
{
	struct stream stream = { 0 };
	struct run_totals totals = { .failed = 2 };
	struct json json;

	json_begin(&json, stream_open(&stream));
	json_case(&json, &recreate_result);
	json_file_error(&json, "bad.yaml", "3:1: unknown key \"a\"");
	json_end(&json, &totals);
	stream_expect(&stream, json_text);
}

Test(report_json, empty_run_is_valid)
{
	struct stream stream = { 0 };
	struct run_totals totals = { 0 };
	struct json json;

	json_begin(&json, stream_open(&stream));
	json_end(&json, &totals);
	stream_expect(&stream, "{\"version\": 1, \"results\": [],\n"
			       " \"passed\": 0, \"known\": 0, \"failed\": 0, "
			       "\"skipped\": 0}\n");
}

/* clang-format off */
static const char junit_text[] =
"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
"<testsuites name=\"pfnsim\">\n"
" <testsuite name=\"a&#38;b\" tests=\"2\" failures=\"1\" errors=\"0\" skipped=\"1\">\n"
"  <testcase classname=\"memslot-recreate-other-gmem\""
" name=\"recreate-then-refresh on gpc-gmem-rfc-v4\">\n"
"   <failure type=\"use-after-free\" message=\"vcpu0 reads 3 bytes through the khva of cache clock;"
" its page P3 was freed at step 7\">use-after-free: vcpu0 reads 3 bytes through the khva of cache clock;"
" its page P3 was freed at step 7\n"
"pfnsim replay -k gpc-gmem-rfc-v4 memslot-recreate-other-gmem.yaml --case recreate-then-refresh"
" --order &#39;vmm:slot.delete/end closer:end vmm:end vcpu0:end&#39;\n"
"</failure>\n"
"  </testcase>\n"
"  <testcase classname=\"memslot-recreate-other-gmem\""
" name=\"recreate-then-refresh on gpc-gmem-rfc-v4\">\n"
"   <skipped message=\"&#60;\\x01&#62;\"/>\n"
"  </testcase>\n"
" </testsuite>\n"
"</testsuites>\n";
/* clang-format on */

Test(report_junit, counts_stand_before_the_cases)
{
	static char odd[] = "<\001>";
	struct case_result skipped = with_verdict(VERDICT_SKIP, odd);
	struct stream stream = { 0 };
	struct junit junit;

	junit_begin(&junit, stream_open(&stream));
	junit_file_begin(&junit, "a&b");
	junit_case(&junit, &recreate_result);
	junit_case(&junit, &skipped);
	junit_end(&junit); /* as after an interrupt */
	stream_expect(&stream, junit_text);
}

Test(report_schemas, know_every_violation_and_verdict)
{
	char word[64];

	for (int i = 0; i < NR_VIOLATIONS; i++) {
		snprintf(word, sizeof(word), "\"%s\"", violation_name(i));
		cr_assert(strstr(results_schema, word), "no %s", word);
	}
	for (int i = 0; i <= VERDICT_ERROR; i++) {
		snprintf(word, sizeof(word), "\"%s\"", verdict_name(i));
		cr_assert(strstr(results_schema, word), "no %s", word);
	}
	cr_assert(strstr(junit_schema, "</xs:schema>\n"));
}

static void fill_table(struct run_table *table)
{
	static const struct {
		const char *scenario, *kernel;
		enum verdict verdict;
	} verdicts[] = {
		{ "punch-hole", "reference", VERDICT_PASS },
		{ "punch-hole", "reference", VERDICT_PASS },
		{ "punch-hole", "gpc-gmem-rfc-v1", VERDICT_XFAIL },
		{ "punch-hole", "gpc-gmem-rfc-v1", VERDICT_PASS },
		{ "slot-move", "gpc-gmem-rfc-v1", VERDICT_SKIP },
		{ "slot-move", "linux-6.12", VERDICT_FAIL },
		{ "any", "linux-6.12", VERDICT_FAIL },
		{ "any", "linux-6.12", VERDICT_SKIP },
		{ "any", "linux-6.12", VERDICT_ERROR },
	};

	for (size_t i = 0; i < sizeof(verdicts) / sizeof(verdicts[0]); i++)
		cr_assert_eq(run_table_add(table, verdicts[i].scenario,
					   verdicts[i].kernel,
					   verdicts[i].verdict),
			     0);
}

static void expect_table(unsigned int columns, const char *want)
{
	struct report_style style = plain_style(columns);
	struct stream stream = { 0 };
	struct run_table table = { 0 };

	fill_table(&table);
	report_table(stream_open(&stream), &table, &style);
	stream_expect(&stream, want);
	run_table_deinit(&table);
}

Test(report_table, has_a_row_a_scenario_and_a_column_a_kernel)
{
	expect_table(80, "scenario    reference  gpc-gmem-rfc-v1  linux-6.12\n"
			 "----------  ---------  ---------------  "
			 "---------------------\n"
			 "punch-hole  2 pass     1 xfail 1 pass   -\n"
			 "slot-move   -          skip             FAIL\n"
			 "any         -          -                "
			 "1 ERROR 1 FAIL 1 skip\n");
}

Test(report_table, wide_runs_have_several_tables)
{
	expect_table(40, "scenario    reference  gpc-gmem-rfc-v1\n"
			 "----------  ---------  ---------------\n"
			 "punch-hole  2 pass     1 xfail 1 pass\n"
			 "slot-move   -          skip\n"
			 "any         -          -\n"
			 "\n"
			 "scenario    linux-6.12\n"
			 "----------  ---------------------\n"
			 "punch-hole  -\n"
			 "slot-move   FAIL\n"
			 "any         1 ERROR 1 FAIL 1 skip\n");
}

static void expect_totals(const enum verdict *verdicts, size_t nr,
			  const char *want)
{
	struct report_style style = plain_style(80);
	struct stream stream = { 0 };
	struct run_totals totals = { 0 };

	for (size_t i = 0; i < nr; i++)
		run_totals_add(&totals, verdicts[i]);
	report_totals(stream_open(&stream), &totals, &style);
	stream_expect(&stream, want);
}

Test(report_totals, last_line_is_what_people_look_for)
{
	static const enum verdict good[] = { VERDICT_PASS, VERDICT_PASS,
					     VERDICT_SKIP };

	expect_totals(good, 3, "2 passed, 0 failed, 1 skipped\n");
	expect_totals(good, 0, "0 passed, 0 failed, 0 skipped\n");
}

Test(report_totals, known_failures_stand_before_it)
{
	static const enum verdict known[] = { VERDICT_PASS, VERDICT_XFAIL,
					      VERDICT_XFAIL };

	expect_totals(known, 3,
		      "2 known failures\n1 passed, 0 failed, 0 skipped\n");
	expect_totals(known, 2,
		      "1 known failure\n1 passed, 0 failed, 0 skipped\n");
}

Test(report_totals, nothing_that_fails_a_run_counts_as_passed)
{
	static const enum verdict bad[] = { VERDICT_FAIL, VERDICT_XPASS,
					    VERDICT_UNKNOWN, VERDICT_ERROR };

	expect_totals(bad, 4,
		      "1 unexpected pass, 1 without a verdict, 1 error\n"
		      "0 passed, 4 failed, 0 skipped\n");
}
