// SPDX-License-Identifier: GPL-2.0-only
/*
 * `pfnsim series`: a kernel for the base and for each commit of a range that
 * touches what is compiled, and the matrix of cases and commits.
 */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "commands.h"
#include "compare.h"
#include "engine.h"
#include "escape.h"
#include "kernelbuild.h"
#include "session.h"

#define MAX_COMMITS 256

/* git bisect run takes these for "cannot be tested" and "stop". */
#define STATUS_UNTESTABLE 125
#define STATUS_STOP 128

struct series {
	const struct cli_options *options;
	char tree[PATH_MAX];
	char *base, *end; /* of the range */
	struct buf files; /* the needed files, as words for a shell */
	char *commits[MAX_COMMITS];
	size_t nr_commits;
	struct kernels kernels; /* one a commit, without desc: does not build */
};

/* ---- git ----------------------------------------------------------------- */

/*
 * What `git -C TREE` prints for the rest of a command line, without its last
 * newline; NULL where it fails.  free() it.
 */
static char *git(const struct series *series, const char *rest)
{
	struct buf command = { 0 };
	char *text = NULL;
	size_t size = 0;
	ssize_t len;
	FILE *pipe;

	buf_puts(&command, "git -C ");
	escape_shell(&command, series->tree);
	buf_printf(&command, " %s", rest);
	fflush(NULL);
	pipe = popen(buf_get(&command), "re");
	buf_deinit(&command);
	if (!pipe)
		return NULL;
	len = getdelim(&text, &size, '\0', pipe);
	if (len < 0) {
		free(text);
		text = text_of("%s", "");
		len = 0;
	}
	if (len && text[len - 1] == '\n')
		len--;
	text[len] = '\0';
	if (!pclose(pipe))
		return text;
	free(text);
	return NULL;
}

/* The full name of the commit that @revision means, or NULL. */
static char *resolve(const struct series *series, const char *revision)
{
	struct buf rest = { 0 };
	char *suffixed = text_of("%s^{commit}", revision);
	char *commit;

	buf_puts(&rest, "rev-parse --verify --quiet --end-of-options ");
	escape_shell(&rest, suffixed);
	commit = git(series, buf_get(&rest));
	free(suffixed);
	buf_deinit(&rest);
	if (!commit)
		fprintf(stderr, "pfnsim: %s has no revision '%s'\n",
			series->tree, revision);
	return commit;
}

/* ---- The commits --------------------------------------------------------- */

static int read_needed_files(struct series *series)
{
	FILE *file = fopen(PFNSIM_FILES, "re");
	char line[512];

	if (!file) {
		fprintf(stderr, "pfnsim: %s: %s: build pfnsim again\n",
			PFNSIM_FILES, strerror(errno));
		return 2;
	}
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\n")] = '\0';
		buf_puts(&series->files, " ");
		escape_shell(&series->files, line);
	}
	fclose(file);
	return 0;
}

static int read_range(struct series *series)
{
	const char *range = series->options->operands[1];
	const char *dots = strstr(range, "..");
	char *base;

	if (!realpath(series->options->operands[0], series->tree)) {
		fprintf(stderr, "pfnsim: %s: %s\n",
			series->options->operands[0], strerror(errno));
		return 2;
	}
	if (!dots || dots == range || dots[2] == '.') {
		fprintf(stderr, "pfnsim: '%s' is no range: BASE..REV\n", range);
		return 2;
	}
	base = text_of("%.*s", (int)(dots - range), range);
	series->base = resolve(series, base);
	free(base);
	if (series->base)
		series->end = resolve(series, dots[2] ? dots + 2 : "HEAD");
	return series->end ? 0 : 2;
}

static int list_commits(struct series *series)
{
	char *rest = text_of("rev-list --reverse --topo-order %s..%s --%s",
			     series->base, series->end,
			     buf_get(&series->files));
	char *list = git(series, rest), *at = list, *commit;

	free(rest);
	if (!list)
		return 2;
	series->commits[series->nr_commits++] = text_of("%s", series->base);
	while ((commit = strsep(&at, "\n"))) {
		if (!*commit)
			continue;
		if (series->nr_commits == MAX_COMMITS) {
			fprintf(stderr, "pfnsim: more than %d commits\n",
				MAX_COMMITS - 1);
			free(list);
			return 2;
		}
		series->commits[series->nr_commits++] = text_of("%s", commit);
	}
	free(list);
	return 0;
}

