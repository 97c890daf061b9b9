/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a build that failed said: the lines that tell why, out of all of them.
 */
#ifndef PFNSIM_COMMANDS_BUILDLOG_H
#define PFNSIM_COMMANDS_BUILDLOG_H

#include <stdbool.h>
#include <stddef.h>

#define BUILDLOG_MAX 12

struct buildlog {
	char *lines[BUILDLOG_MAX]; /* owned; without newlines, not escaped */
	size_t nr;
	/* The first is a compiler's about a line: so it will say again. */
	bool final;
};

/* Reads the log at @path; where it cannot be read there are no lines. */
void buildlog_read(struct buildlog *log, const char *path);
void buildlog_deinit(struct buildlog *log);

/*
 * Copies the log @from to @to, paths below @folder, or the folder tree in it,
 * becoming relative.
 * Returns 0 or a negative errno; @to is there as a whole or not at all.
 */
int buildlog_copy(const char *from, const char *to, const char *folder);

/* Prints the lines on stderr, indented. */
void buildlog_show(const struct buildlog *log);

#endif /* PFNSIM_COMMANDS_BUILDLOG_H */
