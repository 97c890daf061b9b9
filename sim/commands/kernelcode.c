// SPDX-License-Identifier: GPL-2.0-only
#include "kernelcode.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "folder.h"
#include "kernelbuild.h"
#include "kernelerrors.h"
#include "loader.h"
#include "session.h"
#include "suggest.h"

static int load(const char *description, const char *kernel, struct code *code)
{
	char why[512];

	if (!code_load(description, kernel, code, why, sizeof(why)))
		return 0;
	fprintf(stderr, "pfnsim: %s\n", why);
	return 2;
}

static int load_kernel(const struct cli_options *options, const char *name,
		       char *description, struct code *code)
{
	char *kernel = text_of("%s/%s.so", options->kernel_dir, name);
	int status = load(description, kernel, code);

	free(description);
	free(kernel);
	return status;
}

static int no_such_kernel(const struct cli_options *options, const char *name)
{
	struct suggestion suggestion;
	char **names = NULL;
	int nr = loader_list(options->kernel_dir, options->installed_kernels,
			     false, &names);

	suggest_init(&suggestion, name, strlen(name));
	for (int i = 0; i < nr; i++)
		suggest_offer(&suggestion, names[i]);
	if (suggestion.best && !strcmp(suggestion.best, name))
		fprintf(stderr,
			"pfnsim: '%s' was built elsewhere: what it was "
			"compiled of is not here",
			name);
	else
		fprintf(stderr, "pfnsim: '%s' is no kernel that knows its code",
			name);
	if (suggestion.best && strcmp(suggestion.best, name))
		fprintf(stderr, "; did you mean '%s'?", suggestion.best);
	fputc('\n', stderr);
	for (int i = 0; i < nr; i++)
		free(names[i]);
	free(names);
	return 2;
}

int kernel_code_load(const struct cli_options *options, const char *name,
		     struct code *code)
{
	char *description = strchr(name, '/') ?
				    NULL :
				    code_find(options->kernel_dir, name);

	*code = (struct code){ 0 };
	return description ? load_kernel(options, name, description, code) :
			     no_such_kernel(options, name);
}

/* ---- Trees --------------------------------------------------------------- */

static int compile(const struct kernel_build *build)
{
	pid_t pid = kernel_build_start(build);
	int status = 4;

	if (pid > 0)
		kernel_build_wait(&pid, 1, &status);
	if (status == 1)
		kernel_explain(build);
	return status;
}

static int load_tree(const char *tree, struct code *code)
{
	const char *tmp = getenv("TMPDIR");
	char *folder = text_of("%s/pfnsim-code-XXXXXX", tmp ? tmp : "/tmp");
	struct kernel_build build = { .name = "tree",
				      .tree = tree,
				      .folder = folder,
				      .jobs = kernel_build_processors(),
				      .code_only = true };
	char *description = NULL;
	int status = 4;

	if (mkdtemp(folder)) {
		description = text_of("%s/kernels/tree/objects.txt", folder);
		status = compile(&build);
	} else {
		fprintf(stderr, "pfnsim: %s: %s\n", folder, strerror(errno));
	}
	if (!status)
		status = load(description, "", code);
	if (description)
		folder_remove(folder);
	free(description);
	free(folder);
	return status;
}

int kernel_code_load_any(const struct cli_options *options, const char *name,
			 struct code *code)
{
	char *description = strchr(name, '/') ?
				    NULL :
				    code_find(options->kernel_dir, name);
	char tree[PATH_MAX];

	*code = (struct code){ 0 };
	if (description)
		return load_kernel(options, name, description, code);
	if (!realpath(name, tree))
		return no_such_kernel(options, name);
	return load_tree(tree, code);
}
