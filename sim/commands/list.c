// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim list` and `pfnsim lint`: about scenario files, nothing is run. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "diag.h"
#include "inputs.h"
#include "places.h"
#include "points.h"
#include "reader.h"
#include "session.h"

static bool wanted(const struct cli_options *options,
		   const struct case_desc *desc)
{
	return !options->case_name || !strcmp(options->case_name, desc->name);
}

static void print_needs(const struct scenario *scenario, const char *between)
{
	const char *separator = "";

	for (int i = 0; i < NR_KERNEL_CAPS; i++) {
		if (!(scenario->needs & (1UL << i)))
			continue;
		printf("%s%s", separator, kernel_cap_name(i));
		separator = between;
	}
}

static void list_plain(const struct cli_options *options,
		       const struct scenario *scenario)
{
	for (size_t i = 0; i < scenario->nr_cases; i++) {
		const struct case_desc *desc = &scenario->cases[i];

		if (!wanted(options, desc))
			continue;
		printf("%s/%s", scenario->name, desc->name);
		printf("\t%s\t",
		       desc->kind == CASE_ORDER ? "order" : "explore");
		for (size_t l = 0; l < scenario->nr_labels; l++)
			printf("%s%s", l ? "," : "", scenario->labels[l]);
		printf("\t");
		print_needs(scenario, ",");
		if (options->verbose)
			printf("\t%s", scenario->title);
		printf("\n");
	}
}

/* Names are [a-z0-9-] only, capabilities are ours: nothing needs escaping. */
static void list_json(const struct cli_options *options,
		      const struct scenario *scenario, bool *first)
{
	for (size_t i = 0; i < scenario->nr_cases; i++) {
		const struct case_desc *desc = &scenario->cases[i];

		if (!wanted(options, desc))
			continue;
		printf("%s\n {\"scenario\": \"%s\", \"case\": \"%s\", "
		       "\"kind\": \"%s\", \"needs\": [",
		       *first ? "" : ",", scenario->name, desc->name,
		       desc->kind == CASE_ORDER ? "order" : "explore");
		if (scenario->needs) {
			printf("\"");
			print_needs(scenario, "\", \"");
			printf("\"");
		}
		printf("]}");
		*first = false;
	}
}

/* A path as an argument of CMake's bracket form, which needs no escapes. */
static void list_ctest(const struct cli_options *options,
		       const struct scenario *scenario, const char *program,
		       char **kernels, int nr_kernels)
{
	char *path = realpath(scenario->path, NULL);

	for (int k = 0; k < nr_kernels; k++) {
		for (size_t i = 0; i < scenario->nr_cases; i++) {
			const struct case_desc *desc = &scenario->cases[i];

			if (!wanted(options, desc))
				continue;
			printf("add_test(\"%s/%s/%s\" [==[%s]==] run -k \"%s\" "
			       "--case \"%s\" [==[%s]==])\n",
			       kernels[k], scenario->name, desc->name, program,
			       kernels[k], desc->name,
			       path ? path : scenario->path);
			printf("set_tests_properties(\"%s/%s/%s\" PROPERTIES "
			       "SKIP_RETURN_CODE 77 TIMEOUT 60)\n",
			       kernels[k], scenario->name, desc->name);
		}
	}
	free(path);
}

static int list_files(const struct cli_options *options,
		      const struct scenario_files *files)
{
	char program[4096] = "pfnsim", **kernels = NULL;
	ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - 1);
	int nr = 0;
	bool first = true;

	if (len > 0)
		program[len] = '\0';
	if (options->format == FORMAT_CTEST) {
		char *dir = cli_kernel_dir(), *also = cli_installed_kernels();

		nr = dir ? loader_list(dir, also, false, &kernels) : 0;
		free(dir);
		free(also);
	}
	if (options->format == FORMAT_JSON)
		printf("[");
	for (size_t i = 0; i < files->nr; i++) {
		const struct scenario *scenario = files->files[i].scenario;

		if (!scenario)
			continue;
		if (options->format == FORMAT_CTEST)
			list_ctest(options, scenario, program, kernels, nr);
		else if (options->format == FORMAT_JSON)
			list_json(options, scenario, &first);
		else
			list_plain(options, scenario);
	}
	if (options->format == FORMAT_JSON)
		printf("\n]\n");
	for (int k = 0; k < nr; k++)
		free(kernels[k]);
	free(kernels);
	return files->nr_bad ? 2 : 0;
}

int command_list(const struct cli_options *options)
{
	struct scenario_files files;
	int status = files_read(options, &files);

	if (!status)
		status = files_have_case(&files, options->case_name);
	if (!status)
		status = list_files(options, &files);
	files_deinit(&files);
	return status;
}

static int lint_file(const char *path)
{
	struct scenario *scenario;
	struct diags diags;
	int bad;

	diags_init(&diags);
	scenario = scenario_read(path, &diags);
	if (scenario)
		scenario_lint(scenario, &diags);
	bad = diags.nr_errors || diags.nr_warnings;
	diags_print(&diags, stderr);
	diags_deinit(&diags);
	scenario_destroy(scenario);
	return bad;
}

int command_lint(const struct cli_options *options)
{
	struct scenario_files files;
	size_t bad = 0;
	int status = files_find(options, &files);

	for (size_t i = 0; i < files.nr; i++)
		bad += lint_file(files.files[i].path);
	if (!options->quiet && !status)
		printf("%zu file(s), %zu with findings\n", files.nr, bad);
	files_deinit(&files);
	return bad ? 2 : status;
}
