// SPDX-License-Identifier: GPL-2.0-only
#include "matrix.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"

/*
 * How badly the kernel behaves, whatever was expected of it: a known failure is
 * one, an unexpected pass is none.  A skip says nothing: -1.
 */
static int badness(const struct matrix_cell *cell)
{
	if (cell->absent)
		return -1;
	switch (cell->verdict) {
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

/*
 * A kernel that skips a case hides no change: whether the next one is better or
 * worse is seen against the last that ran it.  One that is not there is no
 * change, and hides none.
 */
static void find_changes(struct matrix_cell *cells, size_t nr)
{
	const struct matrix_cell *before = NULL;
	int last = -1;

	for (struct matrix_cell *cell = cells; cell < cells + nr; cell++) {
		int now = badness(cell);

		cell->change = MATRIX_SAME;
		if (cell->absent)
			continue;
		if (now >= 0 && last >= 0 && now != last)
			cell->change = now > last ? MATRIX_WORSE :
						    MATRIX_BETTER;
		else if (before && (cell->verdict != before->verdict ||
				    strcmp(cell->fails, before->fails)))
			cell->change = MATRIX_OTHER;
		if (now >= 0)
			last = now;
		before = cell;
	}
}

static bool is_last_worse(const struct matrix_cell *cells, size_t nr)
{
	int first = -1, last = nr ? badness(&cells[nr - 1]) : -1;

	for (size_t i = 0; i < nr && first < 0; i++)
		first = badness(&cells[i]);
	return last > first;
}

const struct matrix_row *matrix_add(struct matrix *matrix, const char *scenario,
				    const char *name, struct matrix_cell *cells)
{
	struct matrix_row *row;

	matrix->rows = realloc(matrix->rows,
			       (matrix->nr_rows + 1) * sizeof(*matrix->rows));
	if (!matrix->rows)
		abort();
	row = &matrix->rows[matrix->nr_rows++];
	*row = (struct matrix_row){ .scenario = scenario,
				    .name = name,
				    .cells = cells };
	find_changes(cells, matrix->nr_columns);
	for (size_t i = 0; i < matrix->nr_columns; i++)
		if (cells[i].change > row->change)
			row->change = cells[i].change;
	matrix->nr_changed[row->change]++;
	matrix->nr_last_worse += is_last_worse(cells, matrix->nr_columns);
	return row;
}

void matrix_deinit(struct matrix *matrix)
{
	for (size_t i = 0; i < matrix->nr_rows; i++)
		free(matrix->rows[i].cells);
	free(matrix->rows);
	*matrix = (struct matrix){ 0 };
}

char matrix_mark(enum matrix_change change)
{
	return " ~+-"[change];
}

void matrix_describe(struct buf *out, const struct matrix_cell *cell)
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

void matrix_summary(struct buf *out, const struct matrix *matrix)
{
	buf_printf(out,
		   "%zu case%s: %zu worse, %zu better, "
		   "%zu changed otherwise",
		   matrix->nr_rows, matrix->nr_rows == 1 ? "" : "s",
		   matrix->nr_changed[MATRIX_WORSE],
		   matrix->nr_changed[MATRIX_BETTER],
		   matrix->nr_changed[MATRIX_OTHER]);
}
