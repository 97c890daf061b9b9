/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * One function for each place that a text may go to.  Names, texts and messages
 * come from files and from a kernel under test: none may move a cursor, end a
 * KTAP line, or leave a JSON string or a shell word.
 *
 * Input is any NUL-terminated string, UTF-8 or not; the result is appended.
 */
#ifndef PFNSIM_REPORT_ESCAPE_H
#define PFNSIM_REPORT_ESCAPE_H

#include <stdbool.h>

#include "buf.h"

/*
 * Length in bytes of the character at @s, which is not the end, or 0 where it is
 * not UTF-8.  Its code point goes to @code.
 */
size_t utf8_decode(const char *s, unsigned int *code);

/* Columns that @len bytes take on a terminal; a broken byte counts as one. */
size_t display_width(const char *s, size_t len);

/*
 * For a terminal.  Newlines stay, tabs become a space, other control characters
 * and broken bytes become \xNN; without @utf8, all that is not ASCII does, but
 * an arrow becomes "->".
 */
void escape_terminal(struct buf *out, const char *s, bool utf8);

/* As escape_terminal(), and " -> " becomes an arrow where @utf8 allows it. */
void escape_change(struct buf *out, const char *s, bool utf8);

/* For the description or the directive of a KTAP line: one line, `#` as `\#`. */
void escape_ktap(struct buf *out, const char *s);

/* With the quotes.  Broken bytes become U+FFFD. */
void escape_json(struct buf *out, const char *s);

/*
 * For a text or an attribute between quotes of an HTML page in UTF-8; one line.
 * What is no text becomes \xNN, as on a terminal.
 */
void escape_html(struct buf *out, const char *s);

/* The same of @len bytes, in which a NUL is shown like all that is no text. */
void escape_html_bytes(struct buf *out, const char *s, size_t len);

/* One word of a POSIX shell, quoted only where it has to be. */
void escape_shell(struct buf *out, const char *s);

#endif /* PFNSIM_REPORT_ESCAPE_H */
