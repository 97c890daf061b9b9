// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "escape.h"
#include "lanes.h"
#include "points.h"
#include "terminal.h"
#include "wrap.h"

/* Findings after the first are one line each; without -v no more than this. */
#define MAX_MORE_FINDINGS 7

#define INDENT 2
#define LABEL 11 /* columns of "  replay:  " */

const char *result_scenario_name(const struct case_result *result)
{
	if (!result->scenario)
		return "-";
	if (result->scenario->name)
		return result->scenario->name;
	return result->scenario->path ? result->scenario->path : "-";
}

const char *result_case_name(const struct case_result *result)
{
	return result->desc && result->desc->name ? result->desc->name : "-";
}

/* ---- Verdict and sentence ---------------------------------------------- */

static enum style_part part_of_verdict(enum verdict verdict)
{
	switch (verdict) {
	case VERDICT_PASS:
		return PART_GOOD;
	case VERDICT_XFAIL:
	case VERDICT_SKIP:
	case VERDICT_UNKNOWN:
		return PART_KNOWN;
	default:
		return PART_BAD;
	}
}

static void print_verdict(FILE *out, const struct case_result *result,
			  const struct report_style *style)
{
	enum style_part part = part_of_verdict(result->verdict);
	struct buf line = { 0 };

	escape_terminal(&line, result_scenario_name(result), style->utf8);
	buf_puts(&line, " / ");
	escape_terminal(&line, result_case_name(result), style->utf8);
	if (result->kernel) {
		buf_puts(&line, "   (kernel ");
		escape_terminal(&line, result->kernel, style->utf8);
		buf_puts(&line, ")");
	}
	fprintf(out, "%s%-4s%s  %s\n", style_on(style, part),
		verdict_name(result->verdict), style_off(style, part),
		buf_get(&line));
	buf_deinit(&line);
}

/* A paragraph behind a label, wrapped to hang under its own first line. */
static void print_labelled(FILE *out, const struct report_style *style,
			   const char *label, size_t indent, const char *text)
{
	struct buf line = { 0 }, safe = { 0 };

	buf_pad(&line, INDENT);
	buf_puts(&line, label);
	buf_pad(&line, indent > line.len ? indent - line.len : 0);
	escape_terminal(&safe, text, style->utf8);
	wrap_paragraph(&line, buf_get(&safe), line.len, indent, style->columns);
	fputs(buf_get(&line), out);
	buf_deinit(&line);
	buf_deinit(&safe);
}

void describe_finding(struct buf *out, const struct case_result *result,
		      const struct finding *finding)
{
	const char *text = finding->text ? finding->text : "";
	unsigned int step = trace_step_number(&result->trace, finding->event);

	if (finding->is_violation)
		buf_puts(out, violation_name(finding->violation));
	else
		buf_puts(out, "expectation");
	if (!finding->is_violation && finding->pos.line)
		buf_printf(out, " (line %u)", finding->pos.line);
	buf_printf(out, "%s%s", *text ? ": " : "", text);
	if (step && !strstr(text, "step "))
		buf_printf(out, " (step %u)", step);
}

static void print_findings(FILE *out, const struct case_result *result,
			   const struct report_style *style)
{
	struct buf line = { 0 };
	size_t nr = result->nr_findings;

	if (!style->verbose && nr > MAX_MORE_FINDINGS + 1)
		nr = MAX_MORE_FINDINGS + 1;
	for (size_t i = 0; i < nr; i++) {
		buf_clear(&line);
		if (i)
			buf_puts(&line, "also ");
		describe_finding(&line, result, &result->findings[i]);
		print_labelled(out, style, "", INDENT, buf_get(&line));
	}
	if (nr < result->nr_findings)
		fprintf(out, "  and %zu more; -v shows them\n",
			result->nr_findings - nr);
	buf_deinit(&line);
}

static void print_sentence(FILE *out, const struct case_result *result,
			   const struct report_style *style)
{
	/* What a file expects must not read like what was found. */
	if (result->reason)
		print_labelled(out, style,
			       result->verdict == VERDICT_XFAIL ? "known: " :
								  "",
			       INDENT, result->reason);
	print_findings(out, result, style);
}

/* ---- Histories --------------------------------------------------------- */

static size_t longest_verb(const struct history *history)
{
	size_t longest = 0;

	for (size_t i = 0; i < history->nr; i++) {
		size_t len = strlen(history->lines[i].verb);

		if (len > longest)
			longest = len;
	}
	return longest;
}

static void describe_history_line(struct buf *out,
				  const struct case_result *result,
				  const struct history_line *line)
{
	unsigned int step = trace_step_number(&result->trace, line->event);

	if (line->in_setup)
		buf_puts(out, "in setup ");
	else if (step)
		buf_printf(out, "at step %u ", step);
	if (line->text)
		buf_puts(out, line->text);
}

