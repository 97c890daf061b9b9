// SPDX-License-Identifier: GPL-2.0-only
#include "tracefile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "savedtrace.h"
#include "session.h"

static void link_latest(const char *dir, const char *name)
{
	char *latest = text_of("%s/latest", dir);

	unlink(latest);
	if (symlink(name, latest))
		fprintf(stderr, "pfnsim: %s: %s\n", latest, strerror(errno));
	free(latest);
}

int trace_folder(const char *dir)
{
	struct stat st;

	if (mkdir(dir, 0777) && errno != EEXIST)
		goto error;
	if (stat(dir, &st))
		goto error;
	errno = ENOTDIR;
	if (S_ISDIR(st.st_mode) && !access(dir, W_OK | X_OK))
		return 0;
error:
	fprintf(stderr, "pfnsim: --out %s: %s\n", dir, strerror(errno));
	return 2;
}

char *trace_save(const char *dir, const struct case_result *result)
{
	char *name = text_of("%s.%s.%s.trace", result->scenario->name,
			     result->desc->name, result->kernel);
	char *path = text_of("%s/%s", dir, name);
	FILE *out = fopen(path, "w");

	if (out)
		saved_trace_write(out, result);
	if (!out || fclose(out)) {
		fprintf(stderr, "pfnsim: %s: %s\n", path, strerror(errno));
		free(path);
		path = NULL;
	} else {
		link_latest(dir, name);
	}
	free(name);
	return path;
}
