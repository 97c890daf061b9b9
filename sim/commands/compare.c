// SPDX-License-Identifier: GPL-2.0-only
/*
 * `pfnsim compare`: every case on each of the kernels, in the order in which they
 * were given, and what changes from one to the next.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
	enum verdict verdict;
	const char *fails; /* what it failed by, or "" */
	enum change change;
};

struct compare {
	const struct cli_options *options;
	struct scenario_files files;
	struct kernels kernels;
	struct report_style style;
	struct cell *row; /* one cell a kernel */
	size_t name_width, *widths;
	size_t nr_cases, nr_changed[NR_CHANGES];
	bool tool_error, error;
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

static struct cell run_cell(struct compare *compare,
			    const struct scenario *scenario,
			    const struct case_desc *desc,
			    const struct loaded_kernel *kernel)
{
	struct case_result result;
	struct cell cell = { .fails = "" };

	run_case(scenario, desc, kernel, &result);
	cell.verdict = result.verdict;
	if (badness(result.verdict) == 2 && result.nr_findings)
		cell.fails = result.findings[0].is_violation ?
				     violation_name(
					     result.findings[0].violation) :
				     "expectation";
	compare->tool_error |= result.tool_error;
	compare->error |= result.verdict == VERDICT_ERROR;
	case_result_deinit(&result);
	return cell;
}

/*
 * A kernel that skips a case hides no change: whether the next one is better or
 * worse is seen against the last that ran it.
 */
static void mark_changes(struct cell *row, size_t nr)
{
	int last = badness(row[0].verdict);

	for (size_t i = 1; i < nr; i++) {
		int now = badness(row[i].verdict);

		if (now >= 0 && last >= 0 && now != last)
			row[i].change = now > last ? CHANGE_WORSE :
						     CHANGE_BETTER;
		else if (row[i].verdict != row[i - 1].verdict ||
			 strcmp(row[i].fails, row[i - 1].fails))
			row[i].change = CHANGE_OTHER;
		if (now >= 0)
			last = now;
	}
}

static enum change worst_change(const struct compare *compare)
{
	enum change worst = CHANGE_NONE;

	for (size_t i = 0; i < compare->kernels.nr; i++)
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

	for (const char *c = verdict_name(cell->verdict); *c; c++)
		buf_printf(out, "%c", loud ? *c : tolower(*c));
	if (*cell->fails)
		buf_printf(out, " %s", cell->fails);
}

static void find_widths(struct compare *compare)
{
	for (size_t f = 0; f < compare->files.nr; f++) {
		const struct scenario *s = compare->files.files[f].scenario;

		for (size_t c = 0; c < s->nr_cases; c++) {
			size_t width = strlen(s->name) + 1 +
				       strlen(s->cases[c].name);

			if (width > compare->name_width)
				compare->name_width = width;
		}
	}
	for (size_t i = 0; i < compare->kernels.nr; i++) {
		size_t width = strlen(compare->kernels.kernel[i].name);

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
	for (size_t i = 0; i < compare->kernels.nr; i++) {
		struct buf name = { 0 };

		escape_terminal(&name, compare->kernels.kernel[i].name, false);
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
	for (size_t i = 0; i < compare->kernels.nr; i++)
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
	for (size_t i = 0; i < compare->kernels.nr; i++) {
		const struct cell *cell = &compare->row[i];
		const char *change = change_names[cell->change];
		struct buf kernel = { 0 };

		escape_json(&kernel, compare->kernels.kernel[i].name);
		printf("%s\n  {\"kernel\": %s, \"verdict\": \"%s\", "
		       "\"fails\": \"%s\", \"change\": %s%s%s}",
		       i ? "," : "", buf_get(&kernel),
		       verdict_name(cell->verdict), cell->fails,
		       change ? "\"" : "", change ? change : "null",
		       change ? "\"" : "");
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

	for (size_t i = 0; i < compare->kernels.nr; i++) {
		if (engine.interrupted)
			return;
		compare->row[i] = run_cell(compare, scenario, desc,
					   &compare->kernels.kernel[i]);
	}
	mark_changes(compare->row, compare->kernels.nr);
	change = worst_change(compare);
	if (json)
		print_json_row(compare, scenario->name, desc->name);
	else
		print_row(compare, scenario->name, desc->name, change);
	compare->nr_cases++;
	compare->nr_changed[change]++;
	fflush(stdout);
}

static int exit_status(const struct compare *compare)
{
	if (compare->tool_error)
		return 4;
	if (compare->nr_changed[CHANGE_WORSE])
		return 1;
	if (engine.interrupted)
		return 3;
	return compare->error ? 2 : 0;
}

static int compare_files(struct compare *compare)
{
	bool json = compare->options->format == FORMAT_JSON;
	const char *only = compare->options->case_name;

	compare->row = text_alloc(compare->kernels.nr * sizeof(*compare->row));
	compare->widths = text_alloc(compare->kernels.nr *
				     sizeof(*compare->widths));
	style_init(&compare->style, STDOUT_FILENO, compare->options->color);
	find_widths(compare);
	if (json)
		printf("{\"cases\": [");
	else
		print_head(compare);
	for (size_t f = 0; f < compare->files.nr; f++) {
		const struct scenario *s = compare->files.files[f].scenario;

		for (size_t c = 0; c < s->nr_cases; c++)
			if (!only || !strcmp(only, s->cases[c].name))
				compare_case(compare, s, &s->cases[c]);
	}
	if (json)
		print_json_end(compare);
	else
		print_end(compare);
	free(compare->row);
	free(compare->widths);
	return exit_status(compare);
}

int command_compare(const struct cli_options *options)
{
	struct compare compare = { .options = options };
	int status = files_read(options, &compare.files);

	if (!status && compare.files.nr_bad)
		status = 2;
	if (!status)
		status = files_have_case(&compare.files, options->case_name);
	if (!status)
		status = kernels_load(options, false, &compare.kernels);
	if (!status)
		status = compare_files(&compare);
	kernels_deinit(&compare.kernels);
	files_deinit(&compare.files);
	return status;
}
