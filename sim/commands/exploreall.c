// SPDX-License-Identifier: GPL-2.0-only
#include "exploreall.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "engine.h"
#include "explore.h"
#include "inputs.h"
#include "output.h"
#include "pairs.h"
#include "pairtable.h"
#include "reader.h"
#include "session.h"
#include "suggest.h"
#include "terminal.h"

#define DEFAULT_SECONDS 600
#define PAIRS_PREEMPTIONS 2
#define TRIPLES_PREEMPTIONS 1
/* The part of its share of the time that one combination may take at first. */
#define GENEROUS 8

struct campaign {
	const struct cli_options *options;
	struct output output;
	unsigned int nr_tasks;
	unsigned long preemptions;
	uint64_t only;
	double until;
	size_t left; /* combinations that wait for their first search */
};

static double seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec * 1e-9;
}

/* ---- Progress ------------------------------------------------------------ */

static void show_progress(const struct campaign *campaign, const char *name)
{
	const struct cli_options *options = campaign->options;

	if (isatty(STDERR_FILENO) && !options->quiet && !getenv("CI"))
		fprintf(stderr, "\r%zu to go: %s\033[K", campaign->left, name);
}

static void clear_progress(const struct campaign *campaign)
{
	const struct cli_options *options = campaign->options;

	if (isatty(STDERR_FILENO) && !options->quiet && !getenv("CI"))
		fputs("\r\033[K", stderr);
}

/* ---- Scenarios ----------------------------------------------------------- */

static struct scenario *make_scenario(const struct combination *what,
				      unsigned long preemptions)
{
	char *name = pairs_name(what), *file = text_of("%s.yaml", name);
	char *text = pairs_text(what, preemptions);
	struct scenario *scenario;
	struct diags diags;

	diags_init(&diags);
	scenario = scenario_read_text(file, text, strlen(text), &diags);
	if (!scenario)
		diags_print(&diags, stderr);
	diags_deinit(&diags);
	free(text);
	free(file);
	free(name);
	return scenario;
}

/* Returns the path, or NULL after an error on stderr. */
static char *save_scenario(const struct scenario *scenario, const char *dir)
{
	char *path = text_of("%s/%s", dir, scenario->path);
	FILE *file = fopen(path, "w");
	int err = 0;

	if (!file)
		err = errno;
	else if (fwrite(scenario->source, 1, scenario->source_len, file) !=
		 scenario->source_len)
		err = errno;
	if (file && fclose(file))
		err = errno;
	if (!err)
		return path;
	fprintf(stderr, "%s: error: %s\n", path, strerror(err));
	free(path);
	return NULL;
}

/* ---- One combination ----------------------------------------------------- */

static char *copy(const char *text)
{
	return text ? text_of("%s", text) : NULL;
}

static void take_finding(struct pair_result *result,
			 const struct case_result *found)
{
	const struct finding *finding = &found->findings[0];
	struct buf buf = { 0 };

	if (!found->nr_findings)
		return;
	describe_finding(&buf, found, finding);
	result->text = copy(buf_get(&buf));
	result->signature = copy(finding->signature);
	if (finding->is_violation)
		result->violation = finding->violation;
	buf_deinit(&buf);
}

static void take_result(struct pair_result *result,
			const struct case_result *found,
			const struct explore_report *report)
{
	result->verdict = found->verdict;
	result->tool_error = found->tool_error;
	result->executions += report->executions;
	result->exhausted = report->exhausted;
	result->needs = report->needs;
	result->fewest = report->fewest;
	free(result->reason);
	result->reason = copy(found->reason);
	result->order = report->failed ? copy(found->order) : NULL;
	if (found->verdict == VERDICT_FAIL)
		take_finding(result, found);
}

static void search_one(const struct campaign *campaign,
		       const struct loaded_kernel *kernel,
		       struct pair_result *result, double budget)
{
	struct scenario *scenario = make_scenario(&result->what,
						  campaign->preemptions);
	struct explore_limits limits = {
		.has_preemptions = true,
		.preemptions = campaign->preemptions,
		.random = campaign->options->random,
		.seed = campaign->options->seed ? campaign->options->seed - 1 :
						  0,
		.seconds = budget,
	};
	struct explore_report report;
	struct case_result found;

	if (!scenario) {
		result->verdict = VERDICT_ERROR;
		result->tool_error = true;
		result->reason = text_of("the scenario cannot be read");
		return;
	}
	show_progress(campaign, scenario->name);
	run_explore(scenario, &scenario->cases[0], kernel, &limits, NULL,
		    &found, &report);
	take_result(result, &found, &report);
	if (campaign->options->out_dir && !result->path &&
	    (found.verdict == VERDICT_FAIL || found.verdict == VERDICT_ERROR)) {
		result->path = save_scenario(scenario,
					     campaign->options->out_dir);
		result->tool_error |= !result->path;
	}
	explore_report_deinit(&report);
	case_result_deinit(&found);
	scenario_destroy(scenario);
}

/* ---- All of them --------------------------------------------------------- */

static void set_unfinished(struct pair_result *result, const char *why)
{
	result->verdict = VERDICT_UNKNOWN;
	if (!result->reason)
		result->reason = text_of("%s", why);
}

