// SPDX-License-Identifier: GPL-2.0-only
#include "soakstates.h"

#include <unistd.h>

#include "engine.h"
#include "explore.h"
#include "progress.h"
#include "reader.h"
#include "runner.h"

#define DEFAULT_SECONDS 10.0

/* Nothing is expected of it. */
static const struct case_desc any_order = {
	.name = "end-states",
	.kind = CASE_EXPLORE,
	.hazards_alone = true,
};

struct searching {
	const struct cli_options *options;
	const struct loaded_kernel *kernel;
	double seconds; /* for a file */
	FILE *out;
};

/* Returns whether that was all interleavings. */
static bool write_states(const struct searching *s,
			 const struct scenario *scenario,
			 const struct explore_limits *limits)
{
	struct explore_report report;
	struct case_result result;
	bool all;

	run_explore(scenario, &any_order, s->kernel, limits, progress_show,
		    &result, &report);
	for (size_t i = 0; i < report.nr_states; i++)
		fprintf(s->out, "state %016lx %s\n",
			(unsigned long)report.states[i].hash,
			report.states[i].text);
	all = result.verdict != VERDICT_ERROR && report.stage == STAGE_ALL &&
	      report.exhausted && !report.curbed && !report.states_dropped;
	explore_report_deinit(&report);
	case_result_deinit(&result);
	return all;
}

/*
 * All interleavings are gone through in an order of their own: where there is no
 * time for all, those drawn at random are more different.  Returns whether it were
 * all.
 */
static bool find_ends(const struct searching *s,
		      const struct scenario *scenario)
{
	struct explore_limits limits = {
		.everything = true,
		.all = true,
		.seconds = s->seconds / 2,
		.seed = s->options->seed ? s->options->seed - 1 : 0,
	};
	bool all;

	if (isatty(STDERR_FILENO))
		progress_begin(s->options, scenario->name);
	all = write_states(s, scenario, &limits);
	if (all) {
		fputs("all\n", s->out);
	} else if (!engine.interrupted) {
		limits.everything = false;
		limits.random = ~0UL;
		write_states(s, scenario, &limits);
	}
	progress_clear();
	return all;
}

/*
 * Orders are replayed.  What they end in is a state like others where the search
 * did not come to its end; where it did, it must know them.
 */
static void replay(const struct searching *s, const struct scenario *scenario,
		   bool all)
{
	for (size_t i = 0; i < scenario->nr_cases; i++) {
		const struct case_desc *desc = &scenario->cases[i];
		struct case_result result;
		unsigned long end;

		if (desc->kind != CASE_ORDER)
			continue;
		run_case(scenario, desc, s->kernel, &result);
		end = result.end;
		case_result_deinit(&result);
		if (end)
			fprintf(s->out, "order %016lx %s\n", end, desc->name);
		if (end && !all)
			fprintf(s->out, "state %016lx as in case %s\n", end,
				desc->name);
	}
}

/* Of what is wrong with a file, the program that soaks it tells. */
static void search_file(const struct searching *s, const char *path)
{
	struct scenario *scenario;
	struct diags diags;

	fprintf(s->out, "file %s\n", path);
	diags_init(&diags);
	scenario = scenario_read(path, &diags);
	if (scenario && scenario_runs_on(scenario, s->kernel->desc, NULL, 0))
		replay(s, scenario, find_ends(s, scenario));
	scenario_destroy(scenario);
	diags_deinit(&diags);
}

int soak_states(const struct cli_options *options, const char *name,
		const struct scenario_files *files, FILE *out)
{
	const char *names[] = { name };
	struct cli_options of_kernel = *options;
	struct searching s = { .options = options, .out = out };
	struct kernels kernels;
	int status;

	of_kernel.kernels = names;
	of_kernel.nr_kernels = 1;
	status = kernels_load(&of_kernel, false, &kernels);
	s.kernel = kernels.kernel;
	s.seconds = options->seconds ? options->seconds / 2.0 /
					       (files->nr ? files->nr : 1) :
				       DEFAULT_SECONDS;
	for (size_t i = 0; i < files->nr && !status; i++) {
		search_file(&s, files->files[i].path);
		status = engine.interrupted ? 3 : 0;
	}
	if (status == 3)
		fprintf(stderr, "pfnsim: interrupted in its searches: nothing "
				"was soaked\n");
	kernels_deinit(&kernels);
	return status;
}
