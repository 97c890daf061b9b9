/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The steps of an execution, compared with those of an earlier one by the same
 * order: does the code still do what it did?
 */
#ifndef PFNSIM_COMMANDS_TRACESTEPS_H
#define PFNSIM_COMMANDS_TRACESTEPS_H

#include "result.h"

/*
 * Returns NULL where the steps of @now are those of @then, else a sentence that
 * names the first that differs, as it was and as it is; free() it.  Tasks and
 * operations are named by the scenario of @now.
 *
 * Steps have no addresses and no lines of source: the same code has the same
 * steps wherever it was built, whoever decides about it.
 */
char *trace_steps_compare(const struct case_result *now,
			  const struct case_result *then);

#endif /* PFNSIM_COMMANDS_TRACESTEPS_H */
