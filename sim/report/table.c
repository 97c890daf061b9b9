// SPDX-License-Identifier: GPL-2.0-only
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "table.h"

#define NR_VERDICTS (VERDICT_ERROR + 1)
#define GAP 2

struct run_cell {
	size_t counts[NR_VERDICTS];
};

struct run_row {
	const char *scenario;
	struct run_cell *cells; /* nr_cells, as many kernels as were used */
	size_t nr_cells;
};

/* ---- Totals ------------------------------------------------------------ */

void run_totals_add(struct run_totals *totals, enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_PASS:
		totals->passed++;
		return;
	case VERDICT_XFAIL:
		totals->known++;
		return;
	case VERDICT_SKIP:
		totals->skipped++;
		return;
	case VERDICT_FAIL:
		break;
	case VERDICT_XPASS:
		totals->unexpected++;
		break;
	case VERDICT_UNKNOWN:
		totals->unknown++;
		break;
	case VERDICT_ERROR:
		totals->errors++;
		break;
	}
	totals->failed++;
}

static void add_count(struct buf *out, size_t nr, const char *one,
		      const char *many)
{
	if (nr)
		buf_printf(out, "%s%zu %s", out->len ? ", " : "", nr,
			   nr == 1 ? one : many);
}

void report_totals(FILE *out, const struct run_totals *totals,
		   const struct report_style *style)
{
	enum style_part part = totals->failed ? PART_BAD : PART_GOOD;
	struct buf line = { 0 };

	add_count(&line, totals->known, "known failure", "known failures");
	add_count(&line, totals->unexpected, "unexpected pass",
		  "unexpected passes");
	add_count(&line, totals->unknown, "without a verdict",
		  "without a verdict");
	add_count(&line, totals->errors, "error", "errors");
	if (line.len)
		fprintf(out, "%s\n", buf_get(&line));
	fprintf(out, "%s%zu passed, %zu failed, %zu skipped%s\n",
		style_on(style, part), totals->passed, totals->failed,
		totals->skipped, style_off(style, part));
	buf_deinit(&line);
}

/* ---- Collecting -------------------------------------------------------- */

static struct run_row *find_row(struct run_table *table, const char *scenario)
{
	struct run_row *rows;

	for (size_t i = 0; i < table->nr_rows; i++)
		if (!strcmp(table->rows[i].scenario, scenario))
			return &table->rows[i];
	rows = realloc(table->rows, (table->nr_rows + 1) * sizeof(*rows));
	if (!rows)
		return NULL;
	table->rows = rows;
	rows[table->nr_rows] = (struct run_row){ .scenario = scenario };
	return &rows[table->nr_rows++];
}

/* Index of the kernel, table->nr_kernels where there is no memory. */
static size_t find_kernel(struct run_table *table, const char *kernel)
{
	const char **kernels;
	size_t i;

	for (i = 0; i < table->nr_kernels; i++)
		if (!strcmp(table->kernels[i], kernel))
			return i;
	kernels = realloc(table->kernels, (i + 1) * sizeof(*kernels));
	if (!kernels)
		return table->nr_kernels;
	table->kernels = kernels;
	kernels[i] = kernel;
	table->nr_kernels++;
	return i;
}

static struct run_cell *find_cell(struct run_row *row, size_t kernel)
{
	struct run_cell *cells;

	if (kernel < row->nr_cells)
		return &row->cells[kernel];
	cells = realloc(row->cells, (kernel + 1) * sizeof(*cells));
	if (!cells)
		return NULL;
	row->cells = cells;
	memset(cells + row->nr_cells, 0,
	       (kernel + 1 - row->nr_cells) * sizeof(*cells));
	row->nr_cells = kernel + 1;
	return &cells[kernel];
}

int run_table_add(struct run_table *table, const char *scenario,
		  const char *kernel, enum verdict verdict)
{
	struct run_row *row = find_row(table, scenario);
	size_t column = row ? find_kernel(table, kernel) : 0;
	struct run_cell *cell;

	if (!row || column == table->nr_kernels)
		return -ENOMEM;
	cell = find_cell(row, column);
	if (!cell)
		return -ENOMEM;
	cell->counts[verdict]++;
	return 0;
}

void run_table_deinit(struct run_table *table)
{
	for (size_t i = 0; i < table->nr_rows; i++)
		free(table->rows[i].cells);
	free(table->rows);
	free(table->kernels);
	memset(table, 0, sizeof(*table));
}

/* ---- Printing ---------------------------------------------------------- */

static bool is_quiet(enum verdict verdict)
{
	return verdict == VERDICT_PASS || verdict == VERDICT_XFAIL ||
	       verdict == VERDICT_SKIP;
}

/* "FAIL" shouts, "xfail" does not. */
static void add_verdict(struct buf *out, enum verdict verdict)
{
	for (const char *c = verdict_name(verdict); *c; c++)
		buf_printf(out, "%c", is_quiet(verdict) ? tolower(*c) : *c);
}

