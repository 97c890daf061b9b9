/* SPDX-License-Identifier: GPL-2.0-only */
/* Scenarios by name: those that come with pfnsim, and what a wrong name means. */
#ifndef PFNSIM_COMMANDS_SHIPPED_H
#define PFNSIM_COMMANDS_SHIPPED_H

/*
 * The path of the scenario that comes with pfnsim and is called @name, with or
 * without its .yaml; NULL where there is none.  The caller frees it.
 */
char *shipped_scenario(const char *name);

/*
 * What may be meant by @path, where nothing is: the path of the scenario or folder
 * beside it, or the name of one that comes with pfnsim, with the nearest name;
 * NULL where none is near.  The caller frees it.
 */
char *nearest_scenario(const char *path);

#endif /* PFNSIM_COMMANDS_SHIPPED_H */
