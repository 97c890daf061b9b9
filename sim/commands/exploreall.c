// SPDX-License-Identifier: GPL-2.0-only
#include "exploreall.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "checkpoint.h"
#include "engine.h"
#include "explore.h"
#include "inputs.h"
#include "output.h"
#include "pairrecord.h"
#include "pairs.h"
#include "pairtable.h"
#include "pool.h"
#include "reader.h"
#include "session.h"
#include "suggest.h"
#include "terminal.h"

#define DEFAULT_SECONDS 600
#define PAIRS_PREEMPTIONS 2
#define TRIPLES_PREEMPTIONS 1
/* The part of its share of the time that one combination may take at first. */
#define GENEROUS 8
/* How often to save what is done. */
#define SAVE_SECONDS 5

struct campaign {
	const struct cli_options *options;
	struct output output;
	unsigned int nr_tasks;
	unsigned long preemptions;
	uint64_t only;
	double until;
	size_t left; /* combinations that wait for their first search */
	struct checkpoint checkpoint;
	const struct checkpoint *parts; /* of all shards, to be merged */
	size_t nr_parts;
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

/* Combinations that a worker takes at a time. */
#define CLAIM 16
/* What a combination is that nobody has searched to an end. */
enum pair_state { PAIR_OPEN, PAIR_TAKEN, PAIR_DONE };

struct searching {
	struct campaign *campaign;
	const struct loaded_kernel *kernel;
	struct pair_results *results;
	unsigned char *state, *died; /* by combination */
	bool again; /* those that had too little time have all of the rest */
	size_t unfinished;
	double saved;
	struct checkpoint_record *record;
	struct claim {
		size_t list[CLAIM], nr, at;
	} * claims;
};

static unsigned int nr_jobs(const struct campaign *campaign)
{
	return campaign->options->jobs ? campaign->options->jobs : 1;
}

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
static double share_of(const struct searching *searching)
{
	const struct campaign *campaign = searching->campaign;
	double rest = campaign->until - seconds();
	double all = rest * nr_jobs(campaign), share;

	if (searching->again)
		share = all / (campaign->left + searching->unfinished);
	else
		share = all * GENEROUS / (campaign->left + GENEROUS);
	return share < rest ? share : rest;
}

/* How many are left, of which its share of the time depends, and which to search. */
static void ask(void *arg, void *what, FILE *out)
{
	const struct searching *searching = arg;
	const struct claim *claim = what;

	fprintf(out, "left %zu\n", searching->campaign->left);
	for (size_t i = 0; i < claim->nr; i++)
		fprintf(out, "pair %zu\n", claim->list[i]);
}

static void work_on(struct searching *searching, size_t index, FILE *out)
{
	struct pair_result *result = &searching->results->results[index];

	fprintf(out, "begin %zu\n", index);
	fflush(out);
	pair_record_clear(result);
	search_one(searching->campaign, searching->kernel, result,
		   share_of(searching));
	/* It may have been cut short where it was to be told. */
	if (engine.interrupted)
		return;
	if (!searching->again && searching->campaign->left)
		searching->campaign->left--;
	pair_record_write(result, out);
	fputs("end\n", out);
	fflush(out);
}

static void work(void *arg, char *asked, FILE *out)
{
	struct searching *searching = arg;
	struct campaign *campaign = searching->campaign;

	for (char *line; (line = strsep(&asked, "\n"));) {
		if (!strncmp(line, "left ", 5))
			campaign->left = strtoul(line + 5, NULL, 10);
		else if (is_over(campaign))
			return;
		else if (!strncmp(line, "pair ", 5))
			work_on(searching, strtoul(line + 5, NULL, 10), out);
	}
}

/* Whether it is this shard's to search, and has not been yet. */
static bool is_wanted(const struct searching *searching, size_t index)
{
	const struct campaign *campaign = searching->campaign;
	const struct checkpoint *checkpoint = &campaign->checkpoint;

	if (checkpoint->shards &&
	    index % checkpoint->shards != checkpoint->shard - 1)
		return false;
	return searching->state[index] == PAIR_OPEN &&
	       searching->died[index] < 2 && !campaign->nr_parts;
}

static void *next(void *arg, unsigned int worker)
{
	struct searching *searching = arg;
	struct claim *claim = &searching->claims[worker];
	size_t most = 1 + searching->campaign->left /
				  (4 * nr_jobs(searching->campaign));

	claim->nr = claim->at = 0;
	if (is_over(searching->campaign))
		return NULL;
	for (size_t i = 0; i < searching->results->nr && claim->nr < CLAIM &&
			   claim->nr < most;
	     i++) {
		if (!is_wanted(searching, i))
			continue;
		searching->state[i] = PAIR_TAKEN;
		claim->list[claim->nr++] = i;
	}
	return claim->nr ? claim : NULL;
}

static void save(struct searching *searching)
{
	const struct pair_results *results = searching->results;
	char *text = NULL;
	size_t size;
	FILE *out;

	if (!searching->record)
		return;
	out = open_memstream(&text, &size);
	if (!out)
		abort();
	for (size_t i = 0; i < results->nr; i++) {
		if (results->results[i].verdict == VERDICT_UNKNOWN ||
		    searching->state[i] != PAIR_DONE)
			continue;
		fprintf(out, "pair %zu\n", i);
		pair_record_write(&results->results[i], out);
	}
	if (fclose(out))
		abort();
	free(searching->record->text);
	searching->record->text = text;
	checkpoint_save(&searching->campaign->checkpoint);
	searching->saved = seconds();
}

static void line(void *arg, unsigned int worker, char *line)
{
	struct searching *searching = arg;
	struct claim *claim = &searching->claims[worker];
	struct pair_result *result;

	if (claim->at == claim->nr)
		return;
	result = &searching->results->results[claim->list[claim->at]];
	if (!strncmp(line, "begin ", 6)) {
		pair_record_clear(result);
	} else if (strcmp(line, "end")) {
		if (pair_record_read(result, line))
			abort();
	} else {
		searching->state[claim->list[claim->at++]] = PAIR_DONE;
		if (!searching->again && searching->campaign->left)
			searching->campaign->left--;
		show_progress(searching->campaign, "");
		if (seconds() - searching->saved > SAVE_SECONDS)
			save(searching);
	}
}

static void ended(void *arg, unsigned int worker, void *what, int status)
{
	struct searching *searching = arg;
	struct claim *claim = what;

	(void)worker;
	for (size_t i = claim->at; i < claim->nr; i++)
		searching->state[claim->list[i]] = PAIR_OPEN;
	if (claim->at == claim->nr || !status)
		return;
	/* It died of this one, or by chance. */
	searching->died[claim->list[claim->at]]++;
	pair_record_clear(&searching->results->results[claim->list[claim->at]]);
}

static void search_open(struct searching *searching)
{
	const struct pool_work how = {
		.arg = searching,
		.next = next,
		.ask = ask,
		.work = work,
		.line = line,
		.ended = ended,
	};

	if (pool_run(nr_jobs(searching->campaign), &how))
		fputs("pfnsim: no worker process can be started\n", stderr);
}

static void read_pairs(struct searching *searching, const char *known)
{
	char *text = text_of("%s", known), *rest = text, *line;
	struct pair_result *result = NULL;
	size_t index;

	while ((line = strsep(&rest, "\n"))) {
		bool good = true;

		if (!strncmp(line, "pair ", 5)) {
			index = strtoul(line + 5, NULL, 10);
			good = index < searching->results->nr;
			if (good) {
				result = &searching->results->results[index];
				pair_record_clear(result);
				searching->state[index] = PAIR_DONE;
				searching->campaign->left -=
					searching->campaign->left > 0;
			}
		} else if (*line) {
			good = result && !pair_record_read(result, line);
		}
		if (!good) {
			fprintf(stderr,
				"pfnsim: what was saved is damaged: "
				"'%s'\n",
				line);
			searching->campaign->output.tool_error = true;
		}
	}
	free(text);
}

/* What was saved of this kernel's combinations, here or by all shards. */
static void find_known(struct searching *searching)
{
	struct campaign *campaign = searching->campaign;
	char *key = checkpoint_key(searching->kernel, NULL, "all");
	const struct checkpoint_record *record;

	for (size_t i = 0; i < campaign->nr_parts; i++) {
		record = checkpoint_find(&campaign->parts[i], key);
		if (record)
			read_pairs(searching, record->text);
	}
	if (campaign->checkpoint.path) {
		searching->record = checkpoint_record(&campaign->checkpoint,
						      key);
		read_pairs(searching, searching->record->text);
	}
	free(key);
}

/* Those without a verdict, of which nothing more comes before the second try. */
static void set_all_unfinished(struct searching *searching)
{
	searching->unfinished = 0;
	for (size_t i = 0; i < searching->results->nr; i++) {
		struct pair_result *result = &searching->results->results[i];

		if (searching->died[i] > 1)
			set_unfinished(result, "a worker died of it twice");
		else if (searching->state[i] != PAIR_DONE)
			set_unfinished(result, "there was no time for it");
		if (result->verdict != VERDICT_UNKNOWN)
			continue;
		searching->state[i] = PAIR_OPEN;
		searching->unfinished++;
	}
}

/* A shard tells of its own alone. */
static void leave_others_out(const struct searching *searching)
{
	struct pair_results *results = searching->results;
	const struct checkpoint *checkpoint = &searching->campaign->checkpoint;
	size_t nr = 0;

	if (!checkpoint->shards)
		return;
	for (size_t i = 0; i < results->nr; i++) {
		if (i % checkpoint->shards == checkpoint->shard - 1)
			results->results[nr++] = results->results[i];
		else
			pair_record_clear(&results->results[i]);
	}
	results->nr = nr;
}

static void search_all(struct campaign *campaign,
		       const struct loaded_kernel *kernel,
		       struct pair_results *results)
{
	struct searching searching = {
		.campaign = campaign,
		.kernel = kernel,
		.results = results,
		.state = calloc(results->nr + 1, 1),
		.died = calloc(results->nr + 1, 1),
		.claims = calloc(nr_jobs(campaign), sizeof(struct claim)),
		.saved = seconds(),
	};
	bool done = true;

