/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where the files are that belong to pfnsim, in a build folder or installed:
 *
 *			built			installed in PREFIX
 *	kernels		BUILD/kernels		PREFIX/lib/pfnsim/kernels
 *	sources		SOURCE			PREFIX/share/pfnsim/build
 *	scenarios	SOURCE/scenarios	PREFIX/share/pfnsim/scenarios
 *
 * An installed program finds them from its own place, so that PREFIX can be moved.
 * Where a string is returned as const, it is kept and belongs to this file.
 */
#ifndef PFNSIM_CLI_PLACES_H
#define PFNSIM_CLI_PLACES_H

/* PREFIX/share/pfnsim, or NULL where the program runs from its build folder. */
const char *place_of_data(void);

/* What kernels are built of: cmake/, include/, sim/kernel/, src/. */
const char *place_of_sources(void);

/* The scenarios that come with pfnsim; the folder may be gone. */
const char *place_of_scenarios(void);

/*
 * Where kernels are looked for first, and added: PFNSIM_KERNELS where it is set
 * and not empty; the folder `kernels` beside a program that was built; else
 * pfnsim/kernels in the user's data folder by the XDG base directories.  The
 * caller frees it; NULL where there is no way to know.
 */
char *cli_kernel_dir(void);

/*
 * Where the kernels that were installed are, unless the environment says where
 * kernels are or nothing is installed: NULL.  The caller frees it.
 */
char *cli_installed_kernels(void);

/*
 * A program that this one runs, by its name: beside one that was built, where the
 * libraries are of one that was installed.  The caller frees it; NULL where there is
 * no way to know.
 */
char *cli_program(const char *name);

#endif /* PFNSIM_CLI_PLACES_H */