static void print_history(FILE *out, const struct case_result *result,
			  const struct history *history,
			  const struct report_style *style)
{
	const char *name = history->name ? history->name : "?";
	size_t verb = longest_verb(history), name_len = strlen(name);
	struct buf label = { 0 }, line = { 0 };

	for (size_t i = 0; i < history->nr; i++) {
		buf_clear(&label);
		buf_clear(&line);
		buf_printf(&label, "%-*s  %-*s ", (int)name_len, i ? "" : name,
			   (int)verb, history->lines[i].verb);
		describe_history_line(&line, result, &history->lines[i]);
		print_labelled(out, style, buf_get(&label), INDENT + label.len,
			       buf_get(&line));
	}
	buf_deinit(&label);
	buf_deinit(&line);
}

static void print_histories(FILE *out, const struct case_result *result,
			    const struct report_style *style)
{
	const char *path = result->nr_findings ? result->findings[0].path :
						 NULL;

	if (!result->nr_histories && !path)
		return;
	fputc('\n', out);
	for (size_t i = 0; i < result->nr_histories; i++)
		print_history(out, result, &result->histories[i], style);
	if (path)
		print_labelled(out, style, "in: ", INDENT + 4, path);
}

/* ---- Running it again -------------------------------------------------- */

/* They are looked for only where they are asked for. */
static bool has_data_race(const struct case_result *result)
{
	for (size_t i = 0; i < result->nr_findings; i++)
		if (result->findings[i].is_violation &&
		    result->findings[i].violation == V_DATA_RACE)
			return true;
	return false;
}

void describe_replay(struct buf *out, const struct case_result *result,
		     const char *separator)
{
	const struct scenario *scenario = result->scenario;

	buf_puts(out, "pfnsim replay");
	if (result->kernel) {
		buf_puts(out, " -k ");
		escape_shell(out, result->kernel);
	}
	buf_puts(out, " ");
	escape_shell(out, scenario && scenario->path ? scenario->path : "-");
	if (scenario && result->desc &&
	    scenario_has_case(scenario, result->desc)) {
		buf_printf(out, "%s--case ", separator);
		escape_shell(out, result_case_name(result));
	}
	if (result->order && *result->order) {
		buf_printf(out, "%s--order ", separator);
		escape_shell(out, result->order);
	}
	if (has_data_race(result))
		buf_printf(out, "%s--data-races", separator);
}

static void print_how_again(FILE *out, const struct case_result *result,
			    const struct report_style *style)
{
	struct buf command = { 0 }, safe = { 0 };

	fputc('\n', out);
	if (result->nr_findings && result->findings[0].signature)
		print_labelled(out, style, "bug:     ", LABEL,
			       result->findings[0].signature);
	describe_replay(&command, result, " ");
	escape_terminal(&safe, buf_get(&command), style->utf8);
	if (LABEL + display_width(buf_get(&safe), safe.len) > style->columns) {
		buf_clear(&command);
		buf_clear(&safe);
		describe_replay(&command, result, " \\\n               ");
		escape_terminal(&safe, buf_get(&command), style->utf8);
	}
	fprintf(out, "  replay:  %s\n", buf_get(&safe));
	buf_clear(&command);
	buf_clear(&safe);
	if (style->trace_path) {
		escape_shell(&command, style->trace_path);
		escape_terminal(&safe, buf_get(&command), style->utf8);
		fprintf(out, "  report:  pfnsim report %s\n", buf_get(&safe));
	}
	buf_deinit(&command);
	buf_deinit(&safe);
}

/* ---- Pages ------------------------------------------------------------- */

static bool ends_well(enum verdict verdict)
{
	return verdict == VERDICT_PASS || verdict == VERDICT_XFAIL ||
	       verdict == VERDICT_SKIP;
}

static bool wants_page(const struct case_result *result,
		       const struct report_style *style)
{
	return style->verbose || style->page ||
	       result->verdict == VERDICT_FAIL ||
	       result->verdict == VERDICT_ERROR;
}

static void print_page(FILE *out, const struct case_result *result,
		       const struct report_style *style)
{
	bool lanes = lanes_exist(result);

	if (result->trace.setup_end && (style->verbose || !lanes)) {
		fputc('\n', out);
		report_setup(out, result, style);
	}
	if (lanes) {
		fputc('\n', out);
		report_lanes(out, result, style);
	}
	print_histories(out, result, style);
	if (result->desc && (lanes || result->nr_findings))
		print_how_again(out, result, style);
	fputc('\n', out);
}

void report_case(FILE *out, const struct case_result *result,
		 const struct report_style *style)
{
	bool page = wants_page(result, style);

	if (style->quiet && ends_well(result->verdict))
		return;
	print_verdict(out, result, style);
	if (page && (result->reason || result->nr_findings))
		fputc('\n', out);
	if (result->verdict != VERDICT_PASS)
		print_sentence(out, result, style);
	if (page)
		print_page(out, result, style);
}
