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

struct rw_wait {
	const struct rw *rw;
	unsigned int waiter;
};

static _Bool may_read(const void *arg)
{
	const struct rw_wait *wait = arg;

	return !wait->rw->writer;
}

static _Bool may_write(const void *arg)
{
	const struct rw_wait *wait = arg;

	return !wait->rw->writer && !wait->rw->readers;
}

static int holder_of(const void *arg)
{
	const struct rw_wait *wait = arg;

	if (wait->rw->writer)
		return wait->rw->writer - 1;
	return sync_blocker(wait->rw->readers, wait->waiter);
}

static void wait_for(struct rw *rw, enum shim_call call,
		     _Bool (*ready)(const void *arg))
{
	struct rw_wait wait = { rw, host_task };

	host_block(&(struct host_wait){ .call = call,
					.obj = rw,
					.name = rw->dep_map.name,
					.ready = ready,
					.owner = holder_of,
					.arg = &wait });
}

void rw_wait_read(struct rw *rw, enum shim_call call)
{
	wait_for(rw, call, may_read);
}

void rw_wait_write(struct rw *rw, enum shim_call call)
{
	wait_for(rw, call, may_write);
}

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
