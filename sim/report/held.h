/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which locks each task holds, worked out from the calls of a trace.
 */
#ifndef PFNSIM_REPORT_HELD_H
#define PFNSIM_REPORT_HELD_H

#include "buf.h"
#include "trace.h"

#define HELD_MAX 16

/* Zeroed at the start of a trace; holds pointers into it. */
struct held_locks {
	struct {
		const char *name[HELD_MAX];
		unsigned int nr;
	} task[HOST_MAX_TASKS];
};

/* Follows one event. Returns whether the set of its task changed. */
bool held_follow(struct held_locks *held, const struct trace_event *event);

/* The name by which held_follow() knows the lock of a call, or NULL. */
const char *held_lock_name(const struct trace_event *event);

/* Appends "holds kvm->slots_lock, gpc->lock" or "holds no lock". */
void held_describe(const struct held_locks *held, unsigned int task,
		   struct buf *out);

#endif /* PFNSIM_REPORT_HELD_H */
