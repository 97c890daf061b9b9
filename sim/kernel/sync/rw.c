// SPDX-License-Identifier: GPL-2.0-only
/*
 * The slow parts that reader-writer locks share.
 *
 * Fidelity: EMULATED - see rw.h.
 */
#include "rw.h"

void rw_init(struct rw *rw, const char *name, struct lock_class_key *key)
{
	lockdep_init_map(&rw->dep_map, name, key, 0);
	*rw = (struct rw){ .dep_map = rw->dep_map };
}

void rw_report_recursion(struct rw *rw, enum shim_call call)
{
	host_report(
		V_LOCK_ORDER, HOST_NO_PFN,
		"%s -> %s here: a writer that waits between two %s() of one task blocks both",
		rw->dep_map.name, rw->dep_map.name, sync_call_name[call]);
}
