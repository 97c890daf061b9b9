/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Building a kernel from a tree, in a folder of its own.
 *
 * The rules are those of cmake/; toolbox.h says where they, the compiler and its
 * flags come from.  What an earlier
 * build left in the folder is used again, unless it was interrupted or had other
 * flags or another compiler.
 *
 * Each build is a process, so that several can run at a time.  It ends, with all
 * that it runs, when the process that started it does.
 */
#ifndef PFNSIM_COMMANDS_KERNELBUILD_H
#define PFNSIM_COMMANDS_KERNELBUILD_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct kernel_build {
	const char *name;
	const char *tree;     /* absolute path: folder, tarball or repository */
	const char *revision; /* of a repository, or NULL */
	const char *folder;   /* to build in; made where it is missing */
	size_t jobs;	      /* programs that may run at a time */
	bool hooks;	      /* build hooked/NAME.so too */
	bool native;	      /* build those for threads too */
	bool sanitized;	      /* ... and these with sanitizers, too */
	bool code_only; /* only what can be compiled of the code under test */
	/* Whether what is in @folder, without hooks, is worth the rest; or NULL. */
	bool (*check)(const struct kernel_build *build);
};

/*
 * Starts to build FOLDER/kernels/NAME.so and, where there is something to say,
 * the file NAME.revision beside it; the build's words go to FOLDER/log.  Returns
 * a process for kernel_build_wait(), or -1 after an error on stderr.
 */
pid_t kernel_build_start(const struct kernel_build *build);

/*
 * Waits until one of the @nr builds ends, of which at least one is above 0, and
 * returns its index.  Its entry becomes 0 and @status an exit status: 0; 1 where
 * the tree does not build; 3 after an interrupt, which ends all of them; 4 after
 * an error on stderr where nothing can be built; 5 where the build's check, which
 * the process of the build calls, refused it.
 */
size_t kernel_build_wait(pid_t *builds, size_t nr, int *status);

/*
 * All but the tree that what is built depends on and that no build system sees
 * change: flags, settings, and what the compiler says of itself.  free() it; NULL
 * after an error on stderr.
 */
char *kernel_build_toolchain(void);

/* How many processors this process may use. */
size_t kernel_build_processors(void);

#endif /* PFNSIM_COMMANDS_KERNELBUILD_H */
