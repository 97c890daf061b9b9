// SPDX-License-Identifier: GPL-2.0-only
#include "html_run.h"

#include <stdlib.h>
#include <string.h>

#include "explore.h"
#include "html.h"
#include "points.h"
#include "terminal.h"

static void *more(void *array, size_t size)
{
	array = realloc(array, size);
	if (!array)
		abort();
	return array;
}

static char *copy_of(const char *text)
{
	char *copy = strdup(text);

	if (!copy)
		abort();
	return copy;
}

void html_run_begin(struct html_run *run, const char *source_url)
{
	*run = (struct html_run){ .source_url = source_url };
	run->parts = open_memstream(&run->parts_text, &run->parts_len);
	if (!run->parts)
		abort();
}

void html_run_deinit(struct html_run *run)
{
	for (size_t i = 0; i < run->nr_kernels; i++) {
		free(run->kernels[i]);
		free(run->versions[i]);
	}
	for (size_t i = 0; i < run->nr_rows; i++) {
		free(run->rows[i].scenario);
		free(run->rows[i].name);
		free(run->rows[i].cells);
	}
	free(run->kernels);
	free(run->versions);
	free(run->rows);
	if (run->parts)
		fclose(run->parts);
	free(run->parts_text);
	*run = (struct html_run){ 0 };
}

/* ---- Results ------------------------------------------------------------- */

static size_t column_of(struct html_run *run, const char *kernel,
			const char *version)
{
	size_t nr = run->nr_kernels;

	for (size_t i = 0; i < nr; i++)
		if (!strcmp(run->kernels[i], kernel))
			return i;
	run->kernels = more(run->kernels, (nr + 1) * sizeof(*run->kernels));
	run->versions = more(run->versions, (nr + 1) * sizeof(*run->versions));
	run->versions[nr] = copy_of(version ? version : "");
	run->kernels[run->nr_kernels++] = copy_of(kernel);
	for (size_t i = 0; i < run->nr_rows; i++) {
		struct html_row *row = &run->rows[i];

		row->cells = more(row->cells, (nr + 1) * sizeof(*row->cells));
		row->cells[nr] = (struct html_cell){ 0 };
	}
	return nr;
}

static struct html_row *row_of(struct html_run *run, const char *scenario,
			       const char *name)
{
	struct html_row *row;

	for (size_t i = run->nr_rows; i-- > 0;)
		if (!strcmp(run->rows[i].scenario, scenario) &&
		    !strcmp(run->rows[i].name, name))
			return &run->rows[i];
	run->rows = more(run->rows, (run->nr_rows + 1) * sizeof(*run->rows));
	row = &run->rows[run->nr_rows++];
	row->scenario = copy_of(scenario);
	row->name = copy_of(name);
	row->cells = calloc(run->nr_kernels, sizeof(*row->cells));
	if (!row->cells)
		abort();
	return row;
}

static void name_failure(struct html_cell *cell,
			 const struct case_result *result)
{
	const char *name = "";

	if (result->nr_findings)
		name = result->findings[0].is_violation ?
			       violation_name(result->findings[0].violation) :
			       "expectation";
	snprintf(cell->fails, sizeof(cell->fails), "%s", name);
	if (result->nr_findings)
		cell->step = trace_step_number(&result->trace,
					       result->findings[0].event);
}

static bool has_part(const struct case_result *result)
{
	if (result->verdict == VERDICT_SKIP)
		return false;
	return result->verdict != VERDICT_PASS ||
	       (result->search && result->search->nr_states);
}

static void add_part(struct html_run *run, const struct case_result *result)
{
	char prefix[16];
	struct html_view view = {
		.out = run->parts,
		.result = result,
		.source_url = run->source_url,
		.prefix = prefix,
		.part = true,
	};

	run->nr_parts++;
	snprintf(prefix, sizeof(prefix), "c%u-", run->nr_parts);
	fprintf(run->parts, "<section id=\"c%u\">\n", run->nr_parts);
	html_case_parts(&view);
	fputs("<p class=\"back\"><a href=\"#cases\">All cases</a></p>\n"
	      "</section>\n",
	      run->parts);
}

void html_run_add(struct html_run *run, const struct case_result *result)
{
	size_t at = column_of(run, result->kernel ? result->kernel : "-",
			      result->version);
	struct html_row *row = row_of(run, result_scenario_name(result),
				      result_case_name(result));
	struct html_cell *cell = &row->cells[at];

	*cell = (struct html_cell){ .there = true, .verdict = result->verdict };
	name_failure(cell, result);
	if (result->search)
		cell->nr_states = result->search->nr_states;
	run_totals_add(&run->totals, result->verdict);
	if (!has_part(result))
		return;
	add_part(run, result);
	cell->part = run->nr_parts;
}

/* ---- The matrix ---------------------------------------------------------- */

static const struct {
	const char *class, *label;
} picks[] = {
	{ "fail", "failed" },	   { "known", "known failures" },
	{ "open", "not decided" }, { "pass", "passed" },
	{ "skip", "skipped" },
};

