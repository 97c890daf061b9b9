/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Preemption around locks that spin.  Private to sim/kernel/sync.
 *
 * Fidelity: EMULATED - see preempt.h of include/linux.
 */
#ifndef PFNSIM_SYNC_SPINNING_H
#define PFNSIM_SYNC_SPINNING_H

#include "backend.h"

static __always_inline void no_preemption(void)
{
	struct sync_task *t = sync_me();

	sync_reader_begin(t);
	t->preempt++;
}

static __always_inline void preemption(void)
{
	struct sync_task *t = sync_me();

	t->preempt--;
	sync_reader_end(t);
}

#endif /* PFNSIM_SYNC_SPINNING_H */
