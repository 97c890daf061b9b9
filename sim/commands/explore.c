// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim explore`: search the interleavings of a scenario. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "checkpoint.h"
#include "commands.h"
#include "engine.h"
#include "explore.h"
#include "exploreall.h"
#include "inputs.h"
#include "output.h"
#include "pieces.h"
#include "points.h"
#include "progress.h"
#include "runner.h"
#include "searchreport.h"
#include "terminal.h"
#include "suggest.h"

/* How long to look where the command line does not say. */
#define DEFAULT_SECONDS 60

struct exploring {
	const struct cli_options *options;
	struct output output;
	bool first;
	const struct checkpoint *parts; /* of all shards, to be merged */
	size_t nr_parts;
	bool unfinished; /* a shard's part */
};

/* What is saved, and of which search. */
static struct checkpoint checkpoint;
static char *current;

/* ---- Saving -------------------------------------------------------------- */

static void save(const struct pieces *pieces)
{
	struct checkpoint_record *record = checkpoint_record(&checkpoint,
							     current);
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	if (!out)
		abort();
	pieces_write(pieces, out);
	if (fclose(out))
		abort();
	free(record->text);
	record->text = text;
	checkpoint_save(&checkpoint);
}

/* What is known of the current search; @limits point into it.  free() it. */
static const char **find_known(const struct exploring *exploring,
			       struct explore_limits *limits)
{
	const char **known = calloc(exploring->nr_parts + 1, sizeof(*known));
	const struct checkpoint_record *record;

	if (!known)
		abort();
	for (size_t i = 0; i < exploring->nr_parts; i++) {
		record = checkpoint_find(&exploring->parts[i], current);
		if (record)
			known[limits->nr_known++] = record->text;
	}
	if (!exploring->nr_parts) {
		record = checkpoint_record(&checkpoint, current);
		known[limits->nr_known++] = record->text;
	}
	limits->known = known;
	return known;
}

/* ---- Cases --------------------------------------------------------------- */

/* What a shard says of a search of which it is a part. */
static void print_part(struct exploring *exploring,
		       const struct case_result *result,
		       const struct explore_report *report)
{
	if (exploring->options->format == FORMAT_JSON)
		report_search_json(stdout, result, report);
	else
		printf("shard %u of %u of %s / %s (kernel %s): %s; %lu "
		       "executions, nothing found\n",
		       checkpoint.shard, checkpoint.shards,
		       result_scenario_name(result), result_case_name(result),
		       result->kernel,
		       report->exhausted ? "done" : "not completed",
		       (unsigned long)report->executions);
	exploring->unfinished |= !report->exhausted;
}

static void print_whole(struct exploring *exploring, struct case_result *result,
			struct explore_report *report)
{
	struct output *output = &exploring->output;

	result->search = report;
	if (exploring->options->format == FORMAT_JSON) {
		report_search_json(stdout, result, report);
		output_keep(output, result);
	} else {
		output_case(output, result);
		report_search(stdout, result, report, &output->style);
		fputc('\n', stdout);
	}
	result->search = NULL;
}

static void print_one(struct exploring *exploring, struct case_result *result,
		      struct explore_report *report)
{
	const struct cli_options *options = exploring->options;

	if (options->format == FORMAT_JSON)
		fputs(exploring->first ? "\n" : ",\n", stdout);
	if (report->part && result->verdict == VERDICT_UNKNOWN)
		print_part(exploring, result, report);
	else
		print_whole(exploring, result, report);
	exploring->first = false;
	fflush(stdout);
}

static void explore_one(struct exploring *exploring,
			const struct scenario *scenario,
			const struct case_desc *desc,
			const struct loaded_kernel *kernel)
{
	const struct cli_options *options = exploring->options;
	struct explore_limits limits = {
		.has_preemptions = options->preemptions,
		.has_delays = options->delays,
		.preemptions = options->preemptions - 1,
		.delays = options->delays - 1,
		.random = options->random,
		.data_races = options->data_races,
		.find = options->find ? 1UL << violation_find(options->find) :
					0,
		.seed = options->seed ? options->seed - 1 : 0,
		.seconds = options->seconds ? options->seconds :
					      DEFAULT_SECONDS,
		.jobs = options->jobs,
		.shard = exploring->nr_parts ? -1U : checkpoint.shard - 1,
		.shards = exploring->nr_parts ? exploring->parts[0].shards :
						checkpoint.shards,
		.only_known = exploring->nr_parts,
		.spare = true,
		.save = checkpoint.path ? save : NULL,
	};
	struct explore_report report;
	struct case_result result;
	const char **known;

	current = checkpoint_key(kernel, scenario, desc->name);
	known = find_known(exploring, &limits);
	progress_begin(options, desc->name);
	run_explore(scenario, desc, kernel, &limits, progress_show, &result,
		    &report);
	progress_clear();
	free(known);
	if (!engine.interrupted &&
	    (report.exhausted || result.verdict != VERDICT_UNKNOWN))
		checkpoint_record(&checkpoint, current)->done = true;
	checkpoint_save(&checkpoint);
	print_one(exploring, &result, &report);
	explore_report_deinit(&report);
	case_result_deinit(&result);
	free(current);
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
	for (size_t i = 0; i < files->nr && !engine.interrupted; i++) {
		const struct scenario *scenario = files->files[i].scenario;

		output_file_begin(&exploring->output, scenario->name, 0);
		for (size_t k = 0; k < kernels->nr && !engine.interrupted; k++)
			explore_scenario(exploring, scenario,
					 &kernels->kernel[k]);
		if (!engine.interrupted)
			output_file_end(&exploring->output, scenario->name);
	}
	output_end(&exploring->output);
	if (options->format != FORMAT_JSON)
		report_totals(stdout, &exploring->output.totals,
			      &exploring->output.style);
	if (exploring->unfinished)
		run_totals_add(&exploring->output.totals, VERDICT_UNKNOWN);
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

/* Searches, or with parts tells what they came to. */
static int explore(struct exploring *exploring)
{
	const struct cli_options *options = exploring->options;
	struct kernels kernels = { 0 };
	struct scenario_files files;
	int status = files_read(options, &files);

	if (!status && files.nr_bad)
		status = 2;
	if (!status)
		status = files_have_case(&files, options->case_name);
	if (!status)
		status = kernels_load(options, false, &kernels);
	if (!status)
		status = explore_files(exploring, &files, &kernels);
	kernels_deinit(&kernels);
	files_deinit(&files);
	return status;
}

int command_explore(const struct cli_options *options)
{
	struct exploring exploring = { .options = options };
	int status = check_find(options->find);

	if (!status && options->find && options->all) {
		fprintf(stderr, "pfnsim: --find does not go with --all\n");
		status = 2;
	}
	if (status)
		return status;
	if (options->all)
		return explore_all(options);
	status = checkpoint_open(&checkpoint, options);
	if (!status)
		status = explore(&exploring);
	checkpoint_close(&checkpoint);
	return status;
}

int explore_parts(const struct cli_options *options,
		  const struct checkpoint *parts, size_t nr)
{
	struct exploring exploring = {
		.options = options,
		.parts = parts,
		.nr_parts = nr,
	};

	return options->all ? explore_all_parts(options, parts, nr) :
			      explore(&exploring);
}
