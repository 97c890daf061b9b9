// SPDX-License-Identifier: GPL-2.0-only
/*
 * `pfnsim series`: a kernel for the base and for each commit of a range that
 * touches what is compiled, and the matrix of cases and commits.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "compare.h"
#include "engine.h"
#include "escape.h"
#include "folder.h"
#include "git.h"
#include "kernelcache.h"
#include "mbox.h"
#include "process.h"
#include "session.h"
#include "text.h"
#include "toolbox.h"

#define MAX_COMMITS CACHE_MAX

/* git bisect run takes these for "cannot be tested" and "stop". */
#define STATUS_UNTESTABLE 125
#define STATUS_STOP 128

/* What is between the parts of a line of git log. */
#define SEPARATOR '\x1f'

struct commit {
	char *line;		  /* owned, what the next two point into */
	const char *name, *title; /* the short name, the subject */
	const char *error;	  /* why it does not build, or NULL */
};

struct series {
	const struct cli_options *options;
	struct repository users, patched;    /* the second: of --mbox */
	const struct repository *repository; /* the one with the commits */
	char *base, *end;		     /* of the range */
	char *list, **paths; /* the files needed; the array ends with NULL */
	struct kernel_cache cache;
	struct commit commits[MAX_COMMITS];
	struct cache_entry entries[MAX_COMMITS];
	size_t nr;
	struct kernels kernels; /* one a commit, without desc: does not build */
};

/* ---- The range ----------------------------------------------------------- */

static int read_range(struct series *series)
{
	const char *range = series->options->operands[1];
	const char *dots = strstr(range, "..");
	char *base;

	if (!dots || dots == range || dots[2] == '.') {
		fprintf(stderr, "pfnsim: '%s' is no range: BASE..REV\n", range);
		return 2;
	}
	base = text_of("%.*s", (int)(dots - range), range);
	series->base = git_commit(&series->users, base);
	free(base);
	if (series->base)
		series->end = git_commit(&series->users,
					 dots[2] ? dots + 2 : "HEAD");
	series->repository = &series->users;
	return series->end ? 0 : 2;
}

/* The patches of the mbox, as commits in a repository that the cache holds. */
static int read_mbox(struct series *series, const char *folder)
{
	int status = 2;

	series->base = git_commit(&series->users, series->options->onto);
	if (series->base)
		status = mbox_apply(series->options->mbox, &series->users,
				    series->base, folder, &series->patched);
	if (!status) {
		series->repository = &series->patched;
		series->end = git_commit(&series->patched, "HEAD");
		status = series->end ? 0 : 4;
	}
	return status;
}

/* ---- The commits --------------------------------------------------------- */

static int read_needed_files(struct series *series)
{
	char *at, *line;
	size_t nr = 0;

	series->list = process_file(toolbox()->files);
	if (!*series->list) {
		fprintf(stderr, "pfnsim: %s is gone: build pfnsim again\n",
			toolbox()->files);
		return 2;
	}
	for (at = series->list; *at; at++)
		nr += *at == '\n';
	series->paths = text_alloc((nr + 1) * sizeof(*series->paths));
	at = series->list;
	for (size_t i = 0; i < nr && (line = strsep(&at, "\n")); i++)
		series->paths[i] = line;
	return 0;
}

static int add_commit(struct series *series, const char *line)
{
	struct commit *commit = &series->commits[series->nr];
	char *name, *title;

	if (series->nr == MAX_COMMITS) {
		fprintf(stderr, "pfnsim: more than %d commits\n",
			MAX_COMMITS - 1);
		return 2;
	}
	commit->line = text_of("%s", line);
	name = strchr(commit->line, SEPARATOR);
	title = name ? strchr(name + 1, SEPARATOR) : NULL;
	if (!title) {
		free(commit->line);
		return 4;
	}
	*name = *title = '\0';
	commit->name = name + 1;
	commit->title = title + 1;
	series->entries[series->nr++].commit = commit->line;
	return 0;
}

/*
 * Adds at most @max commits of @range, of which there may be none, the oldest
 * first; with @paths, which end with NULL, those that touch one of them.
 */
static int add_commits(struct series *series, const char *max,
		       const char *range, char **paths)
{
	const char *const fixed[] = { "log",
				      "--reverse",
				      "--topo-order",
				      "--no-show-signature",
				      "--no-color",
				      "--encoding=UTF-8",
				      "--format=%H%x1f%h%x1f%s",
				      "-n",
				      max,
				      range,
				      "--" };
	size_t nr_fixed = sizeof(fixed) / sizeof(*fixed), nr = 0;
	char *list, *at, *line;
	const char **argv;
	int status = 0;

	while (paths && paths[nr])
		nr++;
	argv = text_alloc((nr_fixed + nr + 1) * sizeof(*argv));
	memcpy(argv, fixed, sizeof(fixed));
	if (nr)
		memcpy(argv + nr_fixed, paths, nr * sizeof(*argv));
	list = at = git_read(series->repository, argv, NULL, STDERR_FILENO);
	if (!list)
		status = 4;
	while (!status && (line = strsep(&at, "\n")))
		status = *line ? add_commit(series, line) : 0;
	free(argv);
	free(list);
	return status;
}

