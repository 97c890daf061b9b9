/* SPDX-License-Identifier: GPL-2.0-only */
/* What of pfnsim's own sources becomes part of a kernel, or makes it. */
#ifndef PFNSIM_COMMANDS_SOURCES_H
#define PFNSIM_COMMANDS_SOURCES_H

#include "git.h"

/*
 * The hash of the names and contents of the headers, the shim and the rules of
 * the build in pfnsim's source folder @folder; NULL after an error on stderr.
 * @repository: any, for git to be run in.  free() it.
 */
char *sources_hash(const struct repository *repository, const char *folder);

#endif /* PFNSIM_COMMANDS_SOURCES_H */
