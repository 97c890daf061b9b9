/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What --html writes: the page of one result, or of a whole run.
 */
#ifndef PFNSIM_COMMANDS_PAGES_H
#define PFNSIM_COMMANDS_PAGES_H

#include "html_run.h"

/* Zeroed but for source_url; pages_deinit() frees what it comes to own. */
struct pages {
	const char *source_url; /* NULL: no links */
	bool begun, alone;
	char *page; /* of the one result */
	size_t len;
	struct html_run run;
};

/* @alone: it is the only one, and has a page to itself. */
void pages_add(struct pages *pages, const struct case_result *result,
	       bool alone);
void pages_write(FILE *out, struct pages *pages);
void pages_deinit(struct pages *pages);

/* Returns 0, or 2 after an error where @url (or NULL) is none for a link. */
int pages_check_url(const char *url);

/* Returns 0, or 2 after an error on stderr where @path cannot be written. */
int page_check(const char *path);

/* Open and close a file; NULL and 2 after an error on stderr. */
FILE *page_open(const char *path);
int page_close(FILE *out, const char *path);

#endif /* PFNSIM_COMMANDS_PAGES_H */
