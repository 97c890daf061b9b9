// SPDX-License-Identifier: GPL-2.0-only
/*
 * The matrix, and `pfnsim compare`: every case on each of the kernels, in the order in which they
 * were given, and what changes from one to the next.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "compare.h"
#include "commands.h"
#include "engine.h"
#include "escape.h"
#include "inputs.h"
#include "points.h"
#include "runner.h"
#include "text.h"

/* How a cell differs from the one before it, ordered: the worst marks a row. */
enum change { CHANGE_NONE, CHANGE_OTHER, CHANGE_BETTER, CHANGE_WORSE };
#define NR_CHANGES (CHANGE_WORSE + 1)

static const char *const change_names[] = { NULL, "other", "better", "worse" };
static const char change_marks[] = " ~+-";

struct cell {
	bool absent; /* no kernel: it could not be built */
	enum verdict verdict;
	const char *fails; /* what it failed by, or "" */
	enum change change;
};

struct compare {
	const struct cli_options *options;
	const struct scenario_files *files;
	const struct kernels *kernels;
	struct report_style style;
	struct cell *row; /* one cell a kernel */
	size_t name_width, *widths;
	size_t nr_cases, nr_changed[NR_CHANGES];
	struct compare_summary summary;
};

/* ---- Verdicts ------------------------------------------------------------ */

/*
 * How badly the kernel behaves, whatever was expected of it: a known failure is
 * one, an unexpected pass is none.  A skip says nothing: -1.
 */
static int badness(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_PASS:
	case VERDICT_XPASS:
		return 0;
	case VERDICT_UNKNOWN:
		return 1;
	case VERDICT_XFAIL:
	case VERDICT_FAIL:
		return 2;
	case VERDICT_ERROR:
		return 3;
	case VERDICT_SKIP:
		break;
	}
	return -1;
}

static int cell_badness(const struct cell *cell)
{
	return cell->absent ? -1 : badness(cell->verdict);
}

static struct cell run_cell(struct compare *compare,
			    const struct scenario *scenario,
			    const struct case_desc *desc,
			    const struct loaded_kernel *kernel)
{
	struct case_result result;
	struct cell cell = { .fails = "", .absent = !kernel->desc };

	if (cell.absent)
		return cell;
	run_case(scenario, desc, kernel, &result);
	cell.verdict = result.verdict;
	if (badness(result.verdict) == 2 && result.nr_findings)
		cell.fails = result.findings[0].is_violation ?
				     violation_name(
					     result.findings[0].violation) :
				     "expectation";
	compare->summary.tool_error |= result.tool_error;
	compare->summary.error |= result.verdict == VERDICT_ERROR;
	case_result_deinit(&result);
	return cell;
}

/*
 * A kernel that skips a case hides no change: whether the next one is better or
 * worse is seen against the last that ran it.  One that is not there is no
 * change, and hides none.
 */
static void mark_changes(struct cell *row, size_t nr)
{
	const struct cell *before = NULL;
	int last = -1;

	for (struct cell *cell = row; cell < row + nr; cell++) {
		int now = cell_badness(cell);

		if (cell->absent)
			continue;
		if (now >= 0 && last >= 0 && now != last)
			cell->change = now > last ? CHANGE_WORSE :
						    CHANGE_BETTER;
		else if (before && (cell->verdict != before->verdict ||
				    strcmp(cell->fails, before->fails)))
			cell->change = CHANGE_OTHER;
		if (now >= 0)
			last = now;
		before = cell;
	}
}

static bool last_is_worse(const struct cell *row, size_t nr)
{
	int first = -1, last = cell_badness(&row[nr - 1]);

	for (size_t i = 0; i < nr && first < 0; i++)
		first = cell_badness(&row[i]);
	return last > first;
}

static enum change worst_change(const struct compare *compare)
{
	enum change worst = CHANGE_NONE;

