// SPDX-License-Identifier: GPL-2.0-only
#include "gate.h"

#include <stdlib.h>
#include <string.h>

static int point_of(const struct op_points *points, const char *name)
{
	if (!strcmp(name, "begin"))
		return GATE_BEGIN;
	if (!strcmp(name, "end"))
		return GATE_END;
	for (unsigned int i = 0; i < points->nr_points; i++)
		if (!strcmp(points->points[i], name))
			return i;
	return -100;
}

struct gate *gates_make(const struct task_desc *task)
{
	struct gate *gates = NULL;

	for (size_t i = 0; i < task->nr_steps; i++) {
		const struct step *step = &task->steps[i];

		if (!step->has_when)
			continue;
		if (!gates)
			gates = calloc(task->nr_steps, sizeof(*gates));
		if (!gates)
			abort();
		gates[i] = (struct gate){
			.points = machine_points(step->when.op),
			.point = point_of(machine_points(step->when.op),
					  step->when.name),
			.task = step->when_task,
		};
	}
	return gates;
}

void gates_close(struct gate *const *gates, const struct scenario *scenario)
{
	for (size_t t = 0; t < scenario->nr_task; t++)
		for (size_t i = 0; gates[t] && i < scenario->task[t].nr_steps;
		     i++)
			gates[t][i].open = false;
}

static void passed(struct gate *gate, unsigned int task,
		   const struct op_points *points, int point)
{
	if (gate->points == points && gate->point == point &&
	    (gate->task == SCN_NONE || gate->task == (int)task))
		__atomic_store_n(&gate->open, true, __ATOMIC_RELEASE);
}

void gates_passed(struct gate *const *gates, const struct scenario *scenario,
		  unsigned int task, const struct op_points *points, int point)
{
	for (size_t t = 0; t < scenario->nr_task; t++)
		for (size_t i = 0; gates[t] && i < scenario->task[t].nr_steps;
		     i++)
			passed(&gates[t][i], task, points, point);
}

bool gate_is_open(const struct gate *gate)
{
	return __atomic_load_n(&gate->open, __ATOMIC_ACQUIRE);
}
