// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim replay`: one schedule, shown whatever comes of it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "diag.h"
#include "engine.h"
#include "inputs.h"
#include "output.h"
#include "perfetto.h"
#include "reader.h"
#include "runner.h"
#include "savedtrace.h"
#include "tracesteps.h"

static const struct case_desc *find_case(const struct scenario *scenario,
					 const char *name)
{
	for (size_t i = 0; i < scenario->nr_cases; i++) {
		const struct case_desc *desc = &scenario->cases[i];

		if (name ? !strcmp(desc->name, name) : desc->kind == CASE_ORDER)
			return desc;
	}
	return NULL;
}

/* Fills @desc with the schedule to show. Returns 0, or 2 after an error. */
static int choose(const struct cli_options *options, struct scenario *scenario,
		  struct case_desc *desc)
{
	const struct case_desc *found = find_case(scenario, options->case_name);
	struct diags diags;
	int err = 0;

	if (!found && (options->case_name || !options->order)) {
		fprintf(stderr, "pfnsim: no case with an order in %s\n",
			scenario->path);
		return 2;
	}
	if (found && (options->case_name || !options->order))
		*desc = *found;
	else
		*desc = (struct case_desc){ .name = "order" };
	desc->data_races = options->data_races;
	if (!options->order)
		return 0;
	diags_init(&diags);
	desc->one_of_many = found && desc->kind == CASE_EXPLORE;
	desc->kind = CASE_ORDER;
	err = scenario_read_order(scenario, options->order, &diags,
				  &desc->order, &desc->nr_order);
	if (err)
		diags_print(&diags, stderr);
	diags_deinit(&diags);
	return err ? 2 : 0;
}

/* Returns 0, or 2 after an error on stderr. */
static int perfetto_save(const struct cli_options *options,
			 const struct case_result *result)
{
	FILE *out = page_open(options->perfetto);

	if (!out)
		return 2;
	perfetto_write(out, result);
	return page_close(out, options->perfetto);
}

/* Another path than the recorded one shows nothing about what was found. */
static void check_steps(struct case_result *result,
			const struct case_result *recorded)
{
	char *difference;

	if (!recorded || result->verdict == VERDICT_SKIP)
		return;
	difference = trace_steps_compare(result, recorded);
	if (!difference)
		return;
	free(result->reason);
	result->reason = difference;
	result->verdict = VERDICT_ERROR;
}

/* @recorded: what the order came to before, or NULL. */
static int show(const struct cli_options *options,
		const struct scenario *scenario, const struct case_desc *desc,
		const struct kernels *kernels,
		const struct case_result *recorded)
{
	struct output output;

	if (options->perfetto && kernels->nr > 1) {
		fprintf(stderr, "pfnsim: --perfetto takes one kernel\n");
		return 2;
	}
	if (output_begin(&output, options, 1, true))
		return 2;
	output.alone = kernels->nr == 1;
	output_file_begin(&output, scenario->name, kernels->nr);
	for (size_t k = 0; k < kernels->nr && !engine.interrupted; k++) {
		struct case_result result;

		run_order_case(scenario, desc, &kernels->kernel[k], &result);
		check_steps(&result, recorded);
		output_case(&output, &result);
		if (options->perfetto && perfetto_save(options, &result))
			output.tool_error = true;
		case_result_deinit(&result);
	}
	output_file_end(&output, scenario->name);
	output_end(&output);
	return output_exit_status(&output);
}

static int replay(const struct cli_options *options,
		  const struct case_result *recorded)
{
	struct scenario_files files;
	struct kernels kernels = { 0 };
	struct case_desc desc;
	int status = 2;

	if (!files_read_one(options, &files))
		status = files_have_case(&files, options->case_name);
	if (!status)
		status = choose(options, files.files[0].scenario, &desc);
	if (!status)
		status = kernels_load(options, false, &kernels);
	if (!status)
		status = show(options, files.files[0].scenario, &desc, &kernels,
			      recorded);
	kernels_deinit(&kernels);
	files_deinit(&files);
	return status;
}

/*
 * A trace names scenario, kernel and order; what the command line gives as well
 * goes first.  On the kernel that it was recorded on, or what has that name now,
 * it has to do the same as it did.
 */
static int replay_trace(const struct cli_options *options)
{
	struct cli_options with_trace = *options;
	struct saved_trace trace;
	const char *kernel, *file;
	int status = 2;

	if (saved_trace_read(options->trace, &trace))
		return 2;
	kernel = trace.result.kernel;
	file = options->nr_operands ? options->operands[0] :
				      trace.scenario.path;
	with_trace.operands = &file;
	with_trace.nr_operands = 1;
	with_trace.order = trace.result.order;
	with_trace.case_name = trace.scenario.nr_cases ? trace.desc.name : NULL;
	if (!options->nr_kernels) {
		with_trace.kernels = &kernel;
		with_trace.nr_kernels = 1;
	}
	if (trace.result.order && *trace.result.order)
		status = replay(&with_trace,
				options->nr_kernels || options->nr_operands ?
					NULL :
					&trace.result);
	else
		fprintf(stderr, "%s: error: the trace has no order to replay\n",
			options->trace);
	saved_trace_destroy(&trace);
	return status;
}

int command_replay(const struct cli_options *options)
{
	return options->trace ? replay_trace(options) : replay(options, NULL);
}
