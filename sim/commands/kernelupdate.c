// SPDX-License-Identifier: GPL-2.0-only
#include "kernelupdate.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "loader.h"
#include "process.h"
#include "session.h"

/* ---- Where a kernel comes from ------------------------------------------- */

/* The value of @key in the text of a CMakeCache.txt; free() it.  NULL: none. */
static char *setting(const char *cache, const char *key)
{
	char *line = text_of("\n%s:STRING=", key);
	const char *at = strstr(cache, line);
	char *value = NULL;

	if (at) {
		at += strlen(line);
		value = text_of("%.*s", (int)strcspn(at, "\n"), at);
	}
	free(line);
	return value;
}

bool origin_read(struct kernel_origin *origin, const char *dir,
		 const char *name)
{
	char *path = text_of("%s/%s.build/CMakeCache.txt", dir, name);
	char *cache = process_file(path);
	char *only = setting(cache, "PFNSIM_ONLY");
	const char *equals = only ? strchr(only, '=') : NULL;

	*origin = (struct kernel_origin){ 0 };
	if (equals) {
		origin->tree = text_of("%s", equals + 1);
		origin->revision = setting(cache, "PFNSIM_ONLY_REVISION");
		if (origin->revision && !*origin->revision) {
			free(origin->revision);
			origin->revision = NULL;
		}
	}
	free(only);
	free(cache);
	free(path);
	return origin->tree;
}

void origin_deinit(struct kernel_origin *origin)
{
	free(origin->tree);
	free(origin->revision);
}

void stale_explain(const char *dir, const char *name, const char *why)
{
	struct kernel_origin origin;

	fprintf(stderr, "pfnsim: kernel %s: %s", name, why);
	if (!origin_read(&origin, dir, name)) {
		fprintf(stderr, " with pfnsim\n");
		return;
	}
	if (access(origin.tree, R_OK))
		fprintf(stderr, ", but %s is gone: `pfnsim kernel remove %s`\n",
			origin.tree, name);
	else
		fprintf(stderr, ": `pfnsim kernel update %s`\n", name);
	origin_deinit(&origin);
}

/* ---- update -------------------------------------------------------------- */

static bool is_usable(const char *dir, const char *name)
{
	char *path = text_of("%s/%s.so", dir, name);
	struct loaded_kernel kernel;
	char why[512];
	int err = loader_open(path, &kernel, why, sizeof(why));

	if (!err)
		loader_close(&kernel);
	free(path);
	return !err;
}

int kernel_sanitize(const struct cli_options *options, const char *name)
{
	struct kernel_build wanted = { .name = name, .sanitized = true };
	struct kernel_origin origin;
	int status;

	if (!origin_read(&origin, options->kernel_dir, name))
		return 0;
	if (!options->quiet)
		fprintf(stderr, "pfnsim: building %s with sanitizers\n", name);
	wanted.tree = origin.tree;
	wanted.revision = origin.revision;
	status = kernel_put(options, &wanted);
	origin_deinit(&origin);
	return status;
}

static int update_one(const struct cli_options *options, const char *name,
		      const struct kernel_origin *origin)
{
	struct kernel_build wanted = { .name = name,
				       .tree = origin->tree,
				       .revision = origin->revision };
	char *path = text_of("%s/%s.revision", options->kernel_dir, name);
	char *before = process_file(path), *after;
	int status;

	if (access(origin->tree, R_OK)) {
		fprintf(stderr, "pfnsim: kernel %s: %s: %s\n", name,
			origin->tree, strerror(errno));
		status = 2;
	} else {
		status = kernel_put(options, &wanted);
	}
	after = process_file(path);
	before[strcspn(before, "\n")] = after[strcspn(after, "\n")] = '\0';
	if (!status && strcmp(before, after))
		printf("updated %s, which was %s, to %s\n", name,
		       *before ? before : "-", *after ? after : "-");
	else if (!status)
		printf("updated %s\n", name);
	free(before);
	free(after);
	free(path);
	return status;
}

static int update_named(const struct cli_options *options, const char *name)
{
	struct kernel_origin origin;
	int status;

	if (!origin_read(&origin, options->kernel_dir, name)) {
		fprintf(stderr, "pfnsim: no kernel %s was added\n", name);
		return 2;
	}
	status = update_one(options, name, &origin);
	origin_deinit(&origin);
	return status;
}

/* Those that cannot be used as they are; others are left alone. */
static int update_all(const struct cli_options *options)
{
	const char *dir = options->kernel_dir;
	struct kernel_origin origin;
	char **names = NULL;
	int nr = loader_list(dir, NULL, false, &names);
	int status = 0, one;

	for (int i = 0; i < nr; i++) {
		if (status != 3 && !is_usable(dir, names[i]) &&
		    origin_read(&origin, dir, names[i])) {
			one = update_one(options, names[i], &origin);
			status = one > status ? one : status;
			origin_deinit(&origin);
		}
		free(names[i]);
	}
	free(names);
	return status;
}

int kernel_update(const struct cli_options *options)
{
	int status = 0;

	if (options->git) {
		fprintf(stderr, "pfnsim: kernel update takes names only\n");
		return 2;
	}
	if (options->nr_operands == 1)
		return update_all(options);
	for (size_t i = 1; i < options->nr_operands && !status; i++)
		status = update_named(options, options->operands[i]);
	return status;
}
