// SPDX-License-Identifier: GPL-2.0-only
/*
 * Readers and a writer on native threads.
 *
 * A release of a reader orders it against later writers alone, so readers and
 * writers release two different words.
 *
 * Fidelity: EMULATED - see rw.h.
 */
#include "rw.h"
#include "wait.h"

void rw_init(struct rw *rw, const char *name, struct lock_class_key *key)
{
	lockdep_init_map(&rw->dep_map, name, key, 0);
	rw->writer = rw->state = rw->waiters = rw->writers = 0;
	rw->releases = 0;
}

bool rw_try_read(struct rw *rw, bool queue)
{
	unsigned int seen = load_relaxed(&rw->state);

	if (queue && load_relaxed(&rw->writers))
		return false;
	while (!(seen & RW_WRITER)) {
		if (!try_change(&rw->state, &seen, seen + 1))
			continue;
		host_acquire(&rw->writer);
		return true;
	}
	return false;
}

bool rw_try_write(struct rw *rw)
{
	unsigned int free = 0;

	if (!try_change(&rw->state, &free, RW_WRITER))
		return false;
	rw->writer = host_task + 1;
	host_acquire(&rw->writer);
	host_acquire(&rw->state);
	return true;
}

static bool rw_try(struct rw *rw, bool write, bool queue)
{
	return write ? rw_try_write(rw) : rw_try_read(rw, queue);
}

static void rw_wait(struct rw *rw, enum shim_call call, bool write, bool queue)
{
	unsigned int depth = host_wait_begin(call, rw, rw->dep_map.name);
	unsigned int seen;

	add_full(&rw->waiters, 1);
	if (write)
		add_full(&rw->writers, 1);
	while (seen = load_full(&rw->releases), !rw_try(rw, write, queue))
		host_futex_wait(&rw->releases, seen);
	if (write)
		add_full(&rw->writers, -1);
	add_full(&rw->waiters, -1);
	host_wait_end(depth);
}

void rw_read(struct rw *rw, enum shim_call call, bool queue)
{
	if (unlikely(!rw_try_read(rw, queue)))
		rw_wait(rw, call, false, queue);
}

void rw_write(struct rw *rw, enum shim_call call)
{
	if (unlikely(!rw_try_write(rw)))
		rw_wait(rw, call, true, false);
}

static void wake(struct rw *rw)
{
	if (!load_full(&rw->waiters))
		return;
	add_full(&rw->releases, 1);
	wake_everyone(&rw->releases);
}

bool rw_drop_read(struct rw *rw, enum shim_call call)
{
	if (unlikely(!sync_held_drop(&rw->dep_map, HELD_READ))) {
		sync_report_unlock(&rw->dep_map, call,
				   load_relaxed(&rw->state));
		return false;
	}
	host_release(&rw->state);
	add_full(&rw->state, -1);
	wake(rw);
	return true;
}

bool rw_drop_write(struct rw *rw, enum shim_call call)
{
	if (unlikely(!sync_held_drop(&rw->dep_map, HELD_WRITE))) {
		sync_report_unlock(&rw->dep_map, call,
				   load_relaxed(&rw->state));
		return false;
	}
	rw->writer = 0;
	host_release(&rw->writer);
	__atomic_store_n(&rw->state, 0, __ATOMIC_SEQ_CST);
	wake(rw);
	return true;
}

void rw_downgrade(struct rw *rw)
{
	rw->writer = 0;
	host_release(&rw->writer);
	__atomic_store_n(&rw->state, 1, __ATOMIC_SEQ_CST);
	wake(rw);
}

void rw_check_recursion(struct rw *rw, enum shim_call call)
{
	if (likely(!sim_lock_held(&rw->dep_map, LOCKDEP_READ)))
		return;
	host_report(
		V_LOCK_ORDER, HOST_NO_PFN,
		"%s -> %s here: a writer that waits between two %s() of one task blocks both",
		rw->dep_map.name, rw->dep_map.name, sync_call_name[call]);
}
