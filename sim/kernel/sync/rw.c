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
	rw->writer = 0;
	rw->readers = 0;
}

static _Bool may_read(const void *obj)
{
	return !((const struct rw *)obj)->writer;
}

static _Bool may_write(const void *obj)
{
	const struct rw *rw = obj;

	return !rw->writer && !rw->readers;
}

static int holder(const void *obj, unsigned int task)
{
	const struct rw *rw = obj;

	return rw->writer ? rw->writer - 1 : sync_blocker(rw->readers, task);
}

const struct host_lock rw_read_kind = { .ready = may_read,
					.owner = holder,
					.shared = true };
const struct host_lock rw_write_kind = { .ready = may_write, .owner = holder };

void rw_report_recursion(struct rw *rw, enum shim_call call)
{
	host_report(
		V_LOCK_ORDER, HOST_NO_PFN,
		"%s -> %s here: a writer that waits between two %s() of one task blocks both",
		rw->dep_map.name, rw->dep_map.name, sync_call_name[call]);
}

bool rw_drop_read(struct rw *rw, enum shim_call call)
{
	bool held = sync_held_drop(&rw->dep_map, HELD_READ);

	if (unlikely(!held))
		sync_report_unlock(&rw->dep_map, call, rw->readers);
	else if (!sim_lock_held(&rw->dep_map, LOCKDEP_READ))
		rw->readers &= ~(1U << host_task);
	return held;
}

bool rw_drop_write(struct rw *rw, enum shim_call call)
{
	bool held = sync_held_drop(&rw->dep_map, HELD_WRITE);

	if (likely(held))
		rw->writer = 0;
	else
		sync_report_unlock(&rw->dep_map, call, rw->writer);
	return held;
}
