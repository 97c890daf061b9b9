/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Locations as text that means the same to every process which searches the same
 * kernel, whose data lies elsewhere in each; and what a search learns of them.
 */
#ifndef PFNSIM_EXPLORE_LESSONS_H
#define PFNSIM_EXPLORE_LESSONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/*
 * Writes a blank and the name of @location, which is in the world, in the kernel's
 * data or in this program's: what tasks share is in one of them.
 */
void place_write(uint32_t location, FILE *out);

/* Reads it from *@at on, which then stands behind it.  Returns 0 or -EINVAL. */
int place_read(uint32_t *location, const char **at);

/* Reads a number in @base, below @end, likewise.  Returns whether there is one. */
bool place_number(const char **at, int base, uint64_t end, uint64_t *value);

/*
 * Who uses a location is noted from lessons_begin() on, and can be forgotten
 * again.  lessons_note() comes before each change.
 */
void lessons_begin(void);
void lessons_note(uint32_t location);
void lessons_forget(void);

/*
 * Writes what was noted; reads it from @at, and adds it to what is known.
 * Returns 0 or -EINVAL.
 */
void lessons_write(FILE *out);
int lessons_read(const char *at);

#endif /* PFNSIM_EXPLORE_LESSONS_H */
