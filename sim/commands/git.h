/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Repositories, read through the command git.  Nothing here writes into one that
 * is not pfnsim's own.
 */
#ifndef PFNSIM_COMMANDS_GIT_H
#define PFNSIM_COMMANDS_GIT_H

#include <stdbool.h>
#include <stddef.h>

struct repository {
	char *path; /* owned, absolute: the top of a work tree, or a bare one */
	bool own;   /* made by pfnsim: the user's settings do not matter */
};

/*
 * Opens the repository whose top @path is.  Returns 0, or 2 after an error on
 * stderr; repository_deinit() in any case.
 */
int repository_open(struct repository *repository, const char *path);
void repository_deinit(struct repository *repository);

/*
 * What git prints for @argv, up to NULL and without the word git, when it reads
 * @input (NULL: nothing); without the last newline.  NULL where it fails.  Its
 * errors go to @err (0: nowhere).  free() it.
 */
char *git_read(const struct repository *repository, const char *const *argv,
	       const char *input, int err);
#define GIT(repository, ...)                                                   \
	git_read(repository, (const char *const[]){ __VA_ARGS__, NULL }, NULL, \
		 STDERR_FILENO)

/*
 * The full name of the commit that @revision means, or NULL after an error on
 * stderr.  free() it.
 */
char *git_commit(const struct repository *repository, const char *revision);

/* The hash of a text, 16 hexadecimal digits; NULL where it fails. free() it. */
char *git_hash(const struct repository *repository, const char *text);

#endif /* PFNSIM_COMMANDS_GIT_H */
