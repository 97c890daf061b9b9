// SPDX-License-Identifier: GPL-2.0-only
#include "escape.h"
#include "json.h"
#include "points.h"
#include "terminal.h"

/* Appends `"key": "value"`, or null where there is no value. */
static void add_string(struct buf *out, const char *key, const char *value)
{
	if (out->bytes[out->len - 1] != '{')
		buf_puts(out, ", ");
	buf_printf(out, "\"%s\": ", key);
	if (value)
		escape_json(out, value);
	else
		buf_puts(out, "null");
}

static void add_number(struct buf *out, const char *key, unsigned long value)
{
	buf_printf(out, ", \"%s\": %lu", key, value);
}

static void add_finding(struct buf *out, const struct case_result *result,
			const struct finding *finding)
{
	unsigned int step = trace_step_number(&result->trace, finding->event);

	buf_puts(out, "{");
	add_string(out, "kind",
		   finding->is_violation ? violation_name(finding->violation) :
					   "expectation");
	add_string(out, "text", finding->text);
	add_string(out, "signature", finding->signature);
	if (step)
		add_number(out, "step", step);
	else
		add_string(out, "step", NULL);
	add_number(out, "line", finding->pos.line);
	add_number(out, "column", finding->pos.col);
	add_string(out, "path", finding->path);
	buf_puts(out, "}");
}

static void add_findings(struct buf *out, const struct case_result *result)
{
	buf_puts(out, ", \"findings\": [");
	for (size_t i = 0; i < result->nr_findings; i++) {
		if (i)
			buf_puts(out, ", ");
		add_finding(out, result, &result->findings[i]);
	}
	buf_puts(out, "]");
}

static void print_result(struct json *json, struct buf *line)
{
	fprintf(json->out, "%s\n %s", json->nr++ ? "," : "", buf_get(line));
	buf_deinit(line);
}

void json_begin(struct json *json, FILE *out)
{
	json->out = out;
	json->nr = 0;
	fputs("{\"version\": 1, \"results\": [", out);
}

void json_open_result(struct buf *out, const struct case_result *result)
{
	buf_puts(out, "{");
	add_string(out, "scenario", result_scenario_name(result));
	add_string(out, "case", result_case_name(result));
	add_string(out, "kernel", result->kernel);
	add_string(out, "verdict", verdict_name(result->verdict));
	add_string(out, "reason", result->reason);
	add_findings(out, result);
	add_string(out, "order", result->order);
}

void json_case(struct json *json, const struct case_result *result)
{
	struct buf line = { 0 };

	json_open_result(&line, result);
	buf_puts(&line, "}");
	print_result(json, &line);
}

void json_file_error(struct json *json, const char *name, const char *reason)
{
	struct buf line = { 0 };

	buf_puts(&line, "{");
	add_string(&line, "scenario", name);
	add_string(&line, "case", NULL);
	add_string(&line, "kernel", NULL);
	add_string(&line, "verdict", verdict_name(VERDICT_ERROR));
	add_string(&line, "reason", reason);
	buf_puts(&line, ", \"findings\": []");
	add_string(&line, "order", NULL);
	buf_puts(&line, "}");
	print_result(json, &line);
}

void json_end(struct json *json, const struct run_totals *totals)
{
	fprintf(json->out,
		"],\n \"passed\": %zu, \"known\": %zu, \"failed\": %zu, "
		"\"skipped\": %zu}\n",
		totals->passed, totals->known, totals->failed, totals->skipped);
}
