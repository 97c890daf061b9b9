// SPDX-License-Identifier: GPL-2.0-only
/* The matrix as a page.  Whatever is not of this file goes through add(). */
#include <string.h>

#include "buf.h"
#include "escape.h"
#include "matrix.h"

static const char head[] =
	"<!doctype html>\n"
	"<html lang=\"en\">\n"
	"<head>\n"
	"<meta charset=\"utf-8\">\n"
	"<meta http-equiv=\"Content-Security-Policy\" content=\""
	"default-src 'none'; style-src 'unsafe-inline'\">\n"
	"<meta name=\"viewport\" content=\"width=device-width, "
	"initial-scale=1\">\n"
	"<meta name=\"color-scheme\" content=\"light dark\">\n";

static const char style[] =
	"<style>\n"
	":root { --page: #fff; --text: #1b1f24; --dim: #59636e; --line: #d1d9e0;\n"
	"  --head: #f3f5f7; --good: #d3f4da; --bad: #ffdcd7; --other: #fdf0c0;\n"
	"  --gone: #eceff2; --fails: #a40e26; }\n"
	"@media (prefers-color-scheme: dark) {\n"
	"  :root { --page: #14181d; --text: #dde3ea; --dim: #97a1ad;\n"
	"    --line: #3a424c; --head: #1f252c; --good: #14452a; --bad: #6a1d1d;\n"
	"    --other: #54450f; --gone: #262c34; --fails: #ff9c92; } }\n"
	"body { margin: 1rem; background: var(--page); color: var(--text);\n"
	"  font: 15px/1.45 system-ui, sans-serif; overflow-wrap: anywhere; }\n"
	"h1 { font-size: 1.3rem; } h2 { font-size: 1.1rem; }\n"
	"summary { cursor: pointer; margin: 1rem 0; }\n"
	"code, td, th.case { font: 13px/1.45 ui-monospace, monospace; }\n"
	".scroll { overflow-x: auto; }\n"
	"table { border-collapse: collapse; }\n"
	"th, td { border: 1px solid var(--line); padding: .35rem .5rem;\n"
	"  text-align: left; vertical-align: top; }\n"
	"th { background: var(--head); font-weight: normal; }\n"
	"th[scope=col] { min-width: 8rem; max-width: 16rem; }\n"
	"th[scope=col] code { font-weight: bold; }\n"
	"th.case { min-width: 7rem; max-width: 20rem; position: sticky; left: 0; }\n"
	"td { white-space: nowrap; }\n"
	".mark { display: inline-block; width: 1.1em; font-weight: bold; }\n"
	".worse { background: var(--bad); } .better { background: var(--good); }\n"
	".other { background: var(--other); }\n"
	".fails { color: var(--fails); }\n"
	".absent { background: var(--gone); color: var(--dim); }\n"
	".error { color: var(--fails); margin-top: .3rem; }\n"
	".legend { color: var(--dim); }\n"
	".legend .mark { width: auto; padding: 0 .4em; color: var(--text); }\n"
	"@media print { body { margin: 0; } .scroll { overflow: visible; }\n"
	"  td { white-space: normal; }\n"
	"  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }\n"
	"</style>\n"
	"</head>\n";

static const char legend[] =
	"<p class=\"legend\">A cell is marked where it differs from the one "
	"before it: <span class=\"mark worse\">-</span> worse, <span "
	"class=\"mark better\">+</span> better, <span class=\"mark "
	"other\">~</span> otherwise. What a kernel does counts, not what was "
	"expected of it.</p>\n";

static void add(FILE *out, const char *text)
{
	struct buf safe = { 0 };

	escape_html(&safe, text);
	fputs(buf_get(&safe), out);
	buf_deinit(&safe);
}

