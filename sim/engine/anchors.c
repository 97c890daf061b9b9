// SPDX-License-Identifier: GPL-2.0-only
/* Named points: which one a call of the shim passes. */
#include <string.h>

#include "engine.h"

static bool anchor_matches(const struct engine_task *task,
			   const struct anchor *anchor, unsigned int index,
			   const char *obj)
{
	if (!anchor->repeated && (task->matched & (1U << index)))
		return false;
	if (anchor->after >= 0 && !task->passed[(int)anchor->after])
		return false;
	return !anchor->obj || (obj && !strcmp(anchor->obj, obj));
}

int engine_pass_point(struct engine_task *task, enum shim_call call,
		      const char *obj)
{
	const struct op_points *points = task->points;

	for (unsigned int left = points->watch[call]; left; left &= left - 1) {
		unsigned int i = __builtin_ctz(left);
		const struct anchor *anchor = &points->anchors[i];

		if (!anchor_matches(task, anchor, i, obj))
			continue;
		task->matched |= 1U << i;
		if (task->passed[(int)anchor->point] < 255)
			task->passed[(int)anchor->point]++;
		return anchor->point;
	}
	return -1;
}
