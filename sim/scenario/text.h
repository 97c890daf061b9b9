/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * UTF-8 text as messages need it: lines, characters, display cells.
 *
 * Lines end as YAML ends them (LF, CR, CR LF, NEL, LS, PS), so that line numbers
 * agree with libyaml's.  Memory that is returned belongs to the caller, who
 * frees it; the allocating functions abort when there is no memory.
 */
#ifndef PFNSIM_SCENARIO_TEXT_H
#define PFNSIM_SCENARIO_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "model.h"

struct text_line {
	const char *start; /* NULL: there is no such line */
	size_t len;	   /* in bytes, without the line end */
};

/* Zeroed memory; never NULL. */
void *text_alloc(size_t size);
/* A NUL-terminated copy of @len bytes. */
char *text_copy(const char *text, size_t len);
/* A copy with control characters and broken UTF-8 replaced by '?'. */
char *text_printable(const char *text);

/*
 * Decode the character at @text, at most @len (> 0) bytes.  Returns the bytes
 * that it takes; broken UTF-8 is one byte that yields U+FFFD.
 */
size_t text_decode(const char *text, size_t len, uint32_t *out);

/* Characters in @len bytes. */
size_t text_chars(const char *text, size_t len);

/* Line @number, from 1. */
struct text_line text_find_line(const char *text, size_t len,
				unsigned int number);

/* Line and column, from 1, of the byte at @offset. */
struct pos text_locate(const char *text, size_t len, size_t offset);

/*
 * Print the line with its number, and a caret line below that marks
 * pos->col and pos->len.  Tabs are expanded and wide characters counted; of a
 * long line only the surroundings of the mark are shown.
 */
void text_print_caret(FILE *out, struct text_line line, const struct pos *pos);

#endif /* PFNSIM_SCENARIO_TEXT_H */
