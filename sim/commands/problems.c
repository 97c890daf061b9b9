// SPDX-License-Identifier: GPL-2.0-only
#include "problems.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "escape.h"
#include "kernelbuild.h"
#include "object.h"
#include "places.h"
#include "session.h"
#include "text.h"

/* Of what is no interface, so many lines are shown. */
#define MAX_LINES 12

/* From the top of the tree or of pfnsim, where it is in one; free() it. */
static char *shorten(const struct problems *log, const char *path)
{
	const char *roots[] = { log->root, place_of_sources() };
	const char *real = strstr(path, "/real/");

	if (real)
		return text_of("include/%s", real + 6);
	while (!strncmp(path, "../", 3))
		path += 3;
	for (int i = 0; i < 2; i++) {
		size_t len = strlen(roots[i]);
		const char *at = strstr(path, roots[i] + 1);

		if (at && at - path <= 1 && at[len - 1] == '/')
			return text_of("%s", at + len);
	}
	return text_of("%s", path);
}

static void add(struct problems *log, enum problem_kind kind, const char *name,
		size_t len, const char *place)
{
	struct problem *problem;

	/* A probe's own line says nothing that the probe's message does not. */
	if (!strncmp(place, "cmake/probes/", 13))
		return;
	for (size_t i = 0; i < log->nr; i++)
		if (strlen(log->list[i].name) == len &&
		    !memcmp(log->list[i].name, name, len))
			return;
	problem = ARRAY_ADD(log->list, log->nr);
	problem->kind = kind;
	problem->name = text_copy(name, len);
	problem->place = text_of("%s", place);
}

/* "path:line" of "path:line:column: error: ..."; free() it. */
static char *place_of_line(const struct problems *log, const char *line)
{
	size_t len = strcspn(line, ":");
	char *text, *place;

	len += line[len] ? 1 + strcspn(line + len + 1, ":") : 0;
	text = text_copy(line, len);
	place = shorten(log, text);
	free(text);
	return place;
}

/* The first word of @line in quotes. */
static const char *quoted(const char *line, size_t *len)
{
	const char *quote = strchr(line, '\'');

	*len = quote ? strcspn(quote + 1, "'") : 0;
	return *len ? quote + 1 : NULL;
}

/* gcc and clang, in the words of each. */
static bool take_function_error(struct problems *log, const char *line)
{
	static const struct {
		const char *words;
		enum problem_kind kind;
	} errors[] = {
		{ "implicit declaration of function", UNKNOWN_FUNCTION },
		{ "call to undeclared function", UNKNOWN_FUNCTION },
		{ "conflicting types for", OTHER_PROTOTYPE },
		{ "too many arguments to function '", OTHER_PROTOTYPE },
		{ "too few arguments to function '", OTHER_PROTOTYPE },
	};
	const char *at, *name;
	char *place;
	size_t len;

	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++) {
		at = strstr(line, errors[i].words);
		name = at ? quoted(at, &len) : NULL;
		if (!name)
			continue;
		place = place_of_line(log, line);
		add(log, errors[i].kind, name, len, place);
		free(place);
		return true;
	}
	return false;
}

static bool take_missing_header(struct problems *log, const char *line)
{
	static const char gcc[] = ": No such file or directory";
	const char *at = strstr(line, "fatal error: "), *name, *end;
	char *place;
	size_t len;

	if (!at)
		return false;
	name = at + 13;
	end = strstr(name, gcc);
	len = end ? (size_t)(end - name) : 0;
	if (!end && strstr(name, "file not found"))
		name = quoted(name, &len);
	if (!name || !len)
		return false;
	place = place_of_line(log, line);
	add(log, MISSING_HEADER, name, len, place);
	free(place);
	return true;
}

/* What check-kernel lists, one a line behind a tab. */
static bool take_undefined(struct problems *log, const char *line)
{
	if (strstr(line, "reached but neither")) {
		log->in_list = true;
		return true;
	}
	if (log->in_list && *line == '\t') {
		add(log, UNKNOWN_FUNCTION, line + 1, strcspn(line + 1, "\n"),
		    "");
		return true;
	}
	log->in_list = false;
	return false;
}

static void show(struct problems *log, const char *line)
{
	struct buf safe = { 0 };

	if (log->nr_lines++ >= MAX_LINES)
		return;
	escape_terminal(&safe, line, false);
	fprintf(stderr, "  %s", buf_get(&safe));
	buf_deinit(&safe);
}

/* What CMake says of a message() is indented, between these two lines. */
static void show_message(struct problems *log, const char *line)
{
	size_t blanks = strspn(line, " ");

	if (!strncmp(line, "CMake Error", 11)) {
		log->in_message = true;
		return;
	}
	if (!strncmp(line, "Call Stack", 10) ||
	    !strncmp(line, "-- Configuring incomplete", 25))
		log->in_message = false;
	if (log->in_message && line[strspn(line, " \n")])
		show(log, line + (blanks < 3 ? blanks : 3));
}

static void take_line(struct problems *log, const char *line, bool configured)
{
	if (take_undefined(log, line) || take_missing_header(log, line) ||
	    take_function_error(log, line))
		return;
	if (!configured)
		show_message(log, line);
	else if (strstr(line, "error:") || strstr(line, "undefined reference"))
		show(log, line);
}

/* CMake's last word where it is not the compiler that failed. */
static bool is_configured(const char *path)
{
	FILE *file = fopen(path, "re");
	bool configured = true;
	char *line = NULL;
	size_t size = 0;

	while (file && configured && getline(&line, &size, file) >= 0)
		configured = strncmp(line, "-- Configuring incomplete", 25);
	free(line);
	if (file)
		fclose(file);
	return configured;
}

void problems_read(struct problems *log, const char *path)
{
	bool configured = is_configured(path);
	FILE *file = fopen(path, "re");
	char *line = NULL;
	size_t size = 0;

	while (file && getline(&line, &size, file) >= 0)
		take_line(log, line, configured);
	free(line);
	if (file)
		fclose(file);
}

void problems_deinit(struct problems *log)
{
	for (size_t i = 0; i < log->nr; i++) {
		free(log->list[i].name);
		free(log->list[i].place);
	}
	free(log->list);
	*log = (struct problems){ 0 };
}
