/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages for a browser: one file each, without scripts and without anything that
 * is fetched.  The same result gives the same bytes.  What is red, amber or
 * hatched bears a sign or a word as well.
 */
#ifndef PFNSIM_REPORT_HTML_H
#define PFNSIM_REPORT_HTML_H

#include <stdio.h>

#include "result.h"

/* How a case is shown. */
struct html_view {
	FILE *out;
	const struct case_result *result;
	const char *source_url; /* see html_source_link(); NULL: no links */
	const char *prefix;	/* of the ids: "" or "c3-" */
	bool part;		/* of a page with other cases */
};

/* The page of one result, whose places have been looked for. */
void html_case_page(FILE *out, const struct case_result *result,
		    const char *source_url);

/* ---- What pages are made of ---------------------------------------------- */

/* All up to the contents of the body, and all behind them. */
void html_begin(FILE *out, const char *title);
void html_end(FILE *out);

/* Every text goes through one of these; they never write markup of it. */
void html_text(FILE *out, const char *text);
void html_bytes(FILE *out, const char *text, size_t len);

/* A text with names of C, which may be broken behind `_`, `(` and `->` only. */
void html_code(FILE *out, const char *text);

/* A text in which each "step 12" is a link to the row of that step. */
void html_steps_text(const struct html_view *view, const char *text);

/*
 * The name of a place, a link where there is an URL: "https://...{path}#L{line}",
 * or one to which both are appended.
 */
void html_source_link(const struct html_view *view, const struct place *place);

/* "fail", "known", "pass", ...: the class of a verdict, and its sign. */
const char *html_verdict_class(enum verdict verdict);
const char *html_verdict_sign(enum verdict verdict);

/* The parts of a case, each with its heading, where there is something. */
void html_case_parts(const struct html_view *view);
void html_lanes(const struct html_view *view);
void html_scenario(const struct html_view *view);
void html_search(const struct html_view *view);

#endif /* PFNSIM_REPORT_HTML_H */
