// SPDX-License-Identifier: GPL-2.0-only
#include "git.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "process.h"
#include "session.h"
#include "text.h"

/* Neither a user's hooks nor signatures, line ends or identity. */
static const char *const own_env[] = {
	"GIT_CONFIG_GLOBAL=/dev/null",
	"GIT_CONFIG_NOSYSTEM=1",
	"GIT_ATTR_NOSYSTEM=1",
	"GIT_COMMITTER_NAME=pfnsim",
	"GIT_COMMITTER_EMAIL=pfnsim@localhost",
	NULL,
};

/* Nothing is written, not even an index that was only refreshed. */
static const char *const users_env[] = {
	"GIT_OPTIONAL_LOCKS=0",
	NULL,
};

char *git_read(const struct repository *repository, const char *const *argv,
	       const char *input, int err)
{
	struct process process = {
		.env = repository->own ? own_env : users_env,
		.input = input,
		.err = err,
	};
	const char **all;
	size_t nr = 0;
	char *text;

	while (argv[nr])
		nr++;
	all = text_alloc((nr + 4) * sizeof(*all));
	all[0] = "git";
	all[1] = "-C";
	all[2] = repository->path;
	memcpy(all + 3, argv, nr * sizeof(*all));
	process.argv = all;
	text = process_read(&process);
	free(all);
	return text;
}

int repository_open(struct repository *repository, const char *path)
{
	char *prefix;

	*repository = (struct repository){ .path = realpath(path, NULL) };
	if (!repository->path) {
		fprintf(stderr, "pfnsim: %s: %s\n", path, strerror(errno));
		return 2;
	}
	prefix = GIT(repository, "rev-parse", "--show-prefix");
	if (prefix && !*prefix) {
		free(prefix);
		return 0;
	}
	fprintf(stderr, "pfnsim: %s is %s\n", path,
		prefix ? "within a repository, not its top" :
			 "no git repository");
	free(prefix);
	return 2;
}

void repository_deinit(struct repository *repository)
{
	free(repository->path);
	*repository = (struct repository){ 0 };
}

char *git_commit(const struct repository *repository, const char *revision)
{
	char *full = text_of("%s^{commit}", revision);
	const char *const argv[] = { "rev-parse",	 "--verify", "--quiet",
				     "--end-of-options", full,	     NULL };
	char *commit = git_read(repository, argv, NULL, 0);

	if (!commit)
		fprintf(stderr, "pfnsim: %s has no revision '%s'\n",
			repository->path, revision);
	free(full);
	return commit;
}

char *git_hash(const struct repository *repository, const char *text)
{
	const char *const argv[] = { "hash-object", "--stdin", NULL };
	char *hash = git_read(repository, argv, text, STDERR_FILENO);

	if (hash && strlen(hash) > 16)
		hash[16] = '\0';
	return hash;
}
