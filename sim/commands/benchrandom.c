// SPDX-License-Identifier: GPL-2.0-only
#include "benchrandom.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "program.h"
#include "random.h"

#define ROUND_SECONDS 0.25
#define NR_HUNTS 20
/* Executions after which a failure counts as not found. */
#define MAX_HUNT 100000UL

static const struct {
	struct random_way way;
	const char *name;
	const char *recorded;
} ways[] = {
	{ { RANDOM_UNIFORM, 0 }, "uniform", "relacy 383000" },
	{ { RANDOM_PCT, 3 }, "PCT(3)", "Shuttle 99000" },
	{ { RANDOM_POS, 0 }, "POS", NULL },
	{ { RANDOM_URW, 0 }, "URW", NULL },
};
#define NR_WAYS (sizeof(ways) / sizeof(ways[0]))

/* ---- Executions per second ----------------------------------------------- */

static double one_round(struct random_way way, uint64_t *seed)
{
	struct program_totals totals = { .keep_states = false };
	double start = bench_cpu(), now;
	uint64_t first = *seed;

	do {
		for (unsigned int i = 0; i < 256; i++) {
			random_run(way, ++*seed);
			program_count(&totals);
		}
		now = bench_cpu();
	} while (now - start < ROUND_SECONDS && !engine.interrupted);
	return (*seed - first) / (now - start);
}

static double best_rate(struct random_way way, double seconds)
{
	double until = bench_now() + seconds, best = 0;
	uint64_t seed = 0;

	search_init(program_subject());
	search.blind = true;
	do {
		double rate = one_round(way, &seed);

		if (rate > best)
			best = rate;
	} while (bench_now() < until && !engine.interrupted);
	return best;
}

static int rates(bool json, double seconds)
{
	if (program_prepare("pfn", 1, 2))
		return 4;
	printf(json ? ",\n\"random\": [" :
		      "\nRandom schedules of pfn(1,2) per second:\n");
	for (size_t i = 0; i < NR_WAYS; i++) {
		double rate = best_rate(ways[i].way, seconds);

		if (engine.interrupted)
			break;
		if (json)
			printf("%s\n {\"program\": \"pfn(1,2)\", "
			       "\"way\": \"%s\", "
			       "\"executions_per_second\": %.0f}",
			       i ? "," : "", ways[i].name, rate);
		else
			printf("%-10s %12.0f   %s%s\n", ways[i].name, rate,
			       ways[i].recorded ? "recorded: " : "",
			       ways[i].recorded ? ways[i].recorded : "");
	}
	printf(json ? "]" : "");
	return 0;
}

/* ---- To a failure -------------------------------------------------------- */

struct hunt {
	double seconds;
	uint64_t executions;
};

static bool hunt(struct random_way way, unsigned int number, struct hunt *hunt)
{
	struct program_totals totals = { .keep_states = false };
	uint64_t seed = (uint64_t)(number + 1) << 32;
	double start = bench_cpu();

	search_init(program_subject());
	search.blind = true;
	for (hunt->executions = 0; !totals.failing; hunt->executions++) {
		if (hunt->executions == MAX_HUNT || engine.interrupted)
			return false;
		random_run(way, ++seed);
		program_count(&totals);
	}
	hunt->seconds = bench_cpu() - start;
	return true;
}

static int by_seconds(const void *a, const void *b)
{
	double x = ((const struct hunt *)a)->seconds;
	double y = ((const struct hunt *)b)->seconds;

	return (x > y) - (x < y);
}

static void print_hunts(bool json, const char *way, struct hunt *hunts,
			unsigned int nr, bool first)
{
	struct hunt median = { 0 }, last = { 0 };

	if (nr) {
		qsort(hunts, nr, sizeof(*hunts), by_seconds);
		median = hunts[nr / 2];
		last = hunts[nr - 1];
	}
	if (json)
		printf("%s\n {\"program\": \"pfnlit(3,2)\", \"way\": \"%s\", "
		       "\"seeds\": %u, \"found\": %u, "
		       "\"median_executions\": %lu, \"median_seconds\": %.4f, "
		       "\"most_seconds\": %.4f}",
		       first ? "" : ",", way, NR_HUNTS, nr, median.executions,
		       median.seconds, last.seconds);
	else
		printf("%-10s %2u of %u seeds, median %.3f s and %lu "
		       "executions, at most %.3f s\n",
		       way, nr, NR_HUNTS, median.seconds, median.executions,
		       last.seconds);
}

static int hunts(bool json)
{
	struct hunt found[NR_HUNTS];

	if (program_prepare("pfnlit", 3, 2))
		return 4;
	printf(json ? ",\n\"failures\": [" :
		      "\nTo the failure of pfnlit(3,2) "
		      "(recorded: Shuttle 0.195 s, relacy 0.31 s):\n");
	for (size_t i = 0; i < NR_WAYS && !engine.interrupted; i++) {
		unsigned int nr = 0;

		for (unsigned int j = 0; j < NR_HUNTS; j++)
			nr += hunt(ways[i].way, j, &found[nr]);
		print_hunts(json, ways[i].name, found, nr, !i);
	}
	printf(json ? "]" : "");
	return 0;
}

int bench_random(bool json, double seconds)
{
	int status = rates(json, seconds);

	if (!status)
		status = hunts(json);
	return engine.interrupted ? 3 : status;
}
