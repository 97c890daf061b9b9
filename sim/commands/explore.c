// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim explore`: search the interleavings of a scenario. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "engine.h"
#include "explore.h"
#include "exploreall.h"
#include "inputs.h"
#include "output.h"
#include "points.h"
#include "progress.h"
#include "runner.h"
#include "searchreport.h"
#include "suggest.h"

/* How long to look where the command line does not say. */
#define DEFAULT_SECONDS 60

struct exploring {
	const struct cli_options *options;
	struct output output;
	bool first;
};

/* ---- Cases --------------------------------------------------------------- */

static void explore_one(struct exploring *exploring,
			const struct scenario *scenario,
			const struct case_desc *desc,
			const struct loaded_kernel *kernel)
{
	const struct cli_options *options = exploring->options;
	struct explore_limits limits = {
		.has_preemptions = options->preemptions,
		.preemptions = options->preemptions - 1,
		.random = options->random,
		.data_races = options->data_races,
		.find = options->find ? 1UL << violation_find(options->find) :
					0,
		.seed = options->seed ? options->seed - 1 : 0,
		.seconds = options->seconds ? options->seconds :
					      DEFAULT_SECONDS,
	};
	struct explore_report report;
	struct case_result result;

	progress_begin(options, desc->name);
	run_explore(scenario, desc, kernel, &limits, progress_show, &result,
		    &report);
	progress_clear();
	if (options->format == FORMAT_JSON) {
		fputs(exploring->first ? "\n" : ",\n", stdout);
		report_search_json(stdout, &result, &report);
		run_totals_add(&exploring->output.totals, result.verdict);
		exploring->output.tool_error |= result.tool_error;
	} else {
		result.search = &report;
		output_case(&exploring->output, &result);
		result.search = NULL;
		report_search(stdout, &result, &report,
			      &exploring->output.style);
		fputc('\n', stdout);
	}
	exploring->first = false;
	fflush(stdout);
	explore_report_deinit(&report);
	case_result_deinit(&result);
}

static bool wanted(const struct cli_options *options,
		   const struct case_desc *desc)
{
	if (options->case_name)
		return !strcmp(options->case_name, desc->name);
	return desc->kind == CASE_EXPLORE;
}

/* Where a file has no case to search, its hazards alone are. */
static const struct case_desc any_order = {
	.name = "any-order",
	.kind = CASE_EXPLORE,
	.hazards_alone = true,
};

static void explore_scenario(struct exploring *exploring,
			     const struct scenario *scenario,
			     const struct loaded_kernel *kernel)
{
	bool any = false;

	for (size_t i = 0; i < scenario->nr_cases; i++) {
		struct case_desc desc = scenario->cases[i];

		if (!wanted(exploring->options, &desc) || engine.interrupted)
			continue;
		any = true;
		explore_one(exploring, scenario, &scenario->cases[i], kernel);
	}
	if (!any && !exploring->options->case_name && !engine.interrupted)
		explore_one(exploring, scenario, &any_order, kernel);
}

static int explore_files(struct exploring *exploring,
			 const struct scenario_files *files,
			 const struct kernels *kernels)
{
	const struct cli_options *options = exploring->options;

	if (output_begin(&exploring->output, options, files->nr, true))
		return 2;
	exploring->first = true;
	for (size_t i = 0; i < files->nr; i++)
		for (size_t k = 0; k < kernels->nr && !engine.interrupted; k++)
			explore_scenario(exploring, files->files[i].scenario,
					 &kernels->kernel[k]);
	output_end(&exploring->output);
	if (options->format != FORMAT_JSON)
		report_totals(stdout, &exploring->output.totals,
			      &exploring->output.style);
	return output_exit_status(&exploring->output);
}

/* Returns 0, or 2 after an error where no violation is called @name. */
static int check_find(const char *name)
{
	struct suggestion suggestion;

	if (!name || violation_find(name) != NR_VIOLATIONS)
		return 0;
	suggest_init(&suggestion, name, strlen(name));
	for (int i = 0; i < NR_VIOLATIONS; i++)
		suggest_offer(&suggestion, violation_name(i));
	fprintf(stderr, "pfnsim: no violation '%s'", name);
	if (suggestion.best)
		fprintf(stderr, "; did you mean '%s'?", suggestion.best);
	fputc('\n', stderr);
	return 2;
}

int command_explore(const struct cli_options *options)
{
	struct exploring exploring = { .options = options };
	struct kernels kernels = { 0 };
	struct scenario_files files;
	int status = check_find(options->find);

	if (!status && options->find && options->all) {
		fprintf(stderr, "pfnsim: --find does not go with --all\n");
		status = 2;
	}
	if (status)
		return status;
	if (options->all)
		return explore_all(options);
	status = files_read(options, &files);
	if (!status && files.nr_bad)
		status = 2;
	if (!status)
		status = files_have_case(&files, options->case_name);
	if (!status)
		status = kernels_load(options, false, &kernels);
	if (!status)
		status = explore_files(&exploring, &files, &kernels);
	kernels_deinit(&kernels);
	files_deinit(&files);
	return status;
}
