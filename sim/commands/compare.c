// SPDX-License-Identifier: GPL-2.0-only
/*
 * The matrix, and `pfnsim compare`: every case on each of the kernels, in the
 * order in which they were given, and what changes from one to the next.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compare.h"
#include "commands.h"
#include "engine.h"
#include "points.h"
#include "runner.h"
#include "text.h"

struct compare {
	const struct cli_options *options;
	const struct kernels *kernels;
	struct report_style style;
	struct matrix matrix;
	size_t name_width;
	struct compare_summary summary;
};

/* ---- Running ------------------------------------------------------------- */

static struct matrix_cell run_cell(struct compare *compare,
				   const struct scenario *scenario,
				   const struct case_desc *desc,
				   const struct loaded_kernel *kernel)
{
	struct matrix_cell cell = { .fails = "", .absent = !kernel->desc };
	struct case_result result;

	if (cell.absent)
		return cell;
	run_order_case(scenario, desc, kernel, &result);
	cell.verdict = result.verdict;
	if ((cell.verdict == VERDICT_FAIL || cell.verdict == VERDICT_XFAIL) &&
	    result.nr_findings)
		cell.fails = result.findings[0].is_violation ?
				     violation_name(
					     result.findings[0].violation) :
				     "expectation";
	compare->summary.tool_error |= result.tool_error;
	compare->summary.error |= result.verdict == VERDICT_ERROR;
	case_result_deinit(&result);
	return cell;
}

/* ---- Printing ------------------------------------------------------------ */

static void find_name_width(struct compare *compare,
			    const struct scenario_files *files)
{
	for (size_t f = 0; f < files->nr; f++) {
		const struct scenario *s = files->files[f].scenario;

		for (size_t c = 0; c < s->nr_cases; c++) {
			size_t width = strlen(s->name) + 1 +
				       strlen(s->cases[c].name);

			if (width > compare->name_width)
				compare->name_width = width;
		}
	}
}

static void print_begin(const struct compare *compare)
{
	if (compare->options->format == FORMAT_TEXT)
		matrix_text_begin(stdout, &compare->matrix, &compare->style,
				  compare->name_width);
	else if (compare->options->format == FORMAT_JSON)
		matrix_json_begin(stdout, &compare->matrix);
}

static void print_row(const struct compare *compare,
		      const struct matrix_row *row)
{
	if (compare->options->format == FORMAT_TEXT)
		matrix_text_row(stdout, &compare->matrix, row, &compare->style,
				compare->name_width);
	else if (compare->options->format == FORMAT_JSON)
		matrix_json_row(stdout, &compare->matrix, row);
	fflush(stdout);
}

static void print_end(const struct compare *compare)
{
	if (compare->options->format == FORMAT_TEXT)
		matrix_text_end(stdout, &compare->matrix);
	else if (compare->options->format == FORMAT_JSON)
		matrix_json_end(stdout, &compare->matrix);
	else
		matrix_html(stdout, &compare->matrix);
}

/* -------------------------------------------------------------------------- */

static void compare_case(struct compare *compare,
			 const struct scenario *scenario,
			 const struct case_desc *desc)
{
	const struct kernels *kernels = compare->kernels;
	struct matrix_cell *cells = text_alloc(kernels->nr * sizeof(*cells));

	for (size_t i = 0; i < kernels->nr && !engine.interrupted; i++)
		cells[i] = run_cell(compare, scenario, desc,
				    &kernels->kernel[i]);
	if (engine.interrupted)
		free(cells);
	else
		print_row(compare, matrix_add(&compare->matrix, scenario->name,
					      desc->name, cells));
}

struct compare_summary compare_run(const struct cli_options *options,
				   const struct scenario_files *files,
				   const struct kernels *kernels,
				   const struct matrix_column *columns)
{
	struct compare compare = { .options = options, .kernels = kernels };
	const char *only = options->case_name;

	compare.matrix.columns = columns;
	compare.matrix.nr_columns = kernels->nr;
	compare.matrix.only_changes = options->quiet;
	style_init(&compare.style, STDOUT_FILENO, options->color);
	find_name_width(&compare, files);
	print_begin(&compare);
	for (size_t f = 0; f < files->nr; f++) {
		const struct scenario *s = files->files[f].scenario;

		for (size_t c = 0; c < s->nr_cases; c++)
			if (!only || !strcmp(only, s->cases[c].name))
				compare_case(&compare, s, &s->cases[c]);
	}
	compare.matrix.interrupted = engine.interrupted;
	print_end(&compare);
	compare.summary.worse = compare.matrix.nr_changed[MATRIX_WORSE];
	compare.summary.last_worse = compare.matrix.nr_last_worse;
	matrix_deinit(&compare.matrix);
	return compare.summary;
}

int compare_read(const struct cli_options *options,
		 struct scenario_files *files)
{
	int status = files_read(options, files);

	if (!status && files->nr_bad)
		status = 2;
	if (!status)
		status = files_have_case(files, options->case_name);
	return status;
}

static int exit_status(const struct compare_summary *summary)
{
	if (summary->tool_error)
		return 4;
	if (summary->worse)
		return 1;
	if (engine.interrupted)
		return 3;
	return summary->error ? 2 : 0;
}

static struct compare_summary
compare_kernels(const struct cli_options *options,
		const struct scenario_files *files,
		const struct kernels *kernels)
{
	struct matrix_column *columns = text_alloc(kernels->nr *
						   sizeof(*columns));
	struct compare_summary summary;

	for (size_t i = 0; i < kernels->nr; i++)
		columns[i].name = kernels->kernel[i].name;
	summary = compare_run(options, files, kernels, columns);
	free(columns);
	return summary;
}

int command_compare(const struct cli_options *options)
{
	struct kernels kernels = { 0 };
	struct compare_summary summary;
	struct scenario_files files;
	int status = compare_read(options, &files);

	if (!status)
		status = kernels_load(options, false, &kernels);
	if (!status) {
		summary = compare_kernels(options, &files, &kernels);
		status = exit_status(&summary);
	}
	kernels_deinit(&kernels);
	files_deinit(&files);
	return status;
}