static enum style_part describe_cell(struct buf *out,
				     const struct run_cell *cell)
{
	static const enum verdict worst_first[NR_VERDICTS] = {
		VERDICT_ERROR, VERDICT_FAIL, VERDICT_XPASS, VERDICT_UNKNOWN,
		VERDICT_XFAIL, VERDICT_PASS, VERDICT_SKIP,
	};
	enum style_part part = PART_PLAIN;
	size_t all = 0;

	buf_clear(out);
	for (size_t i = 0; i < NR_VERDICTS; i++)
		all += cell->counts[i];
	for (size_t i = 0; i < NR_VERDICTS; i++) {
		enum verdict verdict = worst_first[i];
		size_t nr = cell->counts[verdict];

		if (!nr)
			continue;
		if (!is_quiet(verdict))
			part = PART_BAD;
		if (out->len)
			buf_puts(out, " ");
		if (nr < all || verdict == VERDICT_PASS ||
		    verdict == VERDICT_XFAIL)
			buf_printf(out, "%zu ", nr);
		add_verdict(out, verdict);
	}
	if (!all)
		buf_puts(out, "-");
	return part;
}

static enum style_part describe_column(struct buf *out,
				       const struct run_row *row, size_t kernel)
{
	static const struct run_cell empty;

	return describe_cell(out, kernel < row->nr_cells ? &row->cells[kernel] :
							   &empty);
}

/* Names are ASCII by their own rules; a file's path may be anything. */
static size_t width_of(const char *s)
{
	struct buf safe = { 0 };
	size_t width;

	escape_terminal(&safe, s, false);
	width = safe.len;
	buf_deinit(&safe);
	return width;
}

static size_t column_width(const struct run_table *table, size_t kernel)
{
	size_t width = width_of(table->kernels[kernel]);
	struct buf text = { 0 };

	for (size_t i = 0; i < table->nr_rows; i++) {
		describe_column(&text, &table->rows[i], kernel);
		if (text.len > width)
			width = text.len;
	}
	buf_deinit(&text);
	return width;
}

static size_t name_width(const struct run_table *table)
{
	size_t width = strlen("scenario");

	for (size_t i = 0; i < table->nr_rows; i++)
		if (width_of(table->rows[i].scenario) > width)
			width = width_of(table->rows[i].scenario);
	return width;
}

/* One cell; the last of a line has no blanks behind it. */
static void print_padded(FILE *out, const char *s, size_t width, bool last)
{
	struct buf safe = { 0 };

	escape_terminal(&safe, s, false);
	if (!last)
		buf_pad(&safe, width - safe.len + GAP);
	fputs(buf_get(&safe), out);
	buf_deinit(&safe);
}

static void print_dashes(FILE *out, size_t width, bool last)
{
	for (size_t i = 0; i < width; i++)
		fputc('-', out);
	if (!last)
		fprintf(out, "%*s", GAP, "");
}

/* Prints the columns of the kernels from @first up to, not including, @end. */
static void print_part(FILE *out, const struct run_table *table,
		       const struct report_style *style, size_t first,
		       size_t end, const size_t *widths)
{
	size_t names = name_width(table);
	struct buf text = { 0 };

	print_padded(out, "scenario", names, false);
	for (size_t i = first; i < end; i++)
		print_padded(out, table->kernels[i], widths[i], i + 1 == end);
	fputc('\n', out);
	print_dashes(out, names, false);
	for (size_t i = first; i < end; i++)
		print_dashes(out, widths[i], i + 1 == end);
	fputc('\n', out);
	for (size_t r = 0; r < table->nr_rows; r++) {
		print_padded(out, table->rows[r].scenario, names, false);
		for (size_t i = first; i < end; i++) {
			enum style_part part = describe_column(
				&text, &table->rows[r], i);

			fputs(style_on(style, part), out);
			print_padded(out, buf_get(&text), widths[i],
				     i + 1 == end);
			fputs(style_off(style, part), out);
		}
		fputc('\n', out);
	}
	buf_deinit(&text);
}

void report_table(FILE *out, const struct run_table *table,
		  const struct report_style *style)
{
	size_t *widths = calloc(table->nr_kernels + 1, sizeof(*widths));
	size_t first = 0;

	if (!widths)
		return;
	for (size_t i = 0; i < table->nr_kernels; i++)
		widths[i] = column_width(table, i);
	while (first < table->nr_kernels) {
		size_t width = name_width(table) + GAP + widths[first];
		size_t end = first + 1;

		while (end < table->nr_kernels &&
		       width + GAP + widths[end] <= style->columns)
			width += GAP + widths[end++];
		if (first)
			fputc('\n', out);
		print_part(out, table, style, first, end, widths);
		first = end;
	}
	free(widths);
}