static void print_columns(FILE *out, const struct matrix *matrix)
{
	fputs("<thead><tr><th class=\"case\">case</th>\n", out);
	for (size_t i = 0; i < matrix->nr_columns; i++) {
		const struct matrix_column *column = &matrix->columns[i];

		fprintf(out, "<th scope=\"col\"%s><code>",
			column->error ? " class=\"absent\"" : "");
		add(out, column->name);
		fputs("</code>", out);
		if (column->title) {
			fputs("<br>", out);
			add(out, column->title);
		}
		if (column->error) {
			fputs("<div class=\"error\">does not build: ", out);
			add(out, column->error);
			fputs("</div>", out);
		}
		fputs("</th>\n", out);
	}
	fputs("</tr></thead>\n", out);
}

static void print_cell(FILE *out, const struct matrix_cell *cell)
{
	static const char *const classes[] = { "", " other", " better",
					       " worse" };
	bool fails = !cell->absent && (cell->verdict == VERDICT_FAIL ||
				       cell->verdict == VERDICT_ERROR);
	struct buf text = { 0 };

	matrix_describe(&text, cell);
	fprintf(out, "<td class=\"%s%s\"><span class=\"mark\">%c</span>",
		cell->absent ? "absent" :
		fails	     ? "fails" :
			       "holds",
		classes[cell->change], matrix_mark(cell->change));
	add(out, buf_get(&text));
	fputs("</td>\n", out);
	buf_deinit(&text);
}

static void print_row(FILE *out, const struct matrix *matrix,
		      const struct matrix_row *row)
{
	fputs("<tr id=\"", out);
	add(out, row->scenario);
	fputs("/", out);
	add(out, row->name);
	fputs("\"><th class=\"case\" scope=\"row\">", out);
	add(out, row->scenario);
	fputs("/<wbr>", out);
	add(out, row->name);
	fputs("</th>\n", out);
	for (size_t i = 0; i < matrix->nr_columns; i++)
		print_cell(out, &row->cells[i]);
	fputs("</tr>\n", out);
}

/* The rows in which something changes, or the others. */
static void print_table(FILE *out, const struct matrix *matrix, bool changed)
{
	fputs("<div class=\"scroll\" tabindex=\"0\"><table>\n", out);
	print_columns(out, matrix);
	fputs("<tbody>\n", out);
	for (size_t i = 0; i < matrix->nr_rows; i++)
		if ((matrix->rows[i].change != MATRIX_SAME) == changed)
			print_row(out, matrix, &matrix->rows[i]);
	fputs("</tbody></table></div>\n", out);
}

static void print_tables(FILE *out, const struct matrix *matrix)
{
	size_t same = matrix->nr_changed[MATRIX_SAME];

	if (same < matrix->nr_rows) {
		fputs("<h2>What changes</h2>\n", out);
		print_table(out, matrix, true);
	}
	if (!same || matrix->only_changes)
		return;
	fprintf(out,
		"<details%s><summary>%zu case%s without a change"
		"</summary>\n",
		same == matrix->nr_rows ? " open" : "", same,
		same == 1 ? "" : "s");
	print_table(out, matrix, false);
	fputs("</details>\n", out);
}

void matrix_html(FILE *out, const struct matrix *matrix)
{
	bool commits = matrix->nr_columns && matrix->columns[0].title;
	struct buf summary = { 0 };

	matrix_summary(&summary, matrix);
	fputs(head, out);
	fputs("<title>pfnsim: ", out);
	add(out, buf_get(&summary));
	fputs("</title>\n", out);
	fputs(style, out);
	fprintf(out, "<body>\n<h1>Cases by %s</h1>\n<p>",
		commits ? "commit" : "kernel");
	add(out, buf_get(&summary));
	fputs("</p>\n", out);
	if (matrix->interrupted)
		fputs("<p><strong>Interrupted: this is all that ran."
		      "</strong></p>\n",
		      out);
	fputs(legend, out);
	print_tables(out, matrix);
	fputs("</body>\n</html>\n", out);
	buf_deinit(&summary);
}
