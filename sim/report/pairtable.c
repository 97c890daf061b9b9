// SPDX-License-Identifier: GPL-2.0-only
#include "pairtable.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "points.h"
#include "escape.h"
#include "wrap.h"

#define NAME_WIDTH 19
#define ANY_MACHINE (-1)

void pair_results_deinit(struct pair_results *results)
{
	for (size_t i = 0; i < results->nr; i++) {
		struct pair_result *result = &results->results[i];

		free(result->text);
		free(result->signature);
		free(result->order);
		free(result->reason);
		free(result->path);
	}
	free(results->results);
	*results = (struct pair_results){ 0 };
}

/* ---- Cells --------------------------------------------------------------- */

/* One letter each; the legend names those that are used. */
static const char letters[NR_VIOLATIONS] = {
	[V_USE_AFTER_FREE] = 'U',
	[V_STALE_PAGE] = 'S',
	[V_UNMAPPED_ACCESS] = 'M',
	[V_LEAK] = 'L',
	[V_DOUBLE_FREE] = 'F',
	[V_REFCOUNT] = 'R',
	[V_DEADLOCK] = 'D',
	[V_LIVELOCK] = 'V',
	[V_STARVATION] = 'H',
	[V_LOCK_ORDER] = 'O',
	[V_SLEEP_IN_ATOMIC] = 'A',
	[V_RCU] = 'C',
	[V_DATA_RACE] = 'T',
	[V_IMBALANCE] = 'I',
	[V_WARN] = 'W',
	[V_CONTRACT] = 'K',
};

static char symbol(const struct pair_result *result)
{
	switch (result->verdict) {
	case VERDICT_PASS:
		return '.';
	case VERDICT_SKIP:
		return '-';
	case VERDICT_UNKNOWN:
		return '?';
	case VERDICT_ERROR:
		return '!';
	default:
		break;
	}
	return result->violation < NR_VIOLATIONS ? letters[result->violation] :
						   'X';
}

/* How bad: what is worse hides what is not. */
static int badness(const struct pair_result *result)
{
	switch (result->verdict) {
	case VERDICT_SKIP:
		return 1;
	case VERDICT_PASS:
		return 2;
	case VERDICT_UNKNOWN:
		return 3;
	case VERDICT_ERROR:
		return 5;
	default:
		return 4;
	}
}

static bool has_both(const struct combination *what, unsigned int a,
		     unsigned int b)
{
	unsigned int nr = 0;

	for (unsigned int i = 0; i < what->nr; i++)
		nr += what->op[i] == a;
	if (a == b)
		return nr > 1 || (nr && what->nr == 1);
	for (unsigned int i = 0; i < what->nr && nr; i++)
		if (what->op[i] == b)
			return true;
	return false;
}

/* The worst of what has both operations, or NULL where nothing has. */
static const struct pair_result *cell(const struct pair_results *results,
				      int machine, unsigned int a,
				      unsigned int b)
{
	const struct pair_result *worst = NULL;

	for (size_t i = 0; i < results->nr; i++) {
		const struct pair_result *result = &results->results[i];

		if (machine != ANY_MACHINE &&
		    result->what.machine != (unsigned int)machine)
			continue;
		if (has_both(&result->what, a, b) &&
		    (!worst || badness(result) > badness(worst)))
			worst = result;
	}
	return worst;
}

static enum style_part part(const struct pair_result *result)
{
	switch (result->verdict) {
	case VERDICT_PASS:
		return PART_GOOD;
	case VERDICT_SKIP:
		return PART_DIM;
	case VERDICT_UNKNOWN:
		return PART_KNOWN;
	default:
		return PART_BAD;
	}
}

/* ---- The table ----------------------------------------------------------- */

/* The operations that there are results of. */
static size_t used_operations(const struct pair_results *results, int machine,
			      unsigned int *used)
{
	bool seen[PAIRS_MAX_OPS] = { false };
	size_t nr = 0;

	for (size_t i = 0; i < results->nr; i++) {
		const struct combination *what = &results->results[i].what;

		if (machine != ANY_MACHINE &&
		    what->machine != (unsigned int)machine)
			continue;
		for (unsigned int j = 0; j < what->nr; j++)
			seen[what->op[j]] = true;
	}
	for (size_t i = 0; i < nr_pair_operations; i++)
		if (seen[i])
			used[nr++] = i;
	return nr;
}

/* a to z, then A to Z, then digits. */
static char column_name(size_t i)
{
	return i < 26 ? 'a' + i : i < 52 ? 'A' + i - 26 : '0' + i - 52;
}

static void print_cell(FILE *out, const struct pair_result *result,
		       const struct report_style *style)
{
	if (result)
		fprintf(out, " %s%c%s", style_on(style, part(result)),
			symbol(result), style_off(style, part(result)));
	else
		fputs("  ", out);
}

