// SPDX-License-Identifier: GPL-2.0-only
#include "buildlog.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "escape.h"
#include "session.h"
#include "text.h"

/* ---- Which lines --------------------------------------------------------- */

/*
 * What CMake says of a message() is indented, behind "CMake Error at" and before
 * the stack of calls or the line that ends it all.
 */
static bool is_configure_error(const char *line, bool *inside)
{
	if (!strncmp(line, "CMake Error", 11)) {
		*inside = true;
		return !strncmp(line, "CMake Error: ", 13);
	}
	if (!strncmp(line, "Call Stack", 10) ||
	    !strncmp(line, "-- Configuring incomplete", 25))
		*inside = false;
	return *inside && line[strspn(line, " ")];
}

/* Compilers, linkers, check-kernel. */
static bool is_compile_error(const char *line)
{
	return strstr(line, "error:") || strstr(line, "undefined reference") ||
	       strstr(line, "reached but neither") || *line == '\t';
}

/* "FILE:LINE:COLUMN: error: ", and not that the file cannot be read or written. */
static bool is_final(const char *line)
{
	const char *error = strstr(line, ": error: ");
	int colons = 0;

	while (error && error > line &&
	       (isdigit((unsigned char)error[-1]) || error[-1] == ':'))
		colons += *--error == ':';
	return colons == 2;
}

/* ---- Lines --------------------------------------------------------------- */

/* The names that check-kernel lists belong to the line before them. */
static void join(char **line, const char *more)
{
	char *both = text_of("%s %s", *line, more);

	free(*line);
	*line = both;
}

static void add(struct buildlog *log, char *line, size_t len, bool *inside)
{
	for (size_t i = 0; i < len; i++)
		if (!line[i])
			line[i] = '?';
	if (len && line[len - 1] == '\n')
		line[len - 1] = '\0';
	if (!is_configure_error(line, inside) &&
	    (*inside || !is_compile_error(line)))
		return;
	line += *inside ? strspn(line, " ") : 0;
	if (*line == '\t' && log->nr)
		join(&log->lines[log->nr - 1], line + 1);
	else if (*line != '\t')
		log->lines[log->nr++] = text_copy(line, strlen(line));
}

void buildlog_read(struct buildlog *log, const char *path)
{
	FILE *file = fopen(path, "re");
	char *line = NULL;
	bool inside = false;
	size_t size = 0;
	ssize_t len;

	*log = (struct buildlog){ 0 };
	while (file && log->nr < BUILDLOG_MAX &&
	       (len = getline(&line, &size, file)) >= 0)
		add(log, line, len, &inside);
	log->final = log->nr && is_final(log->lines[0]);
	free(line);
	if (file)
		fclose(file);
}

/* Takes "FOLDER/", and "tree/" behind it, out of the @len bytes of a line. */
static void write_without(FILE *out, const char *line, size_t len,
			  const char *folder)
{
	size_t cut = strlen(folder);
	const char *end = line + len, *found;

	while ((found = memmem(line, end - line, folder, cut))) {
		fwrite(line, 1, found - line, out);
		line = found + cut;
		if (*line != '/')
			fputs(folder, out);
		else
			line += strncmp(line, "/tree/", 6) ? 1 : 6;
	}
	fwrite(line, 1, end - line, out);
}

int buildlog_copy(const char *from, const char *to, const char *folder)
{
	char *new = text_of("%s.new", to), *line = NULL;
	FILE *in = fopen(from, "re"), *out = in ? fopen(new, "we") : NULL;
	size_t size = 0;
	ssize_t len;
	int err = out ? 0 : -errno;

	while (out && (len = getline(&line, &size, in)) >= 0)
		write_without(out, line, len, folder);
	if (out && fclose(out))
		err = -errno;
	if (!err && rename(new, to))
		err = -errno;
	if (err && out)
		unlink(new);
	if (in)
		fclose(in);
	free(line);
	free(new);
	return err;
}

void buildlog_deinit(struct buildlog *log)
{
	for (size_t i = 0; i < log->nr; i++)
		free(log->lines[i]);
	*log = (struct buildlog){ 0 };
}

void buildlog_show(const struct buildlog *log)
{
	for (size_t i = 0; i < log->nr; i++) {
		struct buf safe = { 0 };

		escape_terminal(&safe, log->lines[i], false);
		fprintf(stderr, "  %s\n", buf_get(&safe));
		buf_deinit(&safe);
	}
}
