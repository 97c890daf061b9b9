/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The functions that a kernel takes from the shim, and which of them are tested
 * or need no test.  One kernel at a time.
 *
 * tests/shim/untested.txt excuses a function, a line each:
 *
 *   NAME reason         the function
 *   FILE reason         all of a file, as sim/kernel/lib/traps.c
 *   NAME is OTHER       the function is how the shim spells OTHER: it needs no
 *                       test where OTHER has one
 */
#ifndef PFNSIM_TEST_NAMES_H
#define PFNSIM_TEST_NAMES_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Forgets everything and reads what the kernel at @kernel takes (KERNEL.taken
 * beside KERNEL.so) and the excuses; fails the test where that is impossible.
 */
void names_read(const char *kernel, const char *excuses);
void names_mark_tested(const char *name);
/* Whether the shim has it, or untested.txt knows it. */
bool names_are_offered(const char *name);
/* Writes what is neither tested nor excused to @report; returns how many. */
unsigned int names_report(char *report, size_t size);

/*
 * Excuses that nothing needs: names_note_excuses() once a kernel, behind its
 * names_mark_tested(), then write to @report those of which all is tested in each
 * kernel that has it, or that are neither in a kernel nor in the shim's sources in
 * the folder @sources; returns how many.
 */
void names_note_excuses(void);
unsigned int names_report_excuses(const char *sources, char *report,
				  size_t size);

#endif /* PFNSIM_TEST_NAMES_H */