	for (size_t i = 0; i < compare->kernels->nr; i++)
		if (compare->row[i].change > worst)
			worst = compare->row[i].change;
	return worst;
}

/* ---- Text ---------------------------------------------------------------- */

#define CELL_WIDTH 28

/* "pass", "FAIL use-after-free" */
static void describe(struct buf *out, const struct cell *cell)
{
	bool loud = cell->verdict == VERDICT_FAIL ||
		    cell->verdict == VERDICT_ERROR;

	if (cell->absent) {
		buf_puts(out, "no build");
		return;
	}
	for (const char *c = verdict_name(cell->verdict); *c; c++)
		buf_printf(out, "%c", loud ? *c : tolower(*c));
	if (*cell->fails)
		buf_printf(out, " %s", cell->fails);
}

static void find_widths(struct compare *compare)
{
	for (size_t f = 0; f < compare->files->nr; f++) {
		const struct scenario *s = compare->files->files[f].scenario;

		for (size_t c = 0; c < s->nr_cases; c++) {
			size_t width = strlen(s->name) + 1 +
				       strlen(s->cases[c].name);

			if (width > compare->name_width)
				compare->name_width = width;
		}
	}
	for (size_t i = 0; i < compare->kernels->nr; i++) {
		size_t width = strlen(compare->kernels->kernel[i].name);

		compare->widths[i] = width < CELL_WIDTH ? CELL_WIDTH : width;
	}
}

static void print_line(struct buf *line)
{
	while (line->len && line->bytes[line->len - 1] == ' ')
		line->bytes[--line->len] = '\0';
	printf("%s\n", buf_get(line));
	buf_deinit(line);
}

static void print_head(const struct compare *compare)
{
	struct buf line = { 0 };

	buf_printf(&line, "  %-*s", (int)compare->name_width, "case");
	for (size_t i = 0; i < compare->kernels->nr; i++) {
		struct buf name = { 0 };

		escape_terminal(&name, compare->kernels->kernel[i].name, false);
		buf_printf(&line, "    %-*s", (int)compare->widths[i],
			   buf_get(&name));
		buf_deinit(&name);
	}
	print_line(&line);
}

static void add_cell(struct buf *line, const struct compare *compare, size_t i)
{
	static const enum style_part parts[] = { PART_PLAIN, PART_KNOWN,
						 PART_GOOD, PART_BAD };
	const struct cell *cell = &compare->row[i];
	enum style_part part = parts[cell->change];
	struct buf text = { 0 };

	describe(&text, cell);
	buf_printf(line, "  %s%c %s%s", style_on(&compare->style, part),
		   change_marks[cell->change], buf_get(&text),
		   style_off(&compare->style, part));
	if (text.len < compare->widths[i])
		buf_pad(line, compare->widths[i] - text.len);
	buf_deinit(&text);
}

static void print_row(const struct compare *compare, const char *scenario,
		      const char *name, enum change change)
{
	struct buf line = { 0 };

	if (compare->options->quiet && !change)
		return;
	buf_printf(&line, "%c %s/%s", change_marks[change], scenario, name);
	if (line.len < compare->name_width + 2)
		buf_pad(&line, compare->name_width + 2 - line.len);
	for (size_t i = 0; i < compare->kernels->nr; i++)
		add_cell(&line, compare, i);
	print_line(&line);
}

static void print_end(const struct compare *compare)
{
	if (engine.interrupted)
		puts("interrupted: what is above is all that ran");
	printf("%zu case%s: %zu worse, %zu better, %zu changed otherwise\n",
	       compare->nr_cases, compare->nr_cases == 1 ? "" : "s",
	       compare->nr_changed[CHANGE_WORSE],
	       compare->nr_changed[CHANGE_BETTER],
	       compare->nr_changed[CHANGE_OTHER]);
}

/* ---- JSON ---------------------------------------------------------------- */

