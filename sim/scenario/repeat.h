/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Steps that are repeated: `repeat:`.
 *
 * An endless step goes on as long as a task has not ended that has none.  How many
 * there are is memory that tasks access as they do the kernel's, so that a search
 * knows that it matters which of them comes first.  Tasks may be threads.
 */
#ifndef PFNSIM_SCENARIO_REPEAT_H
#define PFNSIM_SCENARIO_REPEAT_H

#include "model.h"

/* At the beginning of an execution. */
void repeat_begin(const struct scenario *scenario);

/*
 * Within @step of the running task, which was carried out @times times: whether
 * to do so again.
 */
bool repeat_again(const struct step *step, unsigned long times);

/* Within step @index of the running task, which is not repeated any more. */
void repeat_over(const struct scenario *scenario, unsigned int index);

#endif /* PFNSIM_SCENARIO_REPEAT_H */
