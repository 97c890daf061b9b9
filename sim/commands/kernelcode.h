/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The code of what the command line names, for the verbs of `pfnsim kernel` that
 * look at it: a kernel, or a tree that none was made of.
 */
#ifndef PFNSIM_COMMANDS_KERNELCODE_H
#define PFNSIM_COMMANDS_KERNELCODE_H

#include "cli.h"
#include "code.h"

/* Reads the objects of the kernel @name.  0, or 2 after an error on stderr. */
int kernel_code_load(const struct cli_options *options, const char *name,
		     struct code *code);

/*
 * The same where @name may be the path of a tree, of which then only the code
 * under test is compiled, in a folder that is removed again.  Returns 0; 2 after
 * an error on stderr, 1 where nothing of the tree compiles, 3, 4 as
 * kernel_build().
 */
int kernel_code_load_any(const struct cli_options *options, const char *name,
			 struct code *code);

/* The verbs `diff` and `show`; each returns the exit status. */
int kernel_diff(const struct cli_options *options);
int kernel_show(const struct cli_options *options);

#endif /* PFNSIM_COMMANDS_KERNELCODE_H */
