/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Text in lines of a given width.  Text is what escape_terminal() gives.
 */
#ifndef PFNSIM_REPORT_WRAP_H
#define PFNSIM_REPORT_WRAP_H

#include <stddef.h>

#include "buf.h"

/*
 * Finds the first line of @s, at most @width columns (at least 1), and stores
 * its length in bytes.  Breaks at a newline, else at the last space, else behind
 * the last of "(,/_.>" in the line's second half, else anywhere.  Returns the rest
 * after the break, or NULL where nothing is left.
 */
const char *wrap_line(const char *s, size_t width, size_t *len);

/*
 * Appends @s in lines of at most @columns; the first starts at column @start
 * (where the text already stands), all others are indented by @indent.  Ends
 * with a newline.
 */
void wrap_paragraph(struct buf *out, const char *s, size_t start, size_t indent,
		    size_t columns);

#endif /* PFNSIM_REPORT_WRAP_H */
