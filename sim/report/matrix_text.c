// SPDX-License-Identifier: GPL-2.0-only
/* The matrix for a terminal. */
#include <string.h>

#include "buf.h"
#include "escape.h"
#include "matrix.h"

#define CELL_WIDTH 28

static size_t column_width(const struct matrix_column *column)
{
	size_t width = strlen(column->name);

	return width < CELL_WIDTH ? CELL_WIDTH : width;
}

static void print_line(FILE *out, struct buf *line)
{
	while (line->len && line->bytes[line->len - 1] == ' ')
		line->bytes[--line->len] = '\0';
	fprintf(out, "%s\n", buf_get(line));
	buf_deinit(line);
}

/* What the names stand for, where they do not say it themselves. */
static void print_titles(FILE *out, const struct matrix *matrix,
			 const struct report_style *style)
{
	bool any = false;

	for (size_t i = 0; i < matrix->nr_columns; i++) {
		const struct matrix_column *column = &matrix->columns[i];
		struct buf line = { 0 };

		if (!column->title)
			continue;
		buf_printf(&line, "  %s  ", column->name);
		escape_terminal(&line, column->title, style->utf8);
		if (column->error) {
			buf_puts(&line, "\n    does not build: ");
			escape_terminal(&line, column->error, style->utf8);
		}
		print_line(out, &line);
		any = true;
	}
	if (any)
		fputc('\n', out);
}

void matrix_text_begin(FILE *out, const struct matrix *matrix,
		       const struct report_style *style, size_t name_width)
{
	struct buf line = { 0 };

	print_titles(out, matrix, style);
	buf_printf(&line, "  %-*s", (int)name_width, "case");
	for (size_t i = 0; i < matrix->nr_columns; i++) {
		const struct matrix_column *column = &matrix->columns[i];
		struct buf name = { 0 };

		escape_terminal(&name, column->name, false);
		buf_printf(&line, "    %-*s", (int)column_width(column),
			   buf_get(&name));
		buf_deinit(&name);
	}
	print_line(out, &line);
}

static void add_cell(struct buf *line, const struct matrix_cell *cell,
		     const struct report_style *style, size_t width)
{
	static const enum style_part parts[] = { PART_PLAIN, PART_KNOWN,
						 PART_GOOD, PART_BAD };
	enum style_part part = parts[cell->change];
	struct buf text = { 0 };

	matrix_describe(&text, cell);
	buf_printf(line, "  %s%c %s%s", style_on(style, part),
		   matrix_mark(cell->change), buf_get(&text),
		   style_off(style, part));
	if (text.len < width)
		buf_pad(line, width - text.len);
	buf_deinit(&text);
}

void matrix_text_row(FILE *out, const struct matrix *matrix,
		     const struct matrix_row *row,
		     const struct report_style *style, size_t name_width)
{
	struct buf line = { 0 };

	if (matrix->only_changes && !row->change)
		return;
	buf_printf(&line, "%c %s/%s", matrix_mark(row->change), row->scenario,
		   row->name);
	if (line.len < name_width + 2)
		buf_pad(&line, name_width + 2 - line.len);
	for (size_t i = 0; i < matrix->nr_columns; i++)
		add_cell(&line, &row->cells[i], style,
			 column_width(&matrix->columns[i]));
	print_line(out, &line);
}

void matrix_text_end(FILE *out, const struct matrix *matrix)
{
	struct buf line = { 0 };

	if (matrix->interrupted)
		fputs("interrupted: what is above is all that ran\n", out);
	matrix_summary(&line, matrix);
	print_line(out, &line);
}
