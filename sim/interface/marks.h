/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * How true to the kernel what the code under test uses is: the mark of the file
 * that defines it, as docs/fidelity.md explains it.
 */
#ifndef PFNSIM_INTERFACE_MARKS_H
#define PFNSIM_INTERFACE_MARKS_H

#include "code.h"

enum mark { MARK_REAL, MARK_EMULATED, MARK_STUB, MARK_TRAP, NR_MARKS };

/* "REAL", "EMULATED", ... */
const char *mark_name(enum mark mark);

/*
 * The mark in the top comment of @file, a path in pfnsim's @sources; REAL where
 * there is no such file, as of those of the tree.
 */
enum mark mark_of_file(const char *sources, const char *file);

#endif /* PFNSIM_INTERFACE_MARKS_H */
