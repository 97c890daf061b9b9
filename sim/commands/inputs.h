/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What several commands need first: scenario files and kernels, by the names on
 * the command line.
 */
#ifndef PFNSIM_COMMANDS_INPUTS_H
#define PFNSIM_COMMANDS_INPUTS_H

#include <stddef.h>

#include "cli.h"
#include "loader.h"
#include "model.h"

struct scenario_file {
	char *path;
	struct scenario *scenario; /* NULL: could not be read */
};

struct scenario_files {
	struct scenario_file *files;
	size_t nr, nr_bad;
};

/*
 * Reads every operand: a file, a folder whose *.yaml files are taken in the order
 * of their names, folders below it too, or, where nothing is there, the name of a
 * scenario that comes with pfnsim.  Without operands, all of those are read.
 * Errors go to stderr, all of them.  Returns 0; 2 where an operand does not exist
 * or a folder holds no scenario.
 */
int files_read(const struct cli_options *options, struct scenario_files *files);

/* The same without reading: only the paths are filled in. */
int files_find(const struct cli_options *options, struct scenario_files *files);
void files_deinit(struct scenario_files *files);

/*
 * Whether a file that could be read has a case called @name; NULL: any will do.
 * Returns 0, or 2 after an error on stderr.
 */
int files_have_case(const struct scenario_files *files, const char *name);

/* The same with one file only: 2 after an error where there are more. */
int files_read_one(const struct cli_options *options,
		   struct scenario_files *files);

/*
 * The path of NAME.so or of another file, in the folder of kernels or, where it is
 * not there, in that of those that were installed; free() it.
 */
char *kernel_path(const struct cli_options *options, const char *file);

struct kernels {
	struct loaded_kernel *kernel;
	size_t nr;
	char **stale; /* names of those that were left out; owned */
	size_t nr_stale;
};

/*
 * Loads the kernels given with -k, or all of the kernel folder: those that are
 * no variants, or only variants with @variants.  Returns 0, or 2 after an error
 * on stderr.  Of all, those are left out, with a line on stderr, that were added
 * and that another version of pfnsim built.
 */
int kernels_load(const struct cli_options *options, bool variants,
		 struct kernels *kernels);
void kernels_deinit(struct kernels *kernels);

#endif /* PFNSIM_COMMANDS_INPUTS_H */
