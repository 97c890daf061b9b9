/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * `pfnsim run --variants`: are the seeded bugs of the reference caught?
 */
#ifndef PFNSIM_COMMANDS_VARIANTS_H
#define PFNSIM_COMMANDS_VARIANTS_H

#include "inputs.h"
#include "output.h"

/*
 * Runs, on each of the kernels, the scenarios that name it in an xfail entry, and
 * prints a line on each.  Returns the exit status: 0 where every variant was
 * caught by a violation that a scenario names, 1 where one was not, 3 after an
 * interrupt, 4 on a defect of the tool.
 */
int run_variants(const struct scenario_files *files,
		 const struct kernels *kernels, struct output *output);

#endif /* PFNSIM_COMMANDS_VARIANTS_H */
