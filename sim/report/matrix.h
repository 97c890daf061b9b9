/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Cases by kernels: a row a case, a column a kernel, and what changes from each
 * column to the next.
 *
 * The owner fills in the columns, adds the rows in their order, and prints: text
 * and JSON row by row, HTML at the end.
 */
#ifndef PFNSIM_REPORT_MATRIX_H
#define PFNSIM_REPORT_MATRIX_H

#include <stdbool.h>
#include <stdio.h>

#include "result.h"
#include "style.h"

/* How a cell differs from the one before it, ordered: the worst marks a row. */
enum matrix_change { MATRIX_SAME, MATRIX_OTHER, MATRIX_BETTER, MATRIX_WORSE };
#define NR_MATRIX_CHANGES (MATRIX_WORSE + 1)

struct matrix_column {
	const char *name;  /* of a kernel, or a commit's short one */
	const char *title; /* a commit's subject, or NULL */
	const char *error; /* why there is no kernel; NULL: there is one */
};

struct matrix_cell {
	bool absent; /* there is no kernel */
	enum verdict verdict;
	const char *fails; /* what it failed by, or "" */
	enum matrix_change change;
};

struct matrix_row {
	const char *scenario, *name;
	struct matrix_cell *cells; /* owned by the matrix */
	enum matrix_change change;
};

/* Names and titles must outlive the matrix. */
struct matrix {
	const struct matrix_column *columns;
	size_t nr_columns;
	struct matrix_row *rows; /* owned */
	size_t nr_rows;
	size_t nr_changed[NR_MATRIX_CHANGES]; /* rows by their worst change */
	size_t nr_last_worse; /* rows whose last cell is worse than the first */
	bool interrupted;     /* rows are missing */
	bool only_changes;    /* print no others */
};

/*
 * Adds a row of nr_columns cells, whose changes are found; the cells are owned
 * from then on and come from malloc().
 */
const struct matrix_row *matrix_add(struct matrix *matrix, const char *scenario,
				    const char *name,
				    struct matrix_cell *cells);
void matrix_deinit(struct matrix *matrix);

/* " ", "~", "+", "-" */
char matrix_mark(enum matrix_change change);

struct buf;
/* Appends what is in a cell: "pass", "FAIL use-after-free". */
void matrix_describe(struct buf *out, const struct matrix_cell *cell);
/* Appends "3 cases: 1 worse, 0 better, 0 changed otherwise". */
void matrix_summary(struct buf *out, const struct matrix *matrix);

/* For a terminal. @name_width: columns of the longest name of a case. */
void matrix_text_begin(FILE *out, const struct matrix *matrix,
		       const struct report_style *style, size_t name_width);
void matrix_text_row(FILE *out, const struct matrix *matrix,
		     const struct matrix_row *row,
		     const struct report_style *style, size_t name_width);
void matrix_text_end(FILE *out, const struct matrix *matrix);

/* As one JSON value. */
void matrix_json_begin(FILE *out, const struct matrix *matrix);
void matrix_json_row(FILE *out, const struct matrix *matrix,
		     const struct matrix_row *row);
void matrix_json_end(FILE *out, const struct matrix *matrix);

/*
 * As one file of HTML that needs nothing else, runs nothing and is made of the
 * same bytes each time.
 */
void matrix_html(FILE *out, const struct matrix *matrix);

#endif /* PFNSIM_REPORT_MATRIX_H */
