/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What is wrong with a scenario file: a list of messages, each with a position.
 *
 * A list belongs to one file and owns copies of the file's name and text, so it
 * may outlive whatever was read.  Messages are collected in any order and
 * printed by position.  No locking: a list belongs to one thread.
 */
#ifndef PFNSIM_SCENARIO_DIAG_H
#define PFNSIM_SCENARIO_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <urcu/list.h>

#include "model.h"

/* Messages that are printed; more are counted. */
#define DIAG_MAX_SHOWN 20
/* Messages that are kept; more are counted. */
#define DIAG_MAX_KEPT 1000

enum diag_severity { DIAG_ERROR, DIAG_WARNING };

struct diag {
	struct cds_list_head list;
	enum diag_severity severity;
	struct pos pos; /* line 0: the file as a whole */
	char *text;
	struct pos note_pos; /* line 0: no note */
	char *note;
};

struct diags {
	struct cds_list_head list;
	char *file;
	char *source; /* NUL-terminated; NULL until the file was read */
	size_t source_len;
	size_t nr_errors, nr_warnings;
};

void diags_init(struct diags *diags);
void diags_deinit(struct diags *diags);

/* Name the file, and give its text (NULL: unreadable).  Both are copied. */
void diags_set_file(struct diags *diags, const char *file);
void diags_set_source(struct diags *diags, const char *source, size_t len);

/* Control characters in the formatted text are replaced, long texts cut. */
__attribute__((format(printf, 4, 5))) void diag_add(struct diags *diags,
						    enum diag_severity severity,
						    struct pos pos,
						    const char *fmt, ...);

/* Add a note to the message that was added last. */
__attribute__((format(printf, 3, 4))) void
diag_note(struct diags *diags, struct pos pos, const char *fmt, ...);

/* Sort by position; messages at the same position keep their order. */
void diags_sort(struct diags *diags);

/*
 * Sort and print at most DIAG_MAX_SHOWN messages to @out, each with its line of
 * the source and a caret, tabs expanded, and how many more there are.
 */
void diags_print(struct diags *diags, FILE *out);

#endif /* PFNSIM_SCENARIO_DIAG_H */
