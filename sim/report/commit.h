/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * An interleaving as commit messages and mails to the kvm list draw it: numbered,
 * a column a task, 72 columns in all.  Tasks without a step before the failure
 * have no column; more than three share one, each line with its task's name.
 */
#ifndef PFNSIM_REPORT_COMMIT_H
#define PFNSIM_REPORT_COMMIT_H

#include <stdio.h>

#include "result.h"

#define COMMIT_COLUMNS 72
#define COMMIT_MAX_LANES 3

/*
 * Prints what was found and the steps that lead to it: where operations begin,
 * where another task goes on, what changes, what the failure depends on.
 */
void commit_write(FILE *out, const struct case_result *result);

#endif /* PFNSIM_REPORT_COMMIT_H */
