/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * JSON under construction: puts commas where they belong.  Keys are ours and need
 * no escaping; they are NULL within lists.
 */
#ifndef PFNSIM_REPORT_JSONOUT_H
#define PFNSIM_REPORT_JSONOUT_H

#include "buf.h"

struct jsonout {
	struct buf text;
	bool first; /* nothing stands in what is open yet */
};

/* @bracket: '{' or '[', and its counterpart. */
void jsonout_open(struct jsonout *json, const char *key, char bracket);
void jsonout_close(struct jsonout *json, char bracket);

/* The next value begins on a line of its own. */
void jsonout_line(struct jsonout *json);

/* @text NULL: null. */
void jsonout_text(struct jsonout *json, const char *key, const char *text);
void jsonout_number(struct jsonout *json, const char *key, long number);
void jsonout_flag(struct jsonout *json, const char *key, bool flag);

#endif /* PFNSIM_REPORT_JSONOUT_H */
