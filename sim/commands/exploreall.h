/* SPDX-License-Identifier: GPL-2.0-only */
/* `pfnsim explore --all`: no scenario is given, they are made. */
#ifndef PFNSIM_COMMANDS_EXPLOREALL_H
#define PFNSIM_COMMANDS_EXPLOREALL_H

#include "cli.h"

struct checkpoint;

/* Searches every combination on every kernel; returns the exit status. */
int explore_all(const struct cli_options *options);

/* What the shards of that came to, @nr files; returns the exit status. */
int explore_all_parts(const struct cli_options *options,
		      const struct checkpoint *parts, size_t nr);

/* The same of searches without --all. */
int explore_parts(const struct cli_options *options,
		  const struct checkpoint *parts, size_t nr);

#endif /* PFNSIM_COMMANDS_EXPLOREALL_H */
