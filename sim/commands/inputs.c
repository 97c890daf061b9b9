// SPDX-License-Identifier: GPL-2.0-only
#include "inputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag.h"
#include "kernelupdate.h"
#include "places.h"
#include "reader.h"
#include "session.h"
#include "shipped.h"
#include "suggest.h"

#define MAX_DEPTH 8

/* ---- Scenario files ------------------------------------------------------ */

static void add_file(struct scenario_files *files, const char *path)
{
	files->files = realloc(files->files,
			       (files->nr + 1) * sizeof(*files->files));
	if (!files->files)
		abort();
	files->files[files->nr++] =
		(struct scenario_file){ .path = text_of("%s", path) };
}

static bool is_yaml(const char *name)
{
	size_t len = strlen(name);

	return len > 5 && name[0] != '.' && !strcmp(name + len - 5, ".yaml");
}

static int visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static void add_folder(struct scenario_files *files, const char *path,
		       int depth)
{
	struct dirent **entries;
	int nr = depth > MAX_DEPTH ?
			 0 :
			 scandir(path, &entries, visible, alphasort);

	for (int i = 0; i < nr; i++) {
		char *below = text_of("%s/%s", path, entries[i]->d_name);
		struct stat st;

		if (!stat(below, &st) && S_ISDIR(st.st_mode))
			add_folder(files, below, depth + 1);
		else if (is_yaml(entries[i]->d_name))
			add_file(files, below);
		free(below);
		free(entries[i]);
	}
	if (nr > 0)
		free(entries);
}

/* There is nothing at @operand: a scenario that comes with pfnsim, or an error. */
static int add_by_name(struct scenario_files *files, const char *operand)
{
	char *path = shipped_scenario(operand);
	char *meant = path ? NULL : nearest_scenario(operand);
	int status;

	if (path)
		add_file(files, path);
	else
		fprintf(stderr, "%s: error: %s%s%s%s\n", operand,
			strerror(ENOENT), meant ? "; did you mean '" : "",
			meant ? meant : "", meant ? "'?" : "");
	status = path ? 0 : 2;
	free(meant);
	free(path);
	return status;
}

static int add_operand(struct scenario_files *files, const char *operand)
{
	size_t before = files->nr;
	char *path = text_of("%s", operand);
	struct stat st;
	int status = 0;

	for (size_t len = strlen(path); len > 1 && path[len - 1] == '/';)
		path[--len] = '\0';
	if (!stat(path, &st) && S_ISDIR(st.st_mode)) {
		add_folder(files, path, 0);
		if (files->nr == before) {
			fprintf(stderr,
				"%s: error: no scenario (*.yaml) here\n", path);
			status = 2;
		}
	} else if (access(path, F_OK) && errno == ENOENT) {
		status = add_by_name(files, operand);
	} else {
		add_file(files, path);
	}
	free(path);
	return status;
}

static void read_file(struct scenario_files *files, struct scenario_file *file)
{
	struct diags diags;

	diags_init(&diags);
	file->scenario = scenario_read(file->path, &diags);
	if (!file->scenario) {
		files->nr_bad++;
		diags_print(&diags, stderr);
	}
	diags_deinit(&diags);
}

int files_find(const struct cli_options *options, struct scenario_files *files)
{
	int status = 0;

	*files = (struct scenario_files){ 0 };
	for (size_t i = 0; i < options->nr_operands; i++)
		status |= add_operand(files, options->operands[i]);
	if (!options->nr_operands)
		status = add_operand(files, place_of_scenarios());
	return status;
}

int files_read(const struct cli_options *options, struct scenario_files *files)
{
	int status = files_find(options, files);

	for (size_t i = 0; i < files->nr; i++)
		read_file(files, &files->files[i]);
	return status;
}

void files_deinit(struct scenario_files *files)
{
	for (size_t i = 0; i < files->nr; i++) {
		scenario_destroy(files->files[i].scenario);
		free(files->files[i].path);
	}
	free(files->files);
	*files = (struct scenario_files){ 0 };
}

int files_read_one(const struct cli_options *options,
		   struct scenario_files *files)
{
	int status = files_read(options, files);

	if (!status && files->nr != 1) {
		fprintf(stderr, "pfnsim: %s takes one scenario file\n",
			cli_command_name(options->command));
		status = 2;
	}
	return status || files->nr_bad ? 2 : 0;
}

static void print_cases(const struct scenario *scenario)
{
	for (size_t c = 0; c < scenario->nr_cases; c++)
		fprintf(stderr, "%s%s",
			c ? ", " : "; there are: ", scenario->cases[c].name);
}