#define NR_PICKS (sizeof(picks) / sizeof(picks[0]))

static bool row_has(const struct html_run *run, const struct html_row *row,
		    const char *class)
{
	for (size_t i = 0; i < run->nr_kernels; i++)
		if (row->cells[i].there &&
		    !strcmp(html_verdict_class(row->cells[i].verdict), class))
			return true;
	return false;
}

static size_t count_rows(const struct html_run *run, const char *class)
{
	size_t nr = 0;

	for (size_t i = 0; i < run->nr_rows; i++)
		nr += row_has(run, &run->rows[i], class);
	return nr;
}

static void put_filters(FILE *out, const struct html_run *run)
{
	fprintf(out,
		"<input type=\"radio\" name=\"only\" class=\"pick\" "
		"id=\"only-all\" checked><label for=\"only-all\">all cases "
		"(%zu)</label>\n",
		run->nr_rows);
	for (size_t i = 0; i < NR_PICKS; i++) {
		size_t nr = count_rows(run, picks[i].class);

		if (nr)
			fprintf(out,
				"<input type=\"radio\" name=\"only\" "
				"class=\"pick\" id=\"only-%s\"><label "
				"for=\"only-%s\">%s (%zu)</label>\n",
				picks[i].class, picks[i].class, picks[i].label,
				nr);
	}
}

static void put_cell_text(FILE *out, const struct html_cell *cell)
{
	fprintf(out,
		"<span class=\"sign\" aria-hidden=\"true\">%s</span>%s%s%s",
		html_verdict_sign(cell->verdict), verdict_name(cell->verdict),
		*cell->fails ? " " : "", cell->fails);
}

static void put_cell(FILE *out, const struct html_cell *cell,
		     const char *kernel)
{
	if (!cell->there) {
		fputs("<td class=\"skip\"></td>", out);
		return;
	}
	fprintf(out, "<td class=\"%s\"><span class=\"who\">",
		html_verdict_class(cell->verdict));
	html_text(out, kernel);
	fputs(" </span>", out);
	if (cell->part)
		fprintf(out, "<a href=\"#c%u\">", cell->part);
	put_cell_text(out, cell);
	if (cell->part)
		fputs("</a>", out);
	if (cell->part && cell->step)
		fprintf(out, " <a class=\"step\" href=\"#c%u-s%u\">step %u</a>",
			cell->part, cell->step, cell->step);
	else if (cell->nr_states)
		fprintf(out, " %zu end state%s", cell->nr_states,
			cell->nr_states == 1 ? "" : "s");
	fputs("</td>", out);
}

static void put_row(FILE *out, const struct html_run *run,
		    const struct html_row *row)
{
	fputs("<tr class=\"case", out);
	for (size_t i = 0; i < NR_PICKS; i++)
		if (row_has(run, row, picks[i].class))
			fprintf(out, " has-%s", picks[i].class);
	fputs("\"><th scope=\"row\">", out);
	html_text(out, row->scenario);
	fputs(" / <wbr>", out);
	html_text(out, row->name);
	fputs("</th>", out);
	for (size_t i = 0; i < run->nr_kernels; i++)
		put_cell(out, &row->cells[i], run->kernels[i]);
	fputs("</tr>\n", out);
}

static void put_matrix(FILE *out, const struct html_run *run)
{
	fputs("<div id=\"cases\">\n", out);
	put_filters(out, run);
	fputs("<table class=\"matrix\">\n<thead><tr><th scope=\"col\">case"
	      "</th>",
	      out);
	for (size_t i = 0; i < run->nr_kernels; i++) {
		fputs("<th scope=\"col\">", out);
		html_text(out, run->kernels[i]);
		if (*run->versions[i]) {
			fputs("<span>Linux ", out);
			html_text(out, run->versions[i]);
			fputs("</span>", out);
		}
		fputs("</th>", out);
	}
	fputs("</tr></thead>\n<tbody>\n", out);
	for (size_t i = 0; i < run->nr_rows; i++)
		put_row(out, run, &run->rows[i]);
	fputs("</tbody>\n</table>\n</div>\n", out);
}

void html_run_write(FILE *out, struct html_run *run)
{
	const struct run_totals *totals = &run->totals;

	fclose(run->parts);
	run->parts = NULL;
	html_begin(out, "pfnsim: cases and kernels");
	fprintf(out,
		"<h1>Cases and kernels</h1>\n<p class=\"meta\">%zu passed, %zu "
		"known failure%s, %zu failed, %zu skipped. Each cell that "
		"did not simply pass leads to a part of this page; searches "
		"list the states that their executions end in.</p>\n",
		totals->passed, totals->known, totals->known == 1 ? "" : "s",
		totals->failed, totals->skipped);
	put_matrix(out, run);
	if (run->parts_text)
		fwrite(run->parts_text, 1, run->parts_len, out);
	html_end(out);
}