/* Columns @from to @to, and the rows that have a cell there. */
static void print_columns(FILE *out, const struct pair_results *results,
			  int machine, const unsigned int *used, size_t nr,
			  size_t from, size_t to,
			  const struct report_style *style)
{
	fprintf(out, "\n  %*s", NAME_WIDTH + 3, "");
	for (size_t i = from; i < to; i++)
		fprintf(out, " %c", column_name(i));
	for (size_t row = from; row < nr; row++) {
		fprintf(out, "\n  %c  %-*s", column_name(row), NAME_WIDTH,
			pair_operations[used[row]].name);
		for (size_t i = from; i < to && i <= row; i++)
			print_cell(out,
				   cell(results, machine, used[row], used[i]),
				   style);
	}
	fputc('\n', out);
}

static void print_table(FILE *out, const struct pair_results *results,
			int machine, const struct report_style *style)
{
	unsigned int used[PAIRS_MAX_OPS];
	size_t nr = used_operations(results, machine, used);
	size_t fit = style->columns > NAME_WIDTH + 8 ?
			     (style->columns - NAME_WIDTH - 6) / 2 :
			     1;

	if (machine != ANY_MACHINE && nr)
		fprintf(out, "\n  %s: %s\n", pair_machines[machine].name,
			pair_machines[machine].title);
	for (size_t from = 0; from < nr; from += fit)
		print_columns(out, results, machine, used, nr, from,
			      from + fit < nr ? from + fit : nr, style);
}

static void print_legend(FILE *out, const struct pair_results *results,
			 const struct report_style *style)
{
	bool used[128] = { false };
	struct buf buf = { 0 }, lines = { 0 };

	for (size_t i = 0; i < results->nr; i++)
		used[(int)symbol(&results->results[i])] = true;
	buf_puts(&buf, ". passes");
	if (used['?'])
		buf_puts(&buf, ", ? not finished");
	if (used['-'])
		buf_puts(&buf, ", - skipped");
	if (used['!'])
		buf_puts(&buf, ", ! error");
	for (int i = 0; i < NR_VIOLATIONS; i++)
		if (used[(int)letters[i]])
			buf_printf(&buf, ", %c %s", letters[i],
				   violation_name(i));
	wrap_paragraph(&lines, buf_get(&buf), 2, 2, style->columns);
	fprintf(out, "\n  %s", buf_get(&lines));
	buf_deinit(&lines);
	buf_deinit(&buf);
}

/* ---- Failures ------------------------------------------------------------ */

/* "refresh x dontneed (lone)" */
static void describe(struct buf *buf, const struct combination *what)
{
	for (unsigned int i = 0; i < what->nr; i++)
		buf_printf(buf, "%s%s", i ? " x " : "",
			   pair_operations[what->op[i]].name);
	buf_printf(buf, " (%s)", pair_machines[what->machine].name);
}

static void describe_needs(struct buf *buf, const struct pair_result *result)
{
	buf_printf(buf, "  needs %u preemption%s", result->needs,
		   result->needs == 1 ? "" : "s");
	if (!result->fewest)
		buf_puts(buf, " or fewer: there was no time to tell");
	else if (result->needs)
		buf_printf(buf, ": none is found with %u", result->needs - 1);
	buf_puts(buf, "\n");
}

static void describe_command(struct buf *buf, const struct pair_result *result,
			     const char *kernel)
{
	char *name = pairs_name(&result->what);

	buf_puts(buf, "  replay:  pfnsim replay -k ");
	escape_shell(buf, kernel);
	buf_puts(buf, " ");
	if (result->path)
		escape_shell(buf, result->path);
	else
		buf_printf(buf, "%s.yaml", name);
	buf_puts(buf, " \\\n               --order ");
	escape_shell(buf, result->order);
	buf_puts(buf, "\n");
	free(name);
}

static void print_failure(FILE *out, const struct pair_result *result,
			  const char *kernel, const struct report_style *style)
{
	struct buf buf = { 0 }, safe = { 0 };

	fprintf(out, "\n%s%s%s  ", style_on(style, part(result)),
		verdict_name(result->verdict), style_off(style, part(result)));
	describe(&buf, &result->what);
	buf_puts(&buf, "\n");
	escape_terminal(&safe, result->text ? result->text : result->reason,
			style->utf8);
	buf_puts(&buf, "  ");
	wrap_paragraph(&buf, buf_get(&safe), 2, 2, style->columns);
	if (result->order) {
		describe_needs(&buf, result);
		describe_command(&buf, result, kernel);
	}
	fputs(buf_get(&buf), out);
	buf_deinit(&safe);
	buf_deinit(&buf);
}

static void print_failures(FILE *out, const struct pair_results *results,
			   const struct report_style *style)
{
	for (size_t i = 0; i < results->nr; i++) {
		const struct pair_result *result = &results->results[i];

		if (badness(result) >= 4)
			print_failure(out, result, results->kernel, style);
	}
}

