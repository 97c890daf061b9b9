// SPDX-License-Identifier: GPL-2.0-only
/* What there is: points, kernels, the format, the version. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "escape.h"
#include "inputs.h"
#include "points.h"
#include "schema.h"
#include "schemas.h"
#include "session.h"
#include "suggest.h"

/* ---- points -------------------------------------------------------------- */

static void print_points(enum scenario_op op, bool json, bool *first)
{
	struct point_table table = points_of(op);

	if (!json)
		printf("%s/begin\n", scenario_op_name(op));
	for (size_t i = 0; i < table.nr; i++) {
		const struct point_rule *rule = &table.rules[i];
		const char *call = shim_call_name(rule->call);

		if (json) {
			printf("%s\n {\"point\": \"%s/%s\", \"call\": \"%s\", "
			       "\"object\": \"%s\", \"after\": \"%s\", "
			       "\"repeated\": %s}",
			       *first ? "" : ",", scenario_op_name(op),
			       rule->point, call, rule->obj ? rule->obj : "",
			       rule->after ? rule->after : "",
			       rule->repeated ? "true" : "false");
			*first = false;
			continue;
		}
		printf("%s/%-14s %s(%s)", scenario_op_name(op), rule->point,
		       call, rule->obj ? rule->obj : "");
		if (rule->after)
			printf(" after %s", rule->after);
		printf("%s\n", rule->repeated ? ", each time" : "");
	}
	if (!json)
		printf("%s/end\n", scenario_op_name(op));
}

int command_points(const struct cli_options *options)
{
	const char *wanted = options->nr_operands ? options->operands[0] : NULL;
	bool json = options->format == FORMAT_JSON, first = true;
	struct suggestion suggestion;

	if (wanted &&
	    scenario_op_find(wanted, strlen(wanted)) == NR_SCENARIO_OPS) {
		suggest_init(&suggestion, wanted, strlen(wanted));
		for (int i = 0; i < NR_SCENARIO_OPS; i++)
			suggest_offer(&suggestion, scenario_op_name(i));
		fprintf(stderr, "pfnsim: no operation '%s'", wanted);
		if (suggestion.best)
			fprintf(stderr, "; did you mean '%s'?",
				suggestion.best);
		fputc('\n', stderr);
		return 2;
	}
	if (json)
		printf("[");
	for (int i = 0; i < NR_SCENARIO_OPS; i++)
		if (!wanted || !strcmp(wanted, scenario_op_name(i)))
			print_points(i, json, &first);
	if (json)
		printf("\n]\n");
	return 0;
}

/* ---- kernels ------------------------------------------------------------- */

static void print_caps(unsigned long caps, const char *between)
{
	const char *separator = "";

	for (int i = 0; i < NR_KERNEL_CAPS; i++) {
		if (!(caps & (1UL << i)))
			continue;
		printf("%s%s", separator, kernel_cap_name(i));
		separator = between;
	}
}

static void print_kernel_text(const struct loaded_kernel *kernel)
{
	struct buf safe = { 0 };

	escape_terminal(&safe, kernel->revision, false);
	printf("%-20s %-10s %-24s ", kernel->name,
	       *kernel->desc->version ? kernel->desc->version : "-",
	       safe.len ? buf_get(&safe) : "-");
	print_caps(kernel->desc->caps, " ");
	printf("\n");
	buf_deinit(&safe);
}

static void print_kernel_json(const struct loaded_kernel *kernel, bool first)
{
	const struct kernel_desc *desc = kernel->desc;
	struct buf line = { 0 };

	buf_printf(&line, "%s\n {\"name\": ", first ? "" : ",");
	escape_json(&line, kernel->name);
	buf_puts(&line, ", \"version\": ");
	escape_json(&line, desc->version);
	buf_puts(&line, ", \"revision\": ");
	escape_json(&line, kernel->revision);
	printf("%s, \"capabilities\": [%s", buf_get(&line),
	       desc->caps ? "\"" : "");
	print_caps(desc->caps, "\", \"");
	printf("%s]}", desc->caps ? "\"" : "");
	buf_deinit(&line);
}

/* Of one that is not loaded, nothing but its name is known. */
static void print_stale(const char *name, bool json, bool first)
{
	struct buf safe = { 0 };

	if (json) {
		escape_json(&safe, name);
		printf("%s\n {\"name\": %s, \"stale\": true}", first ? "" : ",",
		       buf_get(&safe));
	} else {
		escape_terminal(&safe, name, false);
		printf("%-20s stale\n", buf_get(&safe));
	}
	buf_deinit(&safe);
}

static int print_kernels(const struct cli_options *options, bool variants,
			 bool json, bool *first)
{
	struct kernels kernels;
	int status = kernels_load(options, variants, &kernels);

	for (size_t i = 0; i < kernels.nr; i++) {
		if (json)
			print_kernel_json(&kernels.kernel[i], *first);
		else
			print_kernel_text(&kernels.kernel[i]);
		*first = false;
	}
	for (size_t i = 0; i < kernels.nr_stale; i++) {
		print_stale(kernels.stale[i], json, *first);
		*first = false;
	}
	kernels_deinit(&kernels);
	return status;
}

int command_kernels(const struct cli_options *options)
{
	bool json = options->format == FORMAT_JSON, first = true;
	int status;

	if (json)
		printf("[");
	status = print_kernels(options, false, json, &first);
	if (!status && options->variants)
		status = print_kernels(options, true, json, &first);
	if (json)
		printf("\n]\n");
	return status;
}

/* ---- schema, version ----------------------------------------------------- */

int command_schema(const struct cli_options *options)
{
	switch (options->format) {
	case FORMAT_MARKDOWN:
		schema_print_markdown(stdout);
		break;
	case FORMAT_RESULTS:
		fputs(results_schema, stdout);
		break;
	case FORMAT_JUNIT:
		fputs(junit_schema, stdout);
		break;
	default:
		schema_print_json(stdout);
		break;
	}
	return 0;
}

int command_version(const struct cli_options *options)
{
	(void)options;
	printf("pfnsim %s, kernel interface %d\n", PFNSIM_VERSION, PFNSIM_ABI);
	return 0;
}