int files_have_case(const struct scenario_files *files, const char *name)
{
	struct suggestion suggestion;

	if (!name)
		return 0;
	suggest_init(&suggestion, name, strlen(name));
	for (size_t i = 0; i < files->nr; i++) {
		const struct scenario *scenario = files->files[i].scenario;

		for (size_t c = 0; scenario && c < scenario->nr_cases; c++) {
			if (!strcmp(name, scenario->cases[c].name))
				return 0;
			suggest_offer(&suggestion, scenario->cases[c].name);
		}
	}
	fprintf(stderr, "pfnsim: no case '%s'", name);
	if (suggestion.best)
		fprintf(stderr, "; did you mean '%s'?", suggestion.best);
	else if (files->nr == 1 && files->files[0].scenario)
		print_cases(files->files[0].scenario);
	fputc('\n', stderr);
	return 2;
}

/* ---- Kernels ------------------------------------------------------------- */

char *kernel_path(const struct cli_options *options, const char *file)
{
	char *path = text_of("%s/%s", options->kernel_dir, file);

	if (options->installed_kernels && access(path, F_OK)) {
		free(path);
		path = text_of("%s/%s", options->installed_kernels, file);
	}
	return path;
}

static int load_one(struct kernels *kernels, const struct cli_options *options,
		    const char *name)
{
	char *file = text_of("%s.so", name), *path = kernel_path(options, file);
	char why[512];
	int err;

	kernels->kernel = realloc(kernels->kernel,
				  (kernels->nr + 1) * sizeof(*kernels->kernel));
	if (!kernels->kernel)
		abort();
	err = loader_open(path, &kernels->kernel[kernels->nr], why,
			  sizeof(why));
	if (err == -ESTALE)
		stale_explain(options->kernel_dir, name, why);
	else if (err)
		fprintf(stderr, "pfnsim: kernel %s: %s\n", name, why);
	else
		kernels->nr++;
	free(file);
	free(path);
	return err;
}

/*
 * One that nobody asked for by name.  What was added and is stale is left out, as
 * was said; of pfnsim's own kernels none is to be missed.
 */
static int load_found(struct kernels *kernels,
		      const struct cli_options *options, const char *name)
{
	struct kernel_origin origin;
	int err = load_one(kernels, options, name);

	if (err != -ESTALE || !origin_read(&origin, options->kernel_dir, name))
		return err ? 2 : 0;
	origin_deinit(&origin);
	kernels->stale = realloc(kernels->stale,
				 (kernels->nr_stale + 1) * sizeof(char *));
	if (!kernels->stale)
		abort();
	kernels->stale[kernels->nr_stale++] = text_of("%s", name);
	return 0;
}

static int load_named(struct kernels *kernels,
		      const struct cli_options *options, const char *name)
{
	return load_one(kernels, options, name) ? 2 : 0;
}

static int unknown_kernel(const char *name, char **known, int nr)
{
	struct suggestion suggestion;

	suggest_init(&suggestion, name, strlen(name));
	for (int i = 0; i < nr; i++)
		suggest_offer(&suggestion, known[i]);
	fprintf(stderr, "pfnsim: no kernel '%s'", name);
	if (suggestion.best)
		fprintf(stderr, "; did you mean '%s'?", suggestion.best);
	fprintf(stderr, "\n");
	return 2;
}

static bool is_known(const char *name, char **known, int nr)
{
	for (int i = 0; i < nr; i++)
		if (!strcmp(known[i], name))
			return true;
	return false;
}

int kernels_load(const struct cli_options *options, bool variants,
		 struct kernels *kernels)
{
	char **known = NULL;
	int nr = loader_list(options->kernel_dir, options->installed_kernels,
			     true, &known);
	int status = 0;

	*kernels = (struct kernels){ 0 };
	if (nr <= 0) {
		fprintf(stderr,
			"pfnsim: no kernel in %s; `pfnsim kernel add` makes "
			"one\n",
			options->kernel_dir);
		return 2;
	}
	for (size_t i = 0; i < options->nr_kernels && !status; i++)
		status = is_known(options->kernels[i], known, nr) ?
				 load_named(kernels, options,
					    options->kernels[i]) :
				 unknown_kernel(options->kernels[i], known, nr);
	for (int i = 0; i < nr && !options->nr_kernels && !status; i++)
		if ((strchr(known[i], '+') != NULL) == variants)
			status = load_found(kernels, options, known[i]);
	for (int i = 0; i < nr; i++)
		free(known[i]);
	free(known);
	return !status && !kernels->nr && kernels->nr_stale ? 2 : status;
}

void kernels_deinit(struct kernels *kernels)
{
	for (size_t i = 0; i < kernels->nr; i++)
		loader_close(&kernels->kernel[i]);
	free(kernels->kernel);
	for (size_t i = 0; i < kernels->nr_stale; i++)
		free(kernels->stale[i]);
	free(kernels->stale);
	*kernels = (struct kernels){ 0 };
}
