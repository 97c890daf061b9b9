// SPDX-License-Identifier: GPL-2.0-only
/*
 * `pfnsim bench search`: programs whose numbers of interleavings are known are
 * searched all through, again and again; the fastest run counts.  Beside them
 * stand figures of other model checkers, recorded as docs/benchmarks.md says.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench.h"
#include "benchrandom.h"
#include "benchspin.h"
#include "inputs.h"
#include "program.h"

#define DEFAULT_SECONDS 1

enum peer { GENMC, NIDHUGG, SPIN, NR_PEERS };
static const char *const peers[NR_PEERS] = { "GenMC 0.10.3", "Nidhugg 0.4",
					     "SPIN 6.5.2" };

/*
 * @interleavings: that are known, 0 where the search ends with the first one that
 * fails.  @recorded: seconds of each peer, 0 where there is no figure.
 */
static const struct row {
	const char *name;
	unsigned int n, m;
	uint64_t interleavings;
	double recorded[NR_PEERS];
} rows[] = {
	{ "readers", 14, 0, 16384, { 0.71, 6.9, 0 } },
	{ "lastzero", 10, 0, 3328, { 0.66, 1.38, 0 } },
	{ "lastzero", 15, 0, 147456, { 15.9, 0, 0 } },
	{ "indexer", 15, 0, 4096, { 3.15, 0, 0 } },
	{ "fib_bench", 5, 0, 218243, { 2.71, 23.7, 0 } },
	{ "pfn", 2, 3, 26402, { 3.62, 7.4, 0.04 } },
	{ "pfn", 3, 1, 380406, { 54.7, 113, 0.82 } },
	{ "pfn", 3, 2, 5025702, { 416, 0, 2.2 } },
	{ "pfnlit", 3, 2, 0, { 6.0, 0, 0.46 } },
};
#define NR_ROWS (sizeof(rows) / sizeof(rows[0]))

static const struct {
	enum reduction reduction;
	const char *name;
} searches[] = { { REDUCE_SOURCE, "source" }, { REDUCE_OPTIMAL, "optimal" } };
#define NR_SEARCHES (sizeof(searches) / sizeof(searches[0]))

struct figures {
	struct dpor_result result;
	double seconds; /* of the fastest run */
	unsigned int runs;
};

static double seconds_of(const struct cli_options *options)
{
	return options->seconds ? options->seconds : DEFAULT_SECONDS;
}

static void row_title(const struct row *row, char *title, size_t size)
{
	if (row->m)
		snprintf(title, size, "%s(%u,%u)", row->name, row->n, row->m);
	else
		snprintf(title, size, "%s(%u)", row->name, row->n);
}

/* ---- Measuring ----------------------------------------------------------- */

static bool until_it_fails(void *arg)
{
	struct program_totals *totals = arg;

	program_count(totals);
	return !totals->failing;
}

/* One search; 0, 1 where it did not find what is known, or 3. */
static int search_once(const struct row *row, enum reduction reduction,
		       struct figures *figures)
{
	struct program_totals totals = { .keep_states = false };
	double start = bench_cpu(), seconds;

	search_init(program_subject());
	figures->result = dpor_search(
		reduction, row->interleavings ? program_count : until_it_fails,
		&totals);
	seconds = bench_cpu() - start;
	if (!figures->runs++ || seconds < figures->seconds)
		figures->seconds = seconds;
	if (engine.interrupted)
		return 3;
	if (row->interleavings)
		return totals.complete != row->interleavings || totals.failing;
	return !totals.failing;
}

static int measure(const struct row *row, enum reduction reduction,
		   double seconds, struct figures *figures)
{
	double until = bench_now() + seconds;
	int status;

	*figures = (struct figures){ .runs = 0 };
	do {
		status = search_once(row, reduction, figures);
	} while (!status && bench_now() < until);
	return status;
}

/* ---- Printing ------------------------------------------------------------ */

static bool as_json(const struct cli_options *options)
{
	return options->format == FORMAT_JSON;
}

static void print_head(const struct cli_options *options)
{
	if (as_json(options)) {
		printf("{\"version\": 1, \"results\": [");
		return;
	}
	printf("%58srecorded, seconds\n", "");
	printf("program       search   executions  redundant   seconds  "
	       "per second");
	for (enum peer peer = 0; peer < NR_PEERS; peer++)
		printf("  %12s", peers[peer]);
	printf("\n");
}

static void print_recorded(double seconds, bool first)
{
	if (first && seconds)
		printf("  %12g", seconds);
	else
		printf("  %12s", first ? "-" : "");
}

static void print_line(const struct row *row, size_t search,
		       const struct figures *figures)
{
	char title[64];

	row_title(row, title, sizeof(title));
	printf("%-13s %-8s %10lu  %9lu  %8.3f  %10.0f", search ? "" : title,
	       searches[search].name, figures->result.executions,
	       figures->result.redundant, figures->seconds,
	       figures->result.executions / figures->seconds);
	for (enum peer peer = 0; peer < NR_PEERS; peer++)
		print_recorded(row->recorded[peer], !search);
	printf("%s\n", row->interleavings || search ? "" : "  (first failure)");
}

