// SPDX-License-Identifier: GPL-2.0-only
/*
 * `pfnsim bench replay`: how fast one case is replayed, from reset to verdict,
 * with no trace kept.  Rounds of the replayed and of the serial form take turns,
 * so that both see the same machine; the median round counts.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "bench.h"
#include "commands.h"
#include "engine.h"
#include "inputs.h"
#include "runner.h"

#define MAX_ROUNDS 64
#define ROUND_SECONDS 0.25

struct rate {
	double per_second[MAX_ROUNDS];
	unsigned int nr;
	uint64_t points; /* of one execution */
};

static double read_clock(clockid_t clock)
{
	struct timespec ts;

	clock_gettime(clock, &ts);
	return ts.tv_sec + ts.tv_nsec * 1e-9;
}

double bench_now(void)
{
	return read_clock(CLOCK_MONOTONIC);
}

static double cpu_of(int who)
{
	struct rusage usage;

	getrusage(who, &usage);
	return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
	       (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e-6;
}

double bench_cpu(void)
{
	return cpu_of(RUSAGE_SELF) + cpu_of(RUSAGE_CHILDREN);
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double median(struct rate *rate)
{
	qsort(rate->per_second, rate->nr, sizeof(double), by_value);
	return rate->nr ? rate->per_second[rate->nr / 2] : 0;
}

/* Runs for about ROUND_SECONDS; false where an execution failed. */
static bool round_of(struct session *session, const struct case_desc *desc,
		     bool serial, struct rate *rate)
{
	double start = bench_now(), end;
	uint64_t times = 0, batch = 64, points;

	do {
		points = session_bench(session, desc, batch, serial);
		if (engine.interrupted || (!points && !serial))
			return false;
		times += batch;
		end = bench_now();
	} while (end - start < ROUND_SECONDS);
	rate->points = points / batch;
	if (rate->nr < MAX_ROUNDS)
		rate->per_second[rate->nr++] = times / (end - start);
	return true;
}

static void
print_rates(const struct cli_options *options, const struct scenario *scenario,
	    const struct case_desc *desc, const struct loaded_kernel *kernel,
	    struct session *session, struct rate *replay, struct rate *serial)
{
	double fast = median(serial), rate = median(replay);
	double ns = 1e9 / rate;

	if (options->format == FORMAT_JSON) {
		printf("{\"kernel\": \"%s\", \"scenario\": \"%s\", "
		       "\"case\": \"%s\", \"executions_per_second\": %.0f, "
		       "\"points\": %lu, \"relative\": %.3f, "
		       "\"reset_bytes\": %zu}\n",
		       kernel->name, scenario->name, desc->name, rate,
		       replay->points, fast / rate,
		       session_snapshot_bytes(session));
		return;
	}
	printf("%s, %s/%s\n", kernel->name, scenario->name, desc->name);
	printf("  executions per second    %12.0f\n", rate);
	printf("  steps per second         %12.0f\n", rate * replay->points);
	printf("  steps per execution      %12lu\n", replay->points);
	printf("  ns per execution         %12.0f\n", ns);
	printf("  ns per scheduling point  %12.1f\n", ns / replay->points);
	printf("  without a scheduler      %12.0f executions per second\n",
	       fast);
	printf("  cost of scheduling       %12.2f times that\n", fast / rate);
	printf("  reset                    %12zu bytes\n",
	       session_snapshot_bytes(session));
	printf("  rounds                   %12u, median shown\n", replay->nr);
}

static int bench_case(const struct cli_options *options,
		      const struct scenario *scenario,
		      const struct case_desc *desc,
		      const struct loaded_kernel *kernel)
{
	double until = bench_now() + (options->seconds ? options->seconds : 2);
	struct rate replay = { .nr = 0 }, serial = { .nr = 0 };
	struct session *session;
	bool trap, good = true;
	char why[256];

	if (!scenario_runs_on(scenario, kernel->desc, why, sizeof(why))) {
		printf("%s, %s/%s: %s\n", kernel->name, scenario->name,
		       desc->name, why);
		return 0;
	}
	session = session_open(scenario, kernel, why, sizeof(why), &trap);
	if (!session) {
		fprintf(stderr, "pfnsim: %s\n", why);
		return 4;
	}
	do {
		good = round_of(session, desc, false, &replay) &&
		       round_of(session, desc, true, &serial);
	} while (good && bench_now() < until);
	if (good)
		print_rates(options, scenario, desc, kernel, session, &replay,
			    &serial);
	else
		fprintf(stderr, "pfnsim: %s, %s/%s does not pass\n",
			kernel->name, scenario->name, desc->name);
	session_close(session);
	return good ? 0 : engine.interrupted ? 3 : 1;
}

static const struct case_desc *first_order(const struct scenario *scenario,
					   const char *name)
{
	for (size_t i = 0; i < scenario->nr_cases; i++)
		if (scenario->cases[i].kind == CASE_ORDER &&
		    (!name || !strcmp(name, scenario->cases[i].name)))
			return &scenario->cases[i];
	return NULL;
}

static int bench_replay(const struct cli_options *options,
			const struct scenario *scenario)
{
	const struct case_desc *desc = first_order(scenario,
						   options->case_name);
	struct kernels kernels;
	int status;

	if (!desc) {
		fprintf(stderr, "pfnsim: %s has no such case with an order\n",
			scenario->path);
		return 2;
	}
	status = kernels_load(options, false, &kernels);
	for (size_t k = 0; k < kernels.nr && !status; k++)
		status = bench_case(options, scenario, desc,
				    &kernels.kernel[k]);
	kernels_deinit(&kernels);
	return status;
}

static int bench_searches(const struct cli_options *options,
			  const struct scenario *scenario)
{
	struct kernels kernels;
	int status = kernels_load(options, false, &kernels);

	if (!status)
		status = bench_explore(options, scenario, &kernels);
	kernels_deinit(&kernels);
	return status;
}

/* The case that is measured where none is named, found beside the program. */
#define DEFAULT_FILE "scenarios/notifier-inside-refresh.yaml"

static int bench_file(const struct cli_options *options, bool search)
{
	struct cli_options with_file = *options;
	const char *file = DEFAULT_FILE;
	struct scenario_files files;
	int status;

	with_file.operands = options->nr_operands > 1 ? options->operands + 1 :
							&file;
	with_file.nr_operands = 1;
	status = files_read_one(&with_file, &files);
	if (!status && search)
		status = bench_searches(options, files.files[0].scenario);
	else if (!status)
		status = bench_replay(options, files.files[0].scenario);
	files_deinit(&files);
	return status;
}

int command_bench(const struct cli_options *options)
{
	const char *subject = options->operands[0];

	if (!strcmp(subject, "replay"))
		return bench_file(options, false);
	if (!strcmp(subject, "explore"))
		return bench_file(options, true);
	if (!strcmp(subject, "scale"))
		return bench_scale(options);
	if (!strcmp(subject, "search"))
		return bench_search(options, options->nr_operands > 1 ?
						     options->operands[1] :
						     NULL);
	fprintf(stderr,
		"pfnsim: nothing to measure called '%s'; there are: replay, "
		"explore, search, scale\n",
		subject);
	return 2;
}
