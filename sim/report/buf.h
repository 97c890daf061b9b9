/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A string that grows, for a report under construction.
 *
 * The owner zeroes it and calls buf_deinit() once.  Where memory runs out the
 * string stays as it was and failed is set; every later addition is dropped, so
 * that a writer needs to look once, at the end.
 */
#ifndef PFNSIM_REPORT_BUF_H
#define PFNSIM_REPORT_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
	char *bytes; /* NUL-terminated, NULL while nothing was added */
	size_t len, size;
	bool failed;
};

void buf_deinit(struct buf *buf);

/* Empties the string and keeps its storage. */
void buf_clear(struct buf *buf);

/* The string, "" while it is empty; valid until the next addition. */
const char *buf_get(const struct buf *buf);

void buf_add(struct buf *buf, const char *bytes, size_t len);
void buf_puts(struct buf *buf, const char *string);
void buf_pad(struct buf *buf, size_t spaces);
__attribute__((format(printf, 2, 3))) void buf_printf(struct buf *buf,
						      const char *fmt, ...);

#endif /* PFNSIM_REPORT_BUF_H */