static void print_object(const struct row *row, size_t search,
			 const struct figures *figures, bool first)
{
	char title[64];

	row_title(row, title, sizeof(title));
	printf("%s\n {\"program\": \"%s\", \"search\": \"%s\", "
	       "\"until\": \"%s\", \"executions\": %lu, \"redundant\": %lu, "
	       "\"events\": %lu, \"seconds\": %.6f, "
	       "\"executions_per_second\": %.0f, \"runs\": %u, "
	       "\"recorded_seconds\": {",
	       first ? "" : ",", title, searches[search].name,
	       row->interleavings ? "end" : "failure",
	       figures->result.executions, figures->result.redundant,
	       figures->result.events, figures->seconds,
	       figures->result.executions / figures->seconds, figures->runs);
	for (enum peer peer = 0; peer < NR_PEERS; peer++) {
		printf("%s\"%s\": ", peer ? ", " : "", peers[peer]);
		if (row->recorded[peer])
			printf("%g", row->recorded[peer]);
		else
			printf("null");
	}
	printf("}}");
}

/* ---- SPIN ---------------------------------------------------------------- */

static void print_spin(const struct cli_options *options, const struct row *row,
		       const struct spin_figures *figures, bool first)
{
	char title[64];

	row_title(row, title, sizeof(title));
	if (as_json(options))
		printf("%s\n {\"program\": \"%s\", \"states\": %lu, "
		       "\"errors\": %lu, \"seconds\": %.2f, "
		       "\"megabytes\": %.0f}",
		       first ? "" : ",", title, figures->states,
		       figures->errors, figures->seconds, figures->megabytes);
	else
		printf("%-13s %10lu states, %lu errors, %.2f s, %.0f MB\n",
		       title, figures->states, figures->errors,
		       figures->seconds, figures->megabytes);
}

static bool is_wanted(const struct row *row, const char *only)
{
	char title[64];

	row_title(row, title, sizeof(title));
	return !only || !strncmp(title, only, strlen(only));
}

static bool has_model(const struct row *row, const char *only)
{
	return !strcmp(row->name, "pfn") && is_wanted(row, only);
}

static void spin_rows(const struct cli_options *options, const char *only)
{
	char *model = kernel_path(options, "bench/pfn.pml");
	char why[PATH_MAX + 64];
	struct spin_figures figures;
	bool first = true;

	for (const struct row *row = rows; row < rows + NR_ROWS; row++) {
		if (!has_model(row, only))
			continue;
		if (spin_search(model, row->n, row->m, &figures, why,
				sizeof(why))) {
			fprintf(stderr, "pfnsim: %s\n", why);
			break;
		}
		print_spin(options, row, &figures, first);
		first = false;
	}
	free(model);
}

/* On what it has a model of.  That it is missing or fails is no failure. */
static void run_spin(const struct cli_options *options, const char *only)
{
	char version[32];
	bool wanted = false;

	for (size_t i = 0; i < NR_ROWS; i++)
		wanted |= has_model(&rows[i], only);
	if (wanted && spin_version(version, sizeof(version))) {
		printf(as_json(options) ? ",\n\"spin\": {\"version\": \"%s\", "
					  "\"results\": [" :
					  "\nSPIN %s, measured now:\n",
		       version);
		spin_rows(options, only);
		printf(as_json(options) ? "]}}\n" : "");
	} else if (as_json(options)) {
		printf(",\n\"spin\": null}\n");
	} else if (wanted) {
		printf("\nSPIN is not installed.\n");
	}
}

/* -------------------------------------------------------------------------- */

static int run_row(const struct cli_options *options, const struct row *row,
		   bool first)
{
	double seconds = seconds_of(options);
	struct figures figures;
	char title[64];
	int status = 0;

	row_title(row, title, sizeof(title));
	if (program_prepare(row->name, row->n, row->m)) {
		fprintf(stderr, "pfnsim: there is no program %s\n", title);
		return 4;
	}
	for (size_t i = 0; i < NR_SEARCHES && !status; i++) {
		status = measure(row, searches[i].reduction, seconds, &figures);
		if (status == 3)
			break;
		if (as_json(options))
			print_object(row, i, &figures, first && !i);
		else
			print_line(row, i, &figures);
		if (status)
			fprintf(stderr, "pfnsim: %s is known to have %lu\n",
				title, row->interleavings);
		fflush(stdout);
	}
	return status;
}

static int run_rows(const struct cli_options *options, const char *only)
{
	bool first = true;
	int status = 0;

	for (size_t i = 0; i < NR_ROWS && !status; i++) {
		if (!is_wanted(&rows[i], only))
			continue;
		status = run_row(options, &rows[i], first);
		first = false;
	}
	return status;
}

static bool wants_random(const char *only)
{
	return !only || !strncmp("random", only, strlen(only));
}

static bool is_known(const char *only)
{
	char title[64];

	if (wants_random(only))
		return true;
	for (size_t i = 0; i < NR_ROWS; i++)
		if (is_wanted(&rows[i], only))
			return true;
	fprintf(stderr,
		"pfnsim: no program is measured called '%s'; there are:", only);
	for (size_t i = 0; i < NR_ROWS; i++) {
		row_title(&rows[i], title, sizeof(title));
		fprintf(stderr, " %s,", title);
	}
	fprintf(stderr, " random\n");
	return false;
}

int bench_search(const struct cli_options *options, const char *only)
{
	char *path, why[256];
	int status;

	if (!is_known(only))
		return 2;
	path = kernel_path(options, "bench/hooked/search-programs.so");
	status = programs_open(path, why, sizeof(why));
	free(path);
	if (status) {
		fprintf(stderr, "pfnsim: %s\n", why);
		return 4;
	}
	print_head(options);
	status = run_rows(options, only);
	printf(as_json(options) ? "]" : "");
	if (!status && wants_random(only))
		status = bench_random(as_json(options), seconds_of(options));
	if (status != 3)
		run_spin(options, only);
	else if (as_json(options))
		printf("}\n");
	programs_close();
	return status;
}
