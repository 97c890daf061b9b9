// SPDX-License-Identifier: GPL-2.0-only
/*
 * The matrix as JSON.  Names of scenarios and cases, verdicts and violations need
 * no escaping.
 */
#include "buf.h"
#include "escape.h"
#include "matrix.h"

static void add_text(struct buf *line, const char *key, const char *text)
{
	buf_printf(line, "\"%s\": ", key);
	if (text)
		escape_json(line, text);
	else
		buf_puts(line, "null");
}

void matrix_json_begin(FILE *out, const struct matrix *matrix)
{
	fputs("{\"kernels\": [", out);
	for (size_t i = 0; i < matrix->nr_columns; i++) {
		const struct matrix_column *column = &matrix->columns[i];
		struct buf line = { 0 };

		add_text(&line, "name", column->name);
		buf_puts(&line, ", ");
		add_text(&line, "title", column->title);
		buf_puts(&line, ", ");
		add_text(&line, "error", column->error);
		fprintf(out, "%s\n {%s}", i ? "," : "", buf_get(&line));
		buf_deinit(&line);
	}
	fputs("\n], \"cases\": [", out);
}

static bool is_printed(const struct matrix *matrix,
		       const struct matrix_row *row)
{
	return !matrix->only_changes || row->change;
}

static bool is_first(const struct matrix *matrix, const struct matrix_row *row)
{
	while (row > matrix->rows)
		if (is_printed(matrix, --row))
			return false;
	return true;
}

void matrix_json_row(FILE *out, const struct matrix *matrix,
		     const struct matrix_row *row)
{
	static const char *const changes[] = { "null", "\"other\"",
					       "\"better\"", "\"worse\"" };

	if (!is_printed(matrix, row))
		return;
	fprintf(out,
		"%s\n {\"scenario\": \"%s\", \"case\": \"%s\", "
		"\"cells\": [",
		is_first(matrix, row) ? "" : ",", row->scenario, row->name);
	for (size_t i = 0; i < matrix->nr_columns; i++) {
		const struct matrix_cell *cell = &row->cells[i];
		struct buf name = { 0 };

		escape_json(&name, matrix->columns[i].name);
		fprintf(out,
			"%s\n  {\"kernel\": %s, \"verdict\": \"%s\", "
			"\"fails\": \"%s\", \"change\": %s}",
			i ? "," : "", buf_get(&name),
			cell->absent ? "NO-BUILD" : verdict_name(cell->verdict),
			cell->fails, changes[cell->change]);
		buf_deinit(&name);
	}
	fputs("]}", out);
}

void matrix_json_end(FILE *out, const struct matrix *matrix)
{
	fprintf(out,
		"\n], \"worse\": %zu, \"better\": %zu, \"other\": %zu, "
		"\"interrupted\": %s}\n",
		matrix->nr_changed[MATRIX_WORSE],
		matrix->nr_changed[MATRIX_BETTER],
		matrix->nr_changed[MATRIX_OTHER],
		matrix->interrupted ? "true" : "false");
}
