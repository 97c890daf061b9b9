/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a combination of operations came to, as lines of text for another process
 * or a later one.
 */
#ifndef PFNSIM_COMMANDS_PAIRRECORD_H
#define PFNSIM_COMMANDS_PAIRRECORD_H

#include "pairtable.h"

/* Frees what @result owns, and makes it one of which nothing is known. */
void pair_record_clear(struct pair_result *result);

void pair_record_write(const struct pair_result *result, FILE *out);

/*
 * Takes a line of it, without its newline.  Returns 0, or -EINVAL where it is
 * none.
 */
int pair_record_read(struct pair_result *result, const char *line);

#endif /* PFNSIM_COMMANDS_PAIRRECORD_H */
