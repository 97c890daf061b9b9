// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim report`: saved traces in another form. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "commit.h"
#include "json.h"
#include "pages.h"
#include "perfetto.h"
#include "savedtrace.h"
#include "searchreport.h"
#include "terminal.h"

static int read_traces(const struct cli_options *options,
		       struct saved_trace *traces)
{
	int status = 0;

	/* All that is wrong with any of them comes at once. */
	for (size_t i = 0; i < options->nr_operands; i++)
		if (saved_trace_read(options->operands[i], &traces[i]))
			status = 2;
	return status;
}

static void print_text(const struct cli_options *options,
		       const struct saved_trace *traces)
{
	struct report_style style;

	style_init(&style, 1, options->color);
	style.verbose = options->verbose;
	style.page = true;
	style.quiet = false;
	for (size_t i = 0; i < options->nr_operands; i++) {
		const struct case_result *result = &traces[i].result;

		style.trace_path = options->operands[i];
		report_case(stdout, result, &style);
		if (result->search)
			report_search(stdout, result, result->search, &style);
	}
}

static void print_json(const struct cli_options *options,
		       const struct saved_trace *traces)
{
	struct run_totals totals = { 0 };
	struct json json;

	json_begin(&json, stdout);
	for (size_t i = 0; i < options->nr_operands; i++) {
		json_case(&json, &traces[i].result);
		run_totals_add(&totals, traces[i].result.verdict);
	}
	json_end(&json, &totals);
}

static void write_pages(FILE *out, const struct cli_options *options,
			const struct saved_trace *traces)
{
	struct pages pages = { .source_url = options->source_url };

	for (size_t i = 0; i < options->nr_operands; i++)
		pages_add(&pages, &traces[i].result, options->nr_operands == 1);
	pages_write(out, &pages);
	pages_deinit(&pages);
}

static void print(const struct cli_options *options,
		  const struct saved_trace *traces)
{
	switch (options->format) {
	case FORMAT_HTML:
		write_pages(stdout, options, traces);
		break;
	case FORMAT_PERFETTO:
		perfetto_write(stdout, &traces[0].result);
		break;
	case FORMAT_COMMIT:
		for (size_t i = 0; i < options->nr_operands; i++)
			commit_write(stdout, &traces[i].result);
		break;
	case FORMAT_JSON:
		print_json(options, traces);
		break;
	default:
		print_text(options, traces);
		break;
	}
}

static int write_files(const struct cli_options *options,
		       const struct saved_trace *traces)
{
	FILE *out;

	if (options->html) {
		out = page_open(options->html);
		if (!out)
			return 2;
		write_pages(out, options, traces);
		if (page_close(out, options->html))
			return 2;
	}
	if (options->perfetto) {
		out = page_open(options->perfetto);
		if (!out)
			return 2;
		perfetto_write(out, &traces[0].result);
		if (page_close(out, options->perfetto))
			return 2;
	}
	return 0;
}

static int check_options(const struct cli_options *options)
{
	bool one = options->perfetto || options->format == FORMAT_PERFETTO;

	if (one && options->nr_operands > 1) {
		fprintf(stderr, "pfnsim: a file of trace events takes one "
				"trace\n");
		return 2;
	}
	return pages_check_url(options->source_url);
}

int command_report(const struct cli_options *options)
{
	struct saved_trace *traces = calloc(options->nr_operands,
					    sizeof(*traces));
	int status = check_options(options);

	if (!traces)
		abort();
	if (!status)
		status = read_traces(options, traces);
	if (!status)
		status = write_files(options, traces);
	if (!status)
		print(options, traces);
	for (size_t i = 0; i < options->nr_operands; i++)
		saved_trace_destroy(&traces[i]);
	free(traces);
	return status;
}
