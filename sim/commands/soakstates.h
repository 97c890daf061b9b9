/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The states that searches find executions of scenarios to end in, for the
 * program that soaks to compare with.  Lines of text:
 *
 *	file PATH
 *	order HASH NAME    the state that this case of the file ends in
 *	state HASH TEXT    one of the states; the same may come again
 *	all                the search saw all interleavings; else there is no such line
 *
 * Where there is no `all`, the end of an order is a state as well.
 * HASH is final_hash() in 16 digits; a file that could not be searched has no
 * lines but its first.
 */
#ifndef PFNSIM_COMMANDS_SOAKSTATES_H
#define PFNSIM_COMMANDS_SOAKSTATES_H

#include <stdio.h>

#include "cli.h"
#include "inputs.h"

/*
 * Searches each file on the kernel called @name, half of --seconds in all or ten
 * seconds each, and writes what is found.  Returns 0, 2 after an error on stderr,
 * 3 where it was interrupted.
 */
int soak_states(const struct cli_options *options, const char *name,
		const struct scenario_files *files, FILE *out);

#endif /* PFNSIM_COMMANDS_SOAKSTATES_H */
