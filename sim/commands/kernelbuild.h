/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Building one kernel from a tree, in a folder of its own.
 *
 * The rules are those of cmake/, from the folder that this program was built
 * from; the compiler and its flags are those of that build.
 */
#ifndef PFNSIM_COMMANDS_KERNELBUILD_H
#define PFNSIM_COMMANDS_KERNELBUILD_H

struct kernel_build {
	const char *name;
	const char *tree;     /* absolute path: folder, tarball or repository */
	const char *revision; /* of a repository, or NULL */
	const char *folder;   /* to build in; made where it is missing */
};

/*
 * Builds FOLDER/kernels/NAME.so and, where there is something to say, the file
 * NAME.revision beside it; the build's words go to FOLDER/log.  Returns an exit
 * status: 0; 1 after the errors, shortened, on stderr where the tree does not
 * build; 3 after an interrupt; 4 after an error where nothing can be built.
 */
int kernel_build(const struct kernel_build *build);

#endif /* PFNSIM_COMMANDS_KERNELBUILD_H */
