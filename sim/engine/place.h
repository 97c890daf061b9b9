/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Which line of the code under test an event of a trace comes from.
 *
 * While tasks run only addresses are kept, as most traces are never shown.  They
 * are looked up while the kernel is still the one that symbols_use() named.
 */
#ifndef PFNSIM_ENGINE_PLACE_H
#define PFNSIM_ENGINE_PLACE_H

#include "symbols.h"
#include "trace.h"

/* Keeps the running task's stack with @event, which is the trace's last. */
void place_keep(struct trace *trace, struct trace_event *event,
		const struct stack_place *from);

/*
 * Sets the places of all events: the innermost function of the tree's virt/kvm or
 * arch/.../kvm, or of the reference kernel, that leads to each.
 */
void place_find(struct trace *trace);

/* Where the path within the kernel's tree starts, NULL: not code under test. */
const char *place_in_tree(const char *path);

/* Drops what is known of addresses, as another kernel is used. */
void place_forget(void);

#endif /* PFNSIM_ENGINE_PLACE_H */
