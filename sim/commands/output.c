// SPDX-License-Identifier: GPL-2.0-only
#include "output.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "engine.h"
#include "place.h"
#include "terminal.h"
#include "tracefile.h"

static int junit_open(struct output *output, const char *path)
{
	FILE *file;

#ifdef PFNSIM_COVERAGE
	/* Cases run in processes of their own, whose results stay there. */
	fprintf(stderr, "pfnsim: no --junit in a build that counts coverage\n");
	return 2;
#endif
	file = fopen(path, "we");
	if (!file) {
		fprintf(stderr, "pfnsim: %s: %s\n", path, strerror(errno));
		return 2;
	}
	junit_begin(&output->junit, file);
	return 0;
}

int output_begin(struct output *output, const struct cli_options *options,
		 size_t nr_files, bool page)
{
	*output = (struct output){ .options = options };
	if (options->out_dir && trace_folder(options->out_dir))
		return 2;
	if (pages_check_url(options->source_url) ||
	    (options->html && page_check(options->html)))
		return 2;
	output->pages.source_url = options->source_url;
	if (options->junit && junit_open(output, options->junit))
		return 2;
	style_init(&output->style, STDOUT_FILENO, options->color);
	output->style.verbose = options->verbose;
	output->style.quiet = options->quiet;
	output->style.page = page;
	if (options->format == FORMAT_KTAP)
		ktap_begin(&output->ktap, stdout, nr_files);
	else if (options->format == FORMAT_JSON)
		json_begin(&output->json, stdout);
	return 0;
}

void output_file_begin(struct output *output, const char *name, size_t nr)
{
	if (output->options->format == FORMAT_KTAP)
		ktap_file_begin(&output->ktap, name, nr);
	if (output->junit.out)
		junit_file_begin(&output->junit, name);
}

void output_file_end(struct output *output, const char *name)
{
	if (output->options->format == FORMAT_KTAP)
		ktap_file_end(&output->ktap, name);
	if (output->junit.out)
		junit_file_end(&output->junit);
}

static void print_result(struct output *output,
			 const struct case_result *result)
{
	switch (output->options->format) {
	case FORMAT_KTAP:
		ktap_case(&output->ktap, result);
		break;
	case FORMAT_JSON:
		json_case(&output->json, result);
		break;
	default:
		report_case(stdout, result, &output->style);
		break;
	}
}

/* Looking them up takes longer than most cases do. */
static bool wants_places(const struct output *output,
			 const struct case_result *result)
{
	const struct cli_options *options = output->options;

	if (!options->out_dir && !options->html && !options->perfetto)
		return false;
	return output->alone || (result->verdict != VERDICT_PASS &&
				 result->verdict != VERDICT_SKIP);
}

/* All but what is printed; returns where its trace was saved, NULL: nowhere. */
static char *keep(struct output *output, struct case_result *result)
{
	const char *dir = output->options->out_dir;
	char *saved = NULL;

	if (wants_places(output, result))
		place_find(&result->trace);
	output->tool_error |= result->tool_error;
	if (dir && result->trace.nr && result->verdict != VERDICT_PASS &&
	    result->verdict != VERDICT_SKIP) {
		saved = trace_save(dir, result);
		output->tool_error |= !saved;
	}
	if (output->options->html)
		pages_add(&output->pages, result, output->alone);
	if (output->junit.out)
		junit_case(&output->junit, result);
	run_totals_add(&output->totals, result->verdict);
	return saved;
}

void output_keep(struct output *output, struct case_result *result)
{
	free(keep(output, result));
}

void output_case(struct output *output, struct case_result *result)
{
	char *saved = keep(output, result);

	output->style.trace_path = saved;
	print_result(output, result);
	output->style.trace_path = NULL;
	free(saved);
	/* Who reads a pipe wants to see it as soon as it is known. */
	fflush(stdout);
}

static void write_page(struct output *output)
{
	const char *path = output->options->html;
	FILE *out;

	if (!path)
		return;
	out = page_open(path);
	if (out)
		pages_write(out, &output->pages);
	if (!out || page_close(out, path))
		output->tool_error = true;
	pages_deinit(&output->pages);
}

static void junit_close(struct output *output)
{
	FILE *file = output->junit.out;
	bool failed;

	junit_end(&output->junit);
	failed = ferror(file);
	if (!fclose(file) && !failed)
		return;
	fprintf(stderr, "pfnsim: cannot write %s\n", output->options->junit);
	output->tool_error = true;
}

void output_end(struct output *output)
{
	if (output->junit.out)
		junit_close(output);
	if (output->options->format == FORMAT_JSON)
		json_end(&output->json, &output->totals);
	write_page(output);
}

int output_exit_status(const struct output *output)
{
	const struct run_totals *totals = &output->totals;

	if (output->tool_error)
		return 4;
	if (totals->errors)
		return 2;
	if (totals->failed > totals->unknown)
		return 1;
	if (totals->unknown || engine.interrupted)
		return 3;
	return totals->skipped && !totals->passed && !totals->known ? 77 : 0;
}