/* Names of scenarios and cases, verdicts and violations need no escaping. */
static void print_json_row(const struct compare *compare, const char *scenario,
			   const char *name)
{
	printf("%s\n {\"scenario\": \"%s\", \"case\": \"%s\", \"cells\": [",
	       compare->nr_cases ? "," : "", scenario, name);
	for (size_t i = 0; i < compare->kernels->nr; i++) {
		const struct cell *cell = &compare->row[i];
		const char *change = change_names[cell->change];
		struct buf kernel = { 0 };

		escape_json(&kernel, compare->kernels->kernel[i].name);
		printf("%s\n  {\"kernel\": %s, \"verdict\": \"%s\", "
		       "\"fails\": \"%s\", \"change\": %s%s%s}",
		       i ? "," : "", buf_get(&kernel),
		       cell->absent ? "NO-BUILD" : verdict_name(cell->verdict),
		       cell->fails, change ? "\"" : "",
		       change ? change : "null", change ? "\"" : "");
		buf_deinit(&kernel);
	}
	printf("]}");
}

static void print_json_end(const struct compare *compare)
{
	printf("\n], \"worse\": %zu, \"better\": %zu, \"other\": %zu, "
	       "\"interrupted\": %s}\n",
	       compare->nr_changed[CHANGE_WORSE],
	       compare->nr_changed[CHANGE_BETTER],
	       compare->nr_changed[CHANGE_OTHER],
	       engine.interrupted ? "true" : "false");
}

/* -------------------------------------------------------------------------- */

static void compare_case(struct compare *compare,
			 const struct scenario *scenario,
			 const struct case_desc *desc)
{
	bool json = compare->options->format == FORMAT_JSON;
	enum change change;

	for (size_t i = 0; i < compare->kernels->nr; i++) {
		if (engine.interrupted)
			return;
		compare->row[i] = run_cell(compare, scenario, desc,
					   &compare->kernels->kernel[i]);
	}
	mark_changes(compare->row, compare->kernels->nr);
	change = worst_change(compare);
	compare->summary.worse += change == CHANGE_WORSE;
	compare->summary.last_worse += last_is_worse(compare->row,
						     compare->kernels->nr);
	if (json)
		print_json_row(compare, scenario->name, desc->name);
	else
		print_row(compare, scenario->name, desc->name, change);
	compare->nr_cases++;
	compare->nr_changed[change]++;
	fflush(stdout);
}

struct compare_summary compare_run(const struct cli_options *options,
				   const struct scenario_files *files,
				   const struct kernels *kernels)
{
	struct compare compare = { .options = options,
				   .files = files,
				   .kernels = kernels };
	bool json = options->format == FORMAT_JSON;
	const char *only = options->case_name;

	compare.row = text_alloc(kernels->nr * sizeof(*compare.row));
	compare.widths = text_alloc(kernels->nr * sizeof(*compare.widths));
	style_init(&compare.style, STDOUT_FILENO, options->color);
	find_widths(&compare);
	if (json)
		printf("{\"cases\": [");
	else
		print_head(&compare);
	for (size_t f = 0; f < files->nr; f++) {
		const struct scenario *s = files->files[f].scenario;

		for (size_t c = 0; c < s->nr_cases; c++)
			if (!only || !strcmp(only, s->cases[c].name))
				compare_case(&compare, s, &s->cases[c]);
	}
	if (json)
		print_json_end(&compare);
	else
		print_end(&compare);
	free(compare.row);
	free(compare.widths);
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

int command_compare(const struct cli_options *options)
{
	struct kernels kernels = { 0 };
	struct compare_summary summary;
	struct scenario_files files;
	int status = compare_read(options, &files);

	if (!status)
		status = kernels_load(options, false, &kernels);
	if (!status) {
		summary = compare_run(options, &files, &kernels);
		status = exit_status(&summary);
	}
	kernels_deinit(&kernels);
	files_deinit(&files);
	return status;
}
