/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Gates of steps: `when: op/point`.  A step waits until somebody has passed that
 * point.  Gates may be opened and looked at by several threads.
 */
#ifndef PFNSIM_SCENARIO_GATE_H
#define PFNSIM_SCENARIO_GATE_H

#include <stdbool.h>

#include "machine.h"

/* The points of an operation that are not of its kernel's calls. */
#define GATE_BEGIN (-1 - (int)CALL_BEGIN)
#define GATE_END (-1 - (int)CALL_END)

struct gate {
	const struct op_points *points; /* NULL: none */
	int point;			/* or GATE_BEGIN, GATE_END */
	int task;			/* SCN_NONE: any */
	bool open;
};

/* By step; NULL where no step of @task has one.  To be freed. */
struct gate *gates_make(const struct task_desc *task);

/* Closes them, at the beginning of an execution; by task, as the next. */
void gates_close(struct gate *const *gates, const struct scenario *scenario);

/* @task passes @point of an operation. */
void gates_passed(struct gate *const *gates, const struct scenario *scenario,
		  unsigned int task, const struct op_points *points, int point);

/* Whether the step may begin. */
bool gate_is_open(const struct gate *gate);

#endif /* PFNSIM_SCENARIO_GATE_H */
