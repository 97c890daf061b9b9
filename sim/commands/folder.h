/* SPDX-License-Identifier: GPL-2.0-only */
/* Folders that pfnsim makes and takes away. */
#ifndef PFNSIM_COMMANDS_FOLDER_H
#define PFNSIM_COMMANDS_FOLDER_H

/*
 * Removes @path and all below it, following no link; 0 too where there is
 * nothing, else a negative errno.
 */
int folder_remove(const char *path);

/* Makes @path and the folders above it where they are missing; 0 or -errno. */
int folder_make(const char *path);

#endif /* PFNSIM_COMMANDS_FOLDER_H */