	if (!searching.state || !searching.died || !searching.claims)
		abort();
	find_known(&searching);
	search_open(&searching);
	set_all_unfinished(&searching);
	searching.again = true;
	if (searching.unfinished && !is_over(campaign)) {
		search_open(&searching);
		set_all_unfinished(&searching);
	}
	for (size_t i = 0; i < results->nr; i++)
		done &= !is_wanted(&searching, i) ||
			results->results[i].verdict != VERDICT_UNKNOWN;
	if (searching.record)
		searching.record->done = done;
	save(&searching);
	leave_others_out(&searching);
	free(searching.state);
	free(searching.died);
	free(searching.claims);
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
	size_t shards = campaign->checkpoint.shards;

	if (output_begin(&campaign->output, options, 0, true))
		return 2;
	for (size_t i = 0; i < kernels->nr; i++) {
		size_t nr;

		free(pairs_list(kernels->kernel[i].desc->caps,
				campaign->nr_tasks, campaign->only, &nr));
		campaign->left += shards ? nr / shards + 1 : nr;
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

static int run_campaign(struct campaign *campaign)
{
	const struct cli_options *options = campaign->options;
	struct kernels kernels = { 0 };
	int status = parse_only(campaign);

	campaign->nr_tasks = options->tasks ? options->tasks : 2;
	campaign->preemptions = options->preemptions ?
					options->preemptions - 1 :
				campaign->nr_tasks > 2 ? TRIPLES_PREEMPTIONS :
							 PAIRS_PREEMPTIONS;
	if (!status)
		status = kernels_load(options, false, &kernels);
	if (!status)
		status = explore_kernels(campaign, &kernels);
	kernels_deinit(&kernels);
	return status;
}

int explore_all(const struct cli_options *options)
{
	struct campaign campaign = { .options = options };
	int status = checkpoint_open(&campaign.checkpoint, options);

	if (!status)
		status = run_campaign(&campaign);
	checkpoint_close(&campaign.checkpoint);
	return status;
}

int explore_all_parts(const struct cli_options *options,
		      const struct checkpoint *parts, size_t nr)
{
	struct campaign campaign = {
		.options = options,
		.parts = parts,
		.nr_parts = nr,
	};

	return run_campaign(&campaign);
}
