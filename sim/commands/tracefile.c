// SPDX-License-Identifier: GPL-2.0-only
#include "tracefile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session.h"
#include "terminal.h"

#define MAGIC "pfnsim-trace 1"
/* A head line is an order at most: cap what a strange file can make us read. */
#define MAX_LINE 65536
#define MAX_HEAD_LINES 16

/* The report in a file does not depend on the terminal of who runs it. */
static const struct report_style file_style = {
	.columns = 120,
	.page = true,
	.verbose = true,
};

static void link_latest(const char *dir, const char *name)
{
	char *latest = text_of("%s/latest", dir);

	unlink(latest);
	if (symlink(name, latest))
		fprintf(stderr, "pfnsim: %s: %s\n", latest, strerror(errno));
	free(latest);
}

static void print_head(FILE *out, const struct case_result *result)
{
	fprintf(out, MAGIC "\n");
	fprintf(out, "scenario: %s\n", result->scenario->path);
	if (scenario_has_case(result->scenario, result->desc))
		fprintf(out, "case: %s\n", result->desc->name);
	fprintf(out, "kernel: %s\n", result->kernel);
	fprintf(out, "order: %s\n\n", result->order ? result->order : "");
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

	if (out) {
		print_head(out, result);
		report_case(out, result, &file_style);
	}
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

static bool read_line(FILE *in, char *line)
{
	size_t len;

	if (!fgets(line, MAX_LINE, in))
		return false;
	len = strlen(line);
	while (len && (line[len - 1] == '\n' || line[len - 1] == '\r'))
		line[--len] = '\0';
	return true;
}

static bool take(const char *line, const char *key, char **value)
{
	size_t len = strlen(key);

	if (strncmp(line, key, len) || strncmp(line + len, ": ", 2) || *value)
		return false;
	*value = text_of("%s", line + len + 2);
	return true;
}

static int read_head(FILE *in, const char *path, struct trace_head *head,
		     char *line)
{
	if (!read_line(in, line) || strcmp(line, MAGIC)) {
		fprintf(stderr, "%s:1: error: not a trace of pfnsim\n", path);
		return 2;
	}
	for (int nr = 2; nr < MAX_HEAD_LINES && read_line(in, line); nr++) {
		if (!*line)
			break;
		if (take(line, "scenario", &head->scenario) ||
		    take(line, "case", &head->case_name) ||
		    take(line, "kernel", &head->kernel) ||
		    take(line, "order", &head->order))
			continue;
		fprintf(stderr, "%s:%d: error: unknown line in the head\n",
			path, nr);
		return 2;
	}
	if (head->scenario && head->kernel && head->order && *head->order)
		return 0;
	fprintf(stderr,
		"%s: error: the head lacks its scenario, kernel or "
		"order\n",
		path);
	return 2;
}

int trace_load(const char *path, struct trace_head *head)
{
	FILE *in = fopen(path, "r");
	char *line;
	int status;

	*head = (struct trace_head){ 0 };
	if (!in) {
		fprintf(stderr, "%s: error: %s\n", path, strerror(errno));
		return 2;
	}
	line = malloc(MAX_LINE);
	if (!line)
		abort();
	status = read_head(in, path, head, line);
	free(line);
	fclose(in);
	if (status)
		trace_head_deinit(head);
	return status;
}

void trace_head_deinit(struct trace_head *head)
{
	free(head->scenario);
	free(head->case_name);
	free(head->kernel);
	free(head->order);
	*head = (struct trace_head){ 0 };
}
