/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a call of the emulation means to a search.
 */
#ifndef PFNSIM_EXPLORE_MEANING_H
#define PFNSIM_EXPLORE_MEANING_H

#include <stdbool.h>

#include "border.h"

enum call_meaning {
	MEANS_STEP,    /* an event, one step until it returns */
	MEANS_NOTHING, /* no event: nobody could notice */
	MEANS_YIELD,   /* a chance for others; may end a round of a loop */
	MEANS_PASSAGE, /* an event, and others follow before it returns */
	MEANS_UNLOCK,  /* of a lock that one has */
	MEANS_UNLOCK_SHARED, /* of a lock that several may have */
	MEANS_READER,	     /* a read section of SRCU begins or ends */
	MEANS_GRACE_PERIOD,  /* ... waits for those */
	MEANS_RCU_READER,
	MEANS_RCU_GRACE_PERIOD,
};

static inline enum call_meaning call_meaning(enum shim_call call)
{
	switch (call) {
	case CALL_END:
	case CALL_SMP_MB:
	case CALL_SMP_RMB:
	case CALL_SMP_WMB:
		return MEANS_NOTHING;
	case CALL_COND_RESCHED:
		return MEANS_YIELD;
	case CALL_BEGIN:
	case CALL_GUP:
	case CALL_GUP_FAST:
	case CALL_FILEMAP_GET_FOLIO:
	case CALL_TRUNCATE:
	case CALL_UNMAP_MAPPING:
	case CALL_FREE_FOLIO:
	case CALL_HANDLE_MM_FAULT:
	case CALL_NOTIFIER_START:
	case CALL_NOTIFIER_END:
	case CALL_MEMORY_FAILURE:
	case CALL_RELEASE:
		return MEANS_PASSAGE;
	case CALL_MUTEX_UNLOCK:
	case CALL_UP_WRITE:
	case CALL_DOWNGRADE_WRITE:
	case CALL_FILEMAP_INVALIDATE_UNLOCK:
	case CALL_MMAP_WRITE_UNLOCK:
	case CALL_SPIN_UNLOCK:
	case CALL_WRITE_UNLOCK:
	case CALL_WRITE_UNLOCK_IRQ:
		return MEANS_UNLOCK;
	case CALL_UP_READ:
	case CALL_FILEMAP_INVALIDATE_UNLOCK_SHARED:
	case CALL_MMAP_READ_UNLOCK:
	case CALL_READ_UNLOCK:
	case CALL_READ_UNLOCK_IRQ:
		return MEANS_UNLOCK_SHARED;
	case CALL_SRCU_READ_LOCK:
	case CALL_SRCU_READ_UNLOCK:
		return MEANS_READER;
	case CALL_SYNCHRONIZE_SRCU:
		return MEANS_GRACE_PERIOD;
	case CALL_RCU_READ_LOCK:
	case CALL_RCU_READ_UNLOCK:
		return MEANS_RCU_READER;
	case CALL_SYNCHRONIZE_RCU:
		return MEANS_RCU_GRACE_PERIOD;
	default:
		return MEANS_STEP;
	}
}

/* Whether nothing else happens from the beginning of the call to its end. */
static inline bool call_is_step(enum shim_call call)
{
	switch (call_meaning(call)) {
	case MEANS_NOTHING:
	case MEANS_YIELD:
	case MEANS_PASSAGE:
	case MEANS_RCU_READER:
		return false;
	default:
		return true;
	}
}

#endif /* PFNSIM_EXPLORE_MEANING_H */
