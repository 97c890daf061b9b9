// SPDX-License-Identifier: GPL-2.0-only
/*
 * `pfnsim bench explore`: how many executions of a scenario a search makes in a
 * second of processor time, judged as in any search, by way of searching.
 */
#include <stdio.h>
#include <string.h>

#include "bench.h"
#include "engine.h"
#include "explore.h"

static const struct {
	const char *name;
	struct random_way way;
	bool everything;
} searches[] = {
	{ "PCT(3)", { RANDOM_PCT, 3 }, false },
	{ "POS", { RANDOM_POS, 0 }, false },
	{ "URW", { RANDOM_URW, 0 }, false },
	{ "uniform", { RANDOM_UNIFORM, 0 }, false },
	{ "all interleavings", { RANDOM_UNIFORM, 0 }, true },
};
#define NR_SEARCHES (sizeof(searches) / sizeof(searches[0]))

static void print_rate(bool json, bool first, const char *kernel,
		       const char *search, uint64_t executions, double seconds)
{
	if (json)
		printf("%s\n {\"kernel\": \"%s\", \"search\": \"%s\", "
		       "\"executions\": %lu, \"seconds\": %.3f, "
		       "\"executions_per_second\": %.0f}",
		       first ? "" : ",", kernel, search, executions, seconds,
		       executions / seconds);
	else
		printf("%-18s %12.0f executions per second\n", search,
		       executions / seconds);
}

/* Returns the exit status. */
static int measure(const struct cli_options *options,
		   const struct scenario *scenario,
		   const struct loaded_kernel *kernel, size_t i, bool first)
{
	static const struct case_desc desc = { .name = "any-order",
					       .kind = CASE_EXPLORE,
					       .hazards_alone = true };
	struct explore_limits limits = {
		.random = searches[i].everything ? 0 : ~0UL,
		.way = &searches[i].way,
		.everything = searches[i].everything,
		.seconds = options->seconds ? options->seconds : 2,
	};
	struct explore_report report;
	struct case_result result;
	double start = bench_cpu();
	int status = 0;

	run_explore(scenario, &desc, kernel, &limits, NULL, &result, &report);
	if (report.executions && !report.failed)
		print_rate(options->format == FORMAT_JSON, first, kernel->name,
			   searches[i].name, report.executions,
			   bench_cpu() - start);
	else
		status = report.failed ? 1 : 4;
	if (status)
		fprintf(stderr, "pfnsim: %s, %s: %s\n", kernel->name,
			scenario->name,
			report.failed ? "does not pass" :
			result.reason ? result.reason :
					"does not run");
	explore_report_deinit(&report);
	case_result_deinit(&result);
	return engine.interrupted ? 3 : status;
}

int bench_explore(const struct cli_options *options,
		  const struct scenario *scenario,
		  const struct kernels *kernels)
{
	bool json = options->format == FORMAT_JSON;
	int status = 0;

	printf(json ? "[" : "");
	for (size_t k = 0; k < kernels->nr && !status; k++) {
		if (!json)
			printf("%s, %s\n", kernels->kernel[k].name,
			       scenario->name);
		for (size_t i = 0; i < NR_SEARCHES && !status; i++)
			status = measure(options, scenario, &kernels->kernel[k],
					 i, !k && !i);
	}
	printf(json ? "\n]\n" : "");
	return status;
}