/* ---- Kernels ------------------------------------------------------------- */

/* Equal for commits whose needed files are equal. */
static char *content_key(const struct series *series, const char *commit)
{
	char *rest = text_of("ls-tree %s Makefile%s | git hash-object --stdin",
			     commit, buf_get(&series->files));
	char *key = git(series, rest);

	free(rest);
	if (key && strlen(key) > 16)
		key[16] = '\0';
	return key;
}

static int build(struct series *series, const char *commit, const char *key,
		 struct loaded_kernel *kernel)
{
	char *name = text_of("series-%s", key);
	char *folder = text_of("%s/series/%s", series->options->kernel_dir,
			       key);
	char *object = text_of("%s/kernels/%s.so", folder, name);
	struct kernel_build build = { .name = name,
				      .tree = series->tree,
				      .revision = commit,
				      .folder = folder };
	int status = kernel_build(&build);
	char why[512];

	if (!status && loader_open(object, kernel, why, sizeof(why))) {
		fprintf(stderr, "pfnsim: %s\n", why);
		status = 4;
	}
	free(name);
	free(folder);
	free(object);
	return status;
}

/* The column of a commit; one that does not build has a name and no desc. */
static int add_kernel(struct series *series, const char *commit)
{
	struct loaded_kernel *kernel =
		&series->kernels.kernel[series->kernels.nr];
	char *rest = text_of("log -1 --no-show-signature "
			     "--format='%%h %%s' %s",
			     commit);
	char *title = git(series, rest), *key = content_key(series, commit);
	int status = 4;

	if (title && key) {
		fprintf(stderr, "pfnsim: %s\n", title);
		status = build(series, commit, key, kernel);
	}
	if (status <= 1) {
		free(kernel->name);
		kernel->name = text_of("%.*s", (int)strcspn(title, " "), title);
		series->kernels.nr++;
		status = 0;
	}
	free(rest);
	free(title);
	free(key);
	return status;
}

static int build_all(struct series *series)
{
	char *folder = text_of("%s/series", series->options->kernel_dir);
	int status = 0;

	mkdir(series->options->kernel_dir, 0777);
	mkdir(folder, 0777);
	free(folder);
	series->kernels.kernel = calloc(series->nr_commits,
					sizeof(*series->kernels.kernel));
	if (!series->kernels.kernel)
		abort();
	for (size_t i = 0; i < series->nr_commits && !status; i++)
		status = engine.interrupted ?
				 3 :
				 add_kernel(series, series->commits[i]);
	return status;
}

/* -------------------------------------------------------------------------- */

static int exit_status(const struct series *series,
		       const struct compare_summary *summary)
{
	if (summary->tool_error)
		return STATUS_STOP + 4;
	if (engine.interrupted)
		return STATUS_STOP + 3;
	if (!series->kernels.kernel[series->kernels.nr - 1].desc)
		return STATUS_UNTESTABLE;
	return summary->last_worse ? 1 : 0;
}

static void series_deinit(struct series *series)
{
	for (size_t i = 0; i < series->nr_commits; i++)
		free(series->commits[i]);
	kernels_deinit(&series->kernels);
	buf_deinit(&series->files);
	free(series->base);
	free(series->end);
}

int command_series(const struct cli_options *options)
{
	struct cli_options scenarios = *options;
	struct series series = { .options = options };
	struct compare_summary summary;
	struct scenario_files files;
	int status;

	scenarios.operands += 2;
	scenarios.nr_operands -= 2;
	status = compare_read(&scenarios, &files);
	if (!status)
		status = read_range(&series);
	if (!status)
		status = read_needed_files(&series);
	if (!status)
		status = list_commits(&series);
	if (!status) {
		status = build_all(&series);
		status += status ? STATUS_STOP : 0;
	}
	if (!status) {
		summary = compare_run(options, &files, &series.kernels);
		status = exit_status(&series, &summary);
	}
	series_deinit(&series);
	files_deinit(&files);
	return status;
}
