/* SPDX-License-Identifier: GPL-2.0-only */
/* `pfnsim explore --all`: no scenario is given, they are made. */
#ifndef PFNSIM_COMMANDS_EXPLOREALL_H
#define PFNSIM_COMMANDS_EXPLOREALL_H

#include "cli.h"

/* Searches every combination on every kernel; returns the exit status. */
int explore_all(const struct cli_options *options);

#endif /* PFNSIM_COMMANDS_EXPLOREALL_H */
