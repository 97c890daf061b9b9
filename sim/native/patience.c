// SPDX-License-Identifier: GPL-2.0-only
#include "patience.h"

#define SHORT_SECONDS 2

bool patience_ends(struct patience *patience, const struct native_task *task,
		   uint64_t now, uint64_t ns)
{
	if (!__atomic_load_n(&task->used, __ATOMIC_ACQUIRE) ||
	    !__atomic_load_n(&task->op, __ATOMIC_ACQUIRE) ||
	    task->points != patience->points ||
	    task->op_since != patience->op_since) {
		patience->points = task->points;
		patience->op_since = task->op_since;
		patience->when = now;
	}
	return now - patience->when > ns;
}

uint64_t patience_for(unsigned int seconds, unsigned long expected)
{
	if (expected >> V_DEADLOCK & 1 && seconds > SHORT_SECONDS)
		seconds = SHORT_SECONDS;
	return seconds * 1000000000UL;
}
