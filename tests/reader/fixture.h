/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reading texts and files in tests.  Tests run in the project's folder.
 */
#ifndef PFNSIM_TESTS_READER_FIXTURE_H
#define PFNSIM_TESTS_READER_FIXTURE_H

#include <stddef.h>

#include "reader.h"

/* What reading @path prints, linted where it is valid; the caller frees it. */
char *messages_of(const char *path);

/* The same for a text that is called @name. */
char *messages_of_text(const char *name, const char *text, size_t len);

/* A scenario that must be valid. */
struct scenario *read_valid(const char *path);

/* The contents of a file, NUL-terminated; NULL where it cannot be read. */
char *contents_of(const char *path, size_t *len);

#endif /* PFNSIM_TESTS_READER_FIXTURE_H */
