// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "escape.h"
#include "ktap.h"
#include "terminal.h"

#define NEST "  "

void ktap_begin(struct ktap *ktap, FILE *out, size_t nr_files)
{
	memset(ktap, 0, sizeof(*ktap));
	ktap->out = out;
	fprintf(out, "KTAP version 1\n1..%zu\n", nr_files);
}

static void print_escaped(FILE *out, const char *before, const char *s)
{
	struct buf line = { 0 };

	escape_ktap(&line, s);
	fprintf(out, "%s%s", before, buf_get(&line));
	buf_deinit(&line);
}

static bool is_ok(enum verdict verdict)
{
	return verdict == VERDICT_PASS || verdict == VERDICT_XFAIL ||
	       verdict == VERDICT_SKIP;
}

/* What stands behind the `#`; NULL: no directive. */
static const char *directive(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_PASS:
	case VERDICT_FAIL:
		return NULL;
	case VERDICT_UNKNOWN:
		return "TIMEOUT";
	default:
		return verdict_name(verdict);
	}
}

static void print_directive(FILE *out, enum verdict verdict, const char *reason)
{
	if (directive(verdict)) {
		fprintf(out, " # %s", directive(verdict));
		if (reason)
			print_escaped(out, " ", reason);
	}
	fputc('\n', out);
}

void ktap_file_begin(struct ktap *ktap, const char *name, size_t nr_cases)
{
	memset(ktap->counts, 0, sizeof(ktap->counts));
	ktap->in_file = 0;
	fputs(NEST "KTAP version 1\n", ktap->out);
	print_escaped(ktap->out, NEST "# Subtest: ", name);
	fprintf(ktap->out, "\n" NEST "1..%zu\n", nr_cases);
}

static void print_diagnostics(struct ktap *ktap,
			      const struct case_result *result)
{
	struct buf line = { 0 };

	if (result->verdict == VERDICT_FAIL && result->reason) {
		print_escaped(ktap->out, NEST "# ", result->reason);
		fputc('\n', ktap->out);
	}
	for (size_t i = 0; i < result->nr_findings; i++) {
		buf_clear(&line);
		describe_finding(&line, result, &result->findings[i]);
		print_escaped(ktap->out, NEST "# ", buf_get(&line));
		fputc('\n', ktap->out);
	}
	if (result->nr_findings && result->desc) {
		buf_clear(&line);
		describe_replay(&line, result, " ");
		print_escaped(ktap->out, NEST "# ", buf_get(&line));
		fputc('\n', ktap->out);
	}
	buf_deinit(&line);
}

void ktap_case(struct ktap *ktap, const struct case_result *result)
{
	ktap->counts[result->verdict]++;
	ktap->in_file++;
	print_diagnostics(ktap, result);
	fprintf(ktap->out, NEST "%s %zu ",
		is_ok(result->verdict) ? "ok" : "not ok", ktap->in_file);
	if (result->kernel) {
		print_escaped(ktap->out, "", result->kernel);
		fputc('/', ktap->out);
	}
	print_escaped(ktap->out, "", result_case_name(result));
	print_directive(ktap->out, result->verdict, result->reason);
}

/* A file's own verdict: failed with any of its cases, skipped with all. */
void ktap_file_end(struct ktap *ktap, const char *name)
{
	size_t nr = 0, good = 0;
	bool skipped;

	for (size_t i = 0; i <= VERDICT_ERROR; i++) {
		nr += ktap->counts[i];
		good += is_ok(i) ? ktap->counts[i] : 0;
	}
	skipped = nr && ktap->counts[VERDICT_SKIP] == nr;
	fprintf(ktap->out, "%s %zu ", good == nr ? "ok" : "not ok",
		++ktap->file);
	print_escaped(ktap->out, "", name);
	print_directive(ktap->out, skipped ? VERDICT_SKIP : VERDICT_PASS, NULL);
}

void ktap_file_error(struct ktap *ktap, const char *name, const char *reason)
{
	fprintf(ktap->out, "not ok %zu ", ++ktap->file);
	print_escaped(ktap->out, "", name);
	print_directive(ktap->out, VERDICT_ERROR, reason);
}
