/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs in which each step is done once, as the file has it, and the state in which
 * that ends is compared with those that a search knows.
 */
#ifndef PFNSIM_NATIVE_ONCE_H
#define PFNSIM_NATIVE_ONCE_H

#include "soak.h"

/* Lets the tasks run to their ends, each on a thread. */
void once_run(struct soak *soak);

/* Looks at the state that they left; within the machine, before it is closed. */
void once_compare(struct soak *soak);

#endif /* PFNSIM_NATIVE_ONCE_H */