static bool is_over(const struct campaign *campaign)
{
	return engine.interrupted || seconds() >= campaign->until;
}

/*
 * Each may take several times its share of what is left; those for which that
 * was too little share the rest.
 */
static void search_all(struct campaign *campaign,
		       const struct loaded_kernel *kernel,
		       struct pair_results *results)
{
	size_t unfinished = 0;

	for (size_t i = 0; i < results->nr; i++, campaign->left--) {
		struct pair_result *result = &results->results[i];
		double share = (campaign->until - seconds()) * GENEROUS /
			       (campaign->left + GENEROUS);

		if (is_over(campaign))
			set_unfinished(result, "there was no time for it");
		else
			search_one(campaign, kernel, result, share);
		unfinished += result->verdict == VERDICT_UNKNOWN;
	}
	for (size_t i = 0; i < results->nr && !is_over(campaign); i++) {
		struct pair_result *result = &results->results[i];

		if (result->verdict != VERDICT_UNKNOWN)
			continue;
		search_one(campaign, kernel, result,
			   (campaign->until - seconds()) /
				   (campaign->left + unfinished--));
	}
}

static struct pair_results begin_results(const struct campaign *campaign,
					 const struct loaded_kernel *kernel)
{
	struct pair_results results = {
		.kernel = kernel->name,
		.nr_tasks = campaign->nr_tasks,
		.preemptions = campaign->preemptions,
	};
	struct combination *list = pairs_list(kernel->desc->caps,
					      campaign->nr_tasks,
					      campaign->only, &results.nr);

	results.results = calloc(results.nr + 1, sizeof(*results.results));
	if (!results.results)
		abort();
	for (size_t i = 0; i < results.nr; i++)
		results.results[i] = (struct pair_result){
			.what = list[i],
			.violation = NR_VIOLATIONS,
		};
	free(list);
	return results;
}

static void print_results(struct campaign *campaign,
			  const struct pair_results *results, bool first)
{
	struct output *output = &campaign->output;

	for (size_t i = 0; i < results->nr; i++) {
		run_totals_add(&output->totals, results->results[i].verdict);
		output->tool_error |= results->results[i].tool_error;
	}
	if (campaign->options->format == FORMAT_JSON) {
		fputs(first ? "\n" : ",\n", stdout);
		report_pairs_json(stdout, results);
	} else {
		report_pairs(stdout, results, &output->style);
	}
	fflush(stdout);
}

static void explore_kernel(struct campaign *campaign,
			   const struct loaded_kernel *kernel, bool first)
{
	struct pair_results results = begin_results(campaign, kernel);
	double began = seconds();

	search_all(campaign, kernel, &results);
	results.seconds = seconds() - began;
	clear_progress(campaign);
	print_results(campaign, &results, first);
	pair_results_deinit(&results);
}

static int explore_kernels(struct campaign *campaign,
			   const struct kernels *kernels)
{
	const struct cli_options *options = campaign->options;

	if (output_begin(&campaign->output, options, 0, true))
		return 2;
	for (size_t i = 0; i < kernels->nr; i++) {
		size_t nr;

		free(pairs_list(kernels->kernel[i].desc->caps,
				campaign->nr_tasks, campaign->only, &nr));
		campaign->left += nr;
	}
	campaign->until = seconds() + (options->seconds ? options->seconds :
							  DEFAULT_SECONDS);
	for (size_t i = 0; i < kernels->nr; i++)
		explore_kernel(campaign, &kernels->kernel[i], !i);
	if (options->format == FORMAT_JSON)
		output_end(&campaign->output);
	else
		report_totals(stdout, &campaign->output.totals,
			      &campaign->output.style);
	return output_exit_status(&campaign->output);
}

static int parse_only(struct campaign *campaign)
{
	struct suggestion suggestion;
	char wrong[SUGGEST_MAX_LEN];

	campaign->only = ~0ULL;
	if (!campaign->options->only ||
	    !pairs_parse(campaign->options->only, &campaign->only, wrong,
			 sizeof(wrong)))
		return 0;
	suggest_init(&suggestion, wrong, strlen(wrong));
	for (size_t i = 0; i < nr_pair_operations; i++)
		suggest_offer(&suggestion, pair_operations[i].name);
	fprintf(stderr, "pfnsim: --only: no operation '%s'", wrong);
	if (suggestion.best)
		fprintf(stderr, "; did you mean '%s'?", suggestion.best);
	fputc('\n', stderr);
	return 2;
}

int explore_all(const struct cli_options *options)
{
	struct campaign campaign = {
		.options = options,
		.nr_tasks = options->tasks ? options->tasks : 2,
	};
	struct kernels kernels = { 0 };
	int status = parse_only(&campaign);

	campaign.preemptions = options->preemptions ? options->preemptions - 1 :
			       campaign.nr_tasks > 2 ? TRIPLES_PREEMPTIONS :
						       PAIRS_PREEMPTIONS;
	if (!status)
		status = kernels_load(options, false, &kernels);
	if (!status)
		status = explore_kernels(&campaign, &kernels);
	kernels_deinit(&kernels);
	return status;
}
