/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Running the matrix of cases and kernels that `compare` and `series` print.
 */
#ifndef PFNSIM_COMMANDS_COMPARE_H
#define PFNSIM_COMMANDS_COMPARE_H

#include "inputs.h"
#include "matrix.h"

struct compare_summary {
	size_t worse;	   /* cases that a kernel does worse than one before */
	size_t last_worse; /* cases that the last does worse than the first */
	bool tool_error, error;
};

/*
 * Reads the scenario files that the operands name.  Returns 0, or 2 after the
 * errors on stderr; files_deinit() in any case.
 */
int compare_read(const struct cli_options *options,
		 struct scenario_files *files);

/*
 * Runs every case on every kernel and prints the matrix in the form that the
 * options ask for.  @columns: one a kernel.  A kernel without a desc is one that
 * could not be built.
 */
struct compare_summary compare_run(const struct cli_options *options,
				   const struct scenario_files *files,
				   const struct kernels *kernels,
				   const struct matrix_column *columns);

#endif /* PFNSIM_COMMANDS_COMPARE_H */
