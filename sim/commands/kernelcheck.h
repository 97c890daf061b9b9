/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Prototypes of the tree that pfnsim does not know.
 */
#ifndef PFNSIM_COMMANDS_KERNELCHECK_H
#define PFNSIM_COMMANDS_KERNELCHECK_H

#include <stdbool.h>

#include "cli.h"
#include "kernelbuild.h"

/*
 * Whether all that was built has the prototypes of its tree; else prints on stderr
 * each function that the code under test uses by another one.
 */
bool kernel_check_built(const struct kernel_build *build);

/*
 * The same of what was built as @name in @folder, for a machine: appends to the file
 * @log a line like a compiler's error for each such function.  Returns how many there
 * are, or a negative errno after an error on stderr.
 */
long kernel_check_log(const char *folder, const char *name, const char *log);

/* `pfnsim kernel check NAME`: the same, with what no header declares. */
int kernel_check(const struct cli_options *options);

#endif /* PFNSIM_COMMANDS_KERNELCHECK_H */