static int list_commits(struct series *series)
{
	char *range = text_of("%s..%s", series->base, series->end);
	char *many = text_of("%d", MAX_COMMITS);
	int status = add_commits(series, "1", series->base, NULL);

	if (!status && series->options->ends)
		status = add_commits(series, "1", series->end, NULL);
	else if (!status)
		status = add_commits(series, many, range, series->paths);
	free(many);
	free(range);
	return status;
}

/* ---- Kernels ------------------------------------------------------------- */

/* The column of a commit; one that does not build has a name and no desc. */
static int load(struct series *series, size_t i)
{
	const struct cache_entry *entry = &series->entries[i];
	struct loaded_kernel *kernel = &series->kernels.kernel[i];
	struct commit *commit = &series->commits[i];
	char why[512];

	series->kernels.nr = i + 1;
	if (!entry->object) {
		struct buf safe = { 0 };

		escape_terminal(&safe, commit->title, false);
		commit->error = entry->log.nr ? entry->log.lines[0] :
						"the build says no error";
		fprintf(stderr, "pfnsim: %s %s: does not build:\n",
			commit->name, buf_get(&safe));
		buildlog_show(&entry->log);
		fprintf(stderr, "pfnsim: all that was said: %s\n",
			entry->log_path);
		buf_deinit(&safe);
	} else if (loader_open(entry->object, kernel, why, sizeof(why))) {
		fprintf(stderr, "pfnsim: %s\n", why);
		return 4;
	}
	free(kernel->name);
	kernel->name = text_of("%s", commit->name);
	return 0;
}

static int build_all(struct series *series)
{
	int status = cache_build(&series->cache, series->repository,
				 (const char *const *)series->paths,
				 series->entries, series->nr);

	series->kernels.kernel = text_alloc(series->nr *
					    sizeof(*series->kernels.kernel));
	for (size_t i = 0; i < series->nr && !status; i++)
		status = load(series, i);
	return status;
}

/* All that others must not do at the same time. */
static int prepare(struct series *series)
{
	const struct cli_options *options = series->options;
	char *folder = text_of("%s/series/mbox", options->kernel_dir);
	int status = repository_open(&series->users, options->operands[0]);

	if (!status && !options->mbox)
		status = read_range(series);
	if (!status)
		status = read_needed_files(series);
	if (!status)
		status = cache_open(&series->cache, options->kernel_dir);
	if (!status && options->mbox)
		status = read_mbox(series, folder);
	if (!status)
		status = list_commits(series);
	if (!status)
		status = build_all(series);
	if (series->cache.lock.path)
		folder_remove(folder);
	free(folder);
	cache_close(&series->cache);
	/* Ctrl-C reaches git too, which fails of it. */
	return status && engine.interrupted ? 3 : status;
}

/* -------------------------------------------------------------------------- */

static int run(struct series *series, const struct scenario_files *files)
{
	struct matrix_column *columns = text_alloc(series->nr *
						   sizeof(*columns));
	struct compare_summary summary;

	for (size_t i = 0; i < series->nr; i++)
		columns[i] = (struct matrix_column){
			.name = series->commits[i].name,
			.title = series->commits[i].title,
			.error = series->commits[i].error,
		};
	summary = compare_run(series->options, files, &series->kernels,
			      columns);
	free(columns);
	if (summary.tool_error)
		return STATUS_STOP + 4;
	if (engine.interrupted)
		return STATUS_STOP + 3;
	if (!series->kernels.kernel[series->nr - 1].desc)
		return STATUS_UNTESTABLE;
	return summary.last_worse ? 1 : 0;
}

static void series_deinit(struct series *series)
{
	for (size_t i = 0; i < series->nr; i++)
		free(series->commits[i].line);
	cache_release(series->entries, series->nr);
	kernels_deinit(&series->kernels);
	repository_deinit(&series->users);
	repository_deinit(&series->patched);
	free(series->list);
	free(series->paths);
	free(series->base);
	free(series->end);
}

int command_series(const struct cli_options *options)
{
	size_t before = options->mbox ? 1 : 2; /* operands of no scenario */
	struct series *series = text_alloc(sizeof(*series));
	struct cli_options scenarios = *options;
	struct scenario_files files;
	int status;

	series->options = options;
	scenarios.operands += before;
	scenarios.nr_operands -= before;
	status = compare_read(&scenarios, &files);
	if (!status)
		status = prepare(series);
	status = status ? STATUS_STOP + status : run(series, &files);
	series_deinit(series);
	free(series);
	files_deinit(&files);
	return status;
}
