// SPDX-License-Identifier: GPL-2.0-only
/* The matrix of cases and kernels: what is a change, and the page of it. */
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "fixture.h"
#include "matrix.h"

#define NR 4

static const struct matrix_column columns[NR] = {
	{ .name = "a<1>" },
	{ .name = "b", .title = "</th><script>\"x\" & 'y'" },
	{ .name = "c", .title = "t", .error = "x.c:1:2: error: '<\033[1m>'" },
	{ .name = "d" },
};

static struct matrix_cell cell(enum verdict verdict, const char *fails)
{
	return (struct matrix_cell){ .verdict = verdict, .fails = fails };
}

static struct matrix_cell *cells(struct matrix_cell a, struct matrix_cell b,
				 struct matrix_cell c, struct matrix_cell d)
{
	struct matrix_cell *row = malloc(NR * sizeof(*row));

	row[0] = a;
	row[1] = b;
	row[2] = c;
	row[3] = d;
	return row;
}

static const struct matrix_cell absent = { .absent = true, .fails = "" };

static void fill(struct matrix *matrix)
{
	*matrix = (struct matrix){ .columns = columns, .nr_columns = NR };
	matrix_add(matrix, "s", "breaks",
		   cells(cell(VERDICT_PASS, ""), cell(VERDICT_FAIL, "leak"),
			 absent, cell(VERDICT_PASS, "")));
	matrix_add(matrix, "s", "stays",
		   cells(cell(VERDICT_PASS, ""), cell(VERDICT_PASS, ""), absent,
			 cell(VERDICT_PASS, "")));
}

static char *page_of(const struct matrix *matrix)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	matrix_html(out, matrix);
	fclose(out);
	return text;
}

static void expect_in(const char *page, const char *text)
{
	cr_assert(strstr(page, text), "'%s' is not in\n%s", text, page);
}

/* A kernel that is not there is no change and hides none; a skip neither. */
Test(report_matrix, changes_are_seen_across_what_did_not_run)
{
	struct matrix matrix = { .columns = columns, .nr_columns = NR };
	const struct matrix_row *row;

	row = matrix_add(&matrix, "s", "worse",
			 cells(cell(VERDICT_PASS, ""), cell(VERDICT_SKIP, ""),
			       absent, cell(VERDICT_FAIL, "leak")));
	cr_assert_eq(row->change, MATRIX_WORSE);
	cr_assert_eq(row->cells[1].change, MATRIX_OTHER);
	cr_assert_eq(row->cells[2].change, MATRIX_SAME);
	cr_assert_eq(row->cells[3].change, MATRIX_WORSE);
	cr_assert_eq(matrix.nr_last_worse, 1);
	row = matrix_add(&matrix, "s", "better",
			 cells(cell(VERDICT_XFAIL, "leak"), absent,
			       cell(VERDICT_FAIL, "warn"),
			       cell(VERDICT_XPASS, "")));
	cr_assert_eq(row->change, MATRIX_BETTER);
	cr_assert_eq(row->cells[2].change, MATRIX_OTHER);
	cr_assert_eq(matrix.nr_last_worse, 1);
	cr_assert_eq(matrix.nr_changed[MATRIX_WORSE], 1);
	cr_assert_eq(matrix.nr_changed[MATRIX_BETTER], 1);
	matrix_deinit(&matrix);
}

Test(report_matrix, page_escapes_all_that_it_is_given)
{
	struct matrix matrix;
	char *page;

	fill(&matrix);
	page = page_of(&matrix);
	expect_in(page, "<code>a&#60;1&#62;</code>");
	expect_in(page, "&#60;/th&#62;&#60;script&#62;&#34;x&#34; &#38; "
			"&#39;y&#39;");
	expect_in(page, "does not build: x.c:1:2: error: "
			"&#39;&#60;\\x1b[1m&#62;&#39;");
	cr_assert_null(strstr(page, "<script"));
	expect_in(page, "content=\"default-src 'none'; style-src "
			"'unsafe-inline'\"");
	matrix_deinit(&matrix);
	free(page);
}

Test(report_matrix, page_marks_changes_by_more_than_colour)
{
	struct matrix matrix;
	char *page, *again;

	fill(&matrix);
	page = page_of(&matrix);
	expect_in(page, "<td class=\"fails worse\"><span class=\"mark\">-"
			"</span>FAIL leak</td>");
	expect_in(page, "<td class=\"holds better\"><span class=\"mark\">+"
			"</span>pass</td>");
	expect_in(page, "<td class=\"absent\"><span class=\"mark\"> </span>"
			"no build</td>");
	expect_in(page, "2 cases: 1 worse, 0 better, 0 changed otherwise");
	expect_in(page, "1 case without a change");
	again = page_of(&matrix);
	cr_assert_str_eq(again, page);
	free(again);
	free(page);
	matrix.only_changes = true;
	page = page_of(&matrix);
	cr_assert_null(strstr(page, "s/stays"));
	matrix_deinit(&matrix);
	free(page);
}
