/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What kernels are built with: from its build folder, what pfnsim was built with
 * itself; installed, what the machine has.
 */
#ifndef PFNSIM_COMMANDS_TOOLBOX_H
#define PFNSIM_COMMANDS_TOOLBOX_H

struct toolbox {
	const char *cmake;     /* path or name */
	const char *generator; /* of CMake */
	const char *compiler;  /* whose --version tells one from another */
	const char *settings;  /* file that primes CMake's cache */
	const char *files;     /* file with the paths that a tree is used of */
	const char *sources;   /* folder with the rules and the shim */
};

/* Static and complete; whether its files are there is for the caller to see. */
const struct toolbox *toolbox(void);

#endif /* PFNSIM_COMMANDS_TOOLBOX_H */
