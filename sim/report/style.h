/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How a report looks on the terminal that it goes to.
 */
#ifndef PFNSIM_REPORT_STYLE_H
#define PFNSIM_REPORT_STYLE_H

#include <stdbool.h>
#include <stdio.h>

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct report_style {
	unsigned int columns; /* width of the page, STYLE_MIN_COLUMNS or more */
	bool color, utf8;
	bool verbose; /* every scheduling point, with calls and held locks */
	bool page;    /* the whole page, whatever the verdict */
	bool quiet;   /* only what decides the exit status */
	const char *trace_path; /* where the case's trace was saved, or NULL */
};

#define STYLE_MIN_COLUMNS 32
#define STYLE_MAX_COLUMNS 1000

/*
 * Width from COLUMNS, else of the terminal behind @fd, else 100.  Colour by
 * @when, then NO_COLOR, then whether @fd is a terminal and TERM not "dumb".
 * UTF-8 by the locale, which the caller has set (setlocale(LC_ALL, "")).
 */
void style_init(struct report_style *style, int fd, enum color_when when);

/* Parts of a page that bear a colour of their own. */
enum style_part {
	PART_PLAIN,
	PART_GOOD,
	PART_KNOWN,
	PART_BAD,
	PART_DIM,
	PART_HEAD,
};

/* The escape sequences that start and end a part; "" without colour. */
const char *style_on(const struct report_style *style, enum style_part part);
const char *style_off(const struct report_style *style, enum style_part part);

/*
 * A reader that goes away (`pfnsim run ... | head`) is no error: lets SIGPIPE
 * end the process silently, even where the parent had it ignored.
 */
void stream_init(void);

/*
 * Flushes @out. 0, or a negative errno where something could not be written;
 * -EPIPE counts as written.
 */
int stream_flush(FILE *out);

#endif /* PFNSIM_REPORT_STYLE_H */
