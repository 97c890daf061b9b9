// SPDX-License-Identifier: GPL-2.0-only
#include "variants.h"

#include <stdio.h>
#include <string.h>

#include "engine.h"
#include "runner.h"
#include "terminal.h"

struct catches {
	size_t named, missed, otherwise;
	char first[160];
};

static bool names_kernel(const struct scenario *scenario, const char *kernel)
{
	for (size_t i = 0; i < scenario->nr_xfail; i++)
		if (scenario->xfail[i].kernel &&
		    !strcmp(scenario->xfail[i].kernel, kernel))
			return true;
	return false;
}

static void count_catch(struct output *output, const struct case_result *result,
			struct catches *catches)
{
	switch (result->verdict) {
	case VERDICT_XFAIL:
		if (!catches->named++)
			snprintf(catches->first, sizeof(catches->first),
				 "%.*s in %s/%s",
				 (int)strcspn(result->reason, ":"),
				 result->reason, result->scenario->name,
				 result->desc->name);
		break;
	case VERDICT_XPASS:
		catches->missed++;
		report_case(stdout, result, &output->style);
		break;
	case VERDICT_FAIL:
	case VERDICT_ERROR:
		catches->otherwise++;
		break;
	default:
		break;
	}
}

/*
 * A variant is caught where scenarios that name it fail on it as they say.  What
 * else it breaks is of no interest: files that do not name it are not run.
 */
static bool run_variant(const struct scenario_files *files,
			const struct loaded_kernel *kernel,
			struct output *output)
{
	struct catches catches = { 0 };

	for (size_t i = 0; i < files->nr; i++) {
		const struct scenario *scenario = files->files[i].scenario;

		if (!names_kernel(scenario, kernel->name))
			continue;
		for (size_t c = 0; c < scenario->nr_cases; c++) {
			struct case_result result;

			run_order_case(scenario, &scenario->cases[c], kernel,
				       &result);
			output->tool_error |= result.tool_error;
			count_catch(output, &result, &catches);
			case_result_deinit(&result);
		}
	}
	if (catches.named && !catches.missed) {
		printf("caught  %-38s %s", kernel->name, catches.first);
		if (catches.named > 1)
			printf(" and %zu more", catches.named - 1);
		printf("\n");
		return true;
	}
	printf("MISSED  %-38s %s\n", kernel->name,
	       catches.missed	 ? "a case passes that should catch it" :
	       catches.otherwise ? "fails, but not as its scenarios say" :
				   "no scenario names what it breaks");
	return false;
}

int run_variants(const struct scenario_files *files,
		 const struct kernels *kernels, struct output *output)
{
	size_t caught = 0, nr = 0;

	while (nr < kernels->nr && !engine.interrupted) {
		caught += run_variant(files, &kernels->kernel[nr++], output);
		fflush(stdout);
	}
	printf("%zu passed, %zu failed, 0 skipped\n", caught, nr - caught);
	if (output->tool_error)
		return 4;
	if (engine.interrupted)
		return 3;
	return caught == nr ? 0 : 1;
}
