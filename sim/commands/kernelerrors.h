/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Why a tree did not build, for a person: which interface of it pfnsim does not
 * know, how the tree declares it, and what there is to do.
 */
#ifndef PFNSIM_COMMANDS_KERNELERRORS_H
#define PFNSIM_COMMANDS_KERNELERRORS_H

#include "kernelbuild.h"

/* Prints on stderr what the log of a build that failed comes to. */
void kernel_explain(const struct kernel_build *build);

#endif /* PFNSIM_COMMANDS_KERNELERRORS_H */
