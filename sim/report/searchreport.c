// SPDX-License-Identifier: GPL-2.0-only
#include "searchreport.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "escape.h"
#include "json.h"
#include "points.h"
#include "terminal.h"

#define FEW_STATES 8

static const char *found_by(const struct explore_report *report)
{
	switch (report->found_by) {
	case STAGE_RANDOM:
		return "drawn at random";
	case STAGE_PREEMPTIONS:
	case STAGE_DELAYS:
		return "by bounded search";
	case STAGE_ALL:
		break;
	}
	return "by exhaustive search";
}

static void print_needs(FILE *out, const struct explore_report *report)
{
	fprintf(out, "needs %u preemption%s", report->needs,
		report->needs == 1 ? "" : "s");
	if (report->fewest && report->needs)
		fprintf(out, ": none is found with %u, and all were searched",
			report->needs - 1);
	else if (!report->fewest)
		fprintf(out, " or fewer: there was no time to tell");
	fputc('\n', out);
}

/* "vcpu0:gpc.refresh/mapped vmm:end" as lines of `order:`. */
static void print_order(FILE *out, const char *order)
{
	struct buf safe = { 0 };

	escape_terminal(&safe, order, false);
	fputs("  order:\n", out);
	for (const char *at = buf_get(&safe); *at;) {
		size_t len = strcspn(at, " ");
		const char *colon = memchr(at, ':', len);
		int task = colon ? colon - at : 0;

		fprintf(out, "      - %.*s: %.*s\n", task, at,
			(int)len - task - 1, at + task + 1);
		at += len;
		at += strspn(at, " ");
	}
	buf_deinit(&safe);
}

/* "vmm.mm.write": its id, or its operation. */
static void add_spare(struct buf *out, const struct scenario *scenario,
		      const struct spare *spare)
{
	const struct task_desc *task = &scenario->task[spare->task];
	const struct step *step;

	if (spare->step == SCN_NONE) {
		buf_printf(out, "all of %s", task->name);
		return;
	}
	step = &task->steps[spare->step];
	buf_printf(out, "%s.%s", task->name,
		   step->id ? step->id : scenario_op_name(step->op));
}

static void print_spare(FILE *out, const struct case_result *result,
			const struct explore_report *report)
{
	struct buf names = { 0 }, safe = { 0 };

	for (size_t i = 0; i < report->nr_spare; i++) {
		buf_puts(&names, i ? ", " : "");
		add_spare(&names, result->scenario, &report->spare[i]);
	}
	if (report->nr_spare) {
		escape_terminal(&safe, buf_get(&names), false);
		fprintf(out, "  spare:   %s: it fails so without, too\n",
			buf_get(&safe));
	}
	buf_deinit(&names);
	buf_deinit(&safe);
}

static void print_states(FILE *out, const struct explore_report *report,
			 bool all)
{
	size_t nr = all || report->nr_states < FEW_STATES ? report->nr_states :
							    FEW_STATES;

	fprintf(out, "  ends in %zu%s different states\n", report->nr_states,
		report->states_dropped ? " or more" : "");
	for (size_t i = 0; i < nr; i++) {
		const struct end_state *state = &report->states[i];
		struct buf safe = { 0 };

		escape_terminal(&safe, state->text, false);
		fprintf(out, "    %8lu  %s\n", (unsigned long)state->count,
			buf_get(&safe));
		if (all && state->order)
			fprintf(out, "              %s\n", state->order);
		buf_deinit(&safe);
	}
	if (nr < report->nr_states)
		fprintf(out, "              and %zu more: -v\n",
			report->nr_states - nr);
}

void report_search(FILE *out, const struct case_result *result,
		   const struct explore_report *report,
		   const struct report_style *style)
{
	char *space = explore_space_text(report);

	if (!report->executions) {
		free(space);
		return;
	}
	fprintf(out,
		"  search:  %s%s; %lu executions, %lu known states, "
		"%.1f s\n",
		report->exhausted ? "" : "not completed: ", space,
		(unsigned long)report->executions,
		(unsigned long)report->pruned, report->seconds);
	if (report->most_retries)
		fprintf(out,
			"  rounds:  refreshes retried at most %lu time%s in an "
			"execution\n",
			(unsigned long)report->most_retries,
			report->most_retries == 1 ? "" : "s");
	if (report->failed) {
		fprintf(out, "  found:   in execution %lu, %s; ",
			(unsigned long)report->found_at, found_by(report));
		print_needs(out, report);
		if (result->order)
			print_order(out, result->order);
		print_spare(out, result, report);
	}
	if (report->nr_states && (!report->failed || style->verbose))
		print_states(out, report, style->verbose);
	free(space);
}

/* What is done of all interleavings is known only roughly. */
static bool has_estimate(const struct explore_report *report)
{
	return report->stage == STAGE_ALL && !report->exhausted &&
	       !report->failed && report->estimate > 0;
}

static void json_estimate(struct buf *buf, const struct explore_report *report)
{
	if (has_estimate(report))
		buf_printf(buf,
			   ", \"estimate\": %.0f, \"estimate_error\": %.0f, "
			   "\"covered\": %.4f",
			   report->estimate, report->error,
			   report->searched / report->estimate);
}

static void json_spare(struct buf *buf, const struct case_result *result,
		       const struct explore_report *report)
{
	buf_puts(buf, ", \"spare\": [");
	for (size_t i = 0; i < report->nr_spare; i++) {
		const struct spare *spare = &report->spare[i];
		struct buf name = { 0 };

		add_spare(&name, result->scenario, spare);
		buf_printf(buf, "%s", i ? ", " : "");
		escape_json(buf, buf_get(&name));
		buf_deinit(&name);
	}
	buf_puts(buf, "]");
}

static void json_states(struct buf *buf, const struct explore_report *report)
{
	buf_puts(buf, ", \"states\": [");
	for (size_t i = 0; i < report->nr_states; i++) {
		const struct end_state *state = &report->states[i];

		buf_printf(buf,
			   "%s\n   {\"count\": %lu, \"text\": ", i ? "," : "",
			   (unsigned long)state->count);
		escape_json(buf, state->text);
		if (state->order) {
			buf_puts(buf, ", \"order\": ");
			escape_json(buf, state->order);
		}
		buf_puts(buf, "}");
	}
	buf_puts(buf, "]");
}

void report_search_json(FILE *out, const struct case_result *result,
			const struct explore_report *report)
{
	struct buf buf = { 0 };
	char *space = explore_space_text(report);

	json_open_result(&buf, result);
	buf_puts(&buf, ",\n  \"space\": ");
	escape_json(&buf, space);
	buf_printf(&buf,
		   ", \"exhausted\": %s, \"executions\": %lu, "
		   "\"known\": %lu, \"most_retries\": %lu, "
		   "\"seconds\": %.2f",
		   report->exhausted ? "true" : "false",
		   (unsigned long)report->executions,
		   (unsigned long)report->pruned,
		   (unsigned long)report->most_retries, report->seconds);
	if (report->failed)
		buf_printf(&buf,
			   ", \"found_at\": %lu, \"found_by\": \"%s\", "
			   "\"preemptions\": %u, \"fewest\": %s",
			   (unsigned long)report->found_at, found_by(report),
			   report->needs, report->fewest ? "true" : "false");
	if (report->failed)
		json_spare(&buf, result, report);
	json_estimate(&buf, report);
	json_states(&buf, report);
	fprintf(out, " %s}", buf_get(&buf));
	buf_deinit(&buf);
	free(space);
}