static void print_unfinished(FILE *out, const struct pair_results *results,
			     const struct report_style *style)
{
	struct buf buf = { 0 }, lines = { 0 };
	size_t nr = 0;

	for (size_t i = 0; i < results->nr; i++) {
		if (results->results[i].verdict != VERDICT_UNKNOWN)
			continue;
		buf_puts(&buf, nr++ ? ", " : "");
		describe(&buf, &results->results[i].what);
	}
	wrap_paragraph(&lines, buf_get(&buf), 2, 2, style->columns);
	if (nr)
		fprintf(out,
			"\nNot finished, with nothing found so far: %zu\n"
			"  %s",
			nr, buf_get(&lines));
	buf_deinit(&lines);
	buf_deinit(&buf);
}

/* ---- Kinds --------------------------------------------------------------- */

static int by_signature(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void print_kinds(FILE *out, const struct pair_results *results)
{
	const char **kinds = calloc(results->nr + 1, sizeof(*kinds));
	size_t nr = 0;

	if (!kinds)
		abort();
	for (size_t i = 0; i < results->nr; i++)
		if (results->results[i].signature)
			kinds[nr++] = results->results[i].signature;
	qsort(kinds, nr, sizeof(*kinds), by_signature);
	if (nr)
		fputs("\nKinds of failures:\n", out);
	for (size_t i = 0, next; i < nr; i = next) {
		for (next = i + 1; next < nr; next++)
			if (strcmp(kinds[i], kinds[next]))
				break;
		fprintf(out, "  %4zu  %s\n", next - i, kinds[i]);
	}
	free(kinds);
}

/* ---- The page ------------------------------------------------------------ */

static void print_head(FILE *out, const struct pair_results *results,
		       const struct report_style *style)
{
	static const char *const nouns[] = { "", "operation",
					     "pair of operations",
					     "triple of operations" };
	static const char *const plurals[] = { "", "operations, each alone",
					       "pairs of operations",
					       "triples of operations" };
	uint64_t executions = 0;

	for (size_t i = 0; i < results->nr; i++)
		executions += results->results[i].executions;
	fprintf(out,
		"%s%zu %s%s   (kernel %s, at most %lu preemption%s; "
		"%lu executions, %.0f s)\n",
		style_on(style, PART_HEAD), results->nr,
		results->nr == 1 ? nouns[results->nr_tasks] :
				   plurals[results->nr_tasks],
		style_off(style, PART_HEAD), results->kernel,
		results->preemptions, results->preemptions == 1 ? "" : "s",
		(unsigned long)executions, results->seconds);
}

void report_pairs(FILE *out, const struct pair_results *results,
		  const struct report_style *style)
{
	if (!style->quiet) {
		print_head(out, results, style);
		print_table(out, results, ANY_MACHINE, style);
		print_legend(out, results, style);
		for (size_t i = 0; i < nr_pair_machines && style->verbose; i++)
			print_table(out, results, i, style);
	}
	print_failures(out, results, style);
	print_unfinished(out, results, style);
	print_kinds(out, results);
	fputc('\n', out);
}

/* ---- JSON ---------------------------------------------------------------- */

static void json_text(struct buf *buf, const char *name, const char *text)
{
	if (!text)
		return;
	buf_printf(buf, ", \"%s\": ", name);
	escape_json(buf, text);
}

static void json_result(struct buf *buf, const struct pair_result *result)
{
	const struct combination *what = &result->what;

	buf_puts(buf, "  {\"operations\": [");
	for (unsigned int i = 0; i < what->nr; i++)
		buf_printf(buf, "%s\"%s\"", i ? ", " : "",
			   pair_operations[what->op[i]].name);
	buf_printf(buf,
		   "], \"machine\": \"%s\", \"verdict\": \"%s\", "
		   "\"exhausted\": %s, \"executions\": %lu",
		   pair_machines[what->machine].name,
		   verdict_name(result->verdict),
		   result->exhausted ? "true" : "false",
		   (unsigned long)result->executions);
	if (result->violation < NR_VIOLATIONS)
		json_text(buf, "violation", violation_name(result->violation));
	json_text(buf, "text", result->text);
	json_text(buf, "signature", result->signature);
	if (result->order)
		buf_printf(buf, ", \"preemptions\": %u, \"fewest\": %s",
			   result->needs, result->fewest ? "true" : "false");
	json_text(buf, "order", result->order);
	json_text(buf, "reason", result->reason);
	json_text(buf, "scenario", result->path);
	buf_puts(buf, "}");
}

void report_pairs_json(FILE *out, const struct pair_results *results)
{
	struct buf buf = { 0 };

	buf_puts(&buf, " {\"kernel\": ");
	escape_json(&buf, results->kernel);
	buf_printf(&buf,
		   ", \"tasks\": %u, \"preemptions\": %lu, "
		   "\"seconds\": %.2f, \"results\": [",
		   results->nr_tasks, results->preemptions, results->seconds);
	for (size_t i = 0; i < results->nr; i++) {
		buf_puts(&buf, i ? ",\n" : "\n");
		json_result(&buf, &results->results[i]);
	}
	fprintf(out, "%s]}", buf_get(&buf));
	buf_deinit(&buf);
}
