// SPDX-License-Identifier: GPL-2.0-only
/*
 * Readers and a writer on native threads.
 *
 * state counts the readers, or is RW_WRITER.  Whoever waits counts itself in
 * waiters and sleeps on releases.  A release of a reader orders it against later
 * writers alone, so readers and writers release two different words.
 *
 * Fidelity: EMULATED - a reader queues behind writers that wait, as in queued
 * rwlocks and rwsems, but in an interrupt; among writers nobody is first.
 */
#include "../sync/backend.h"

static bool try_read(struct rw *rw, bool queue)
{
	unsigned int seen = __atomic_load_n(&rw->state, __ATOMIC_RELAXED);

	if (queue && __atomic_load_n(&rw->writers, __ATOMIC_RELAXED))
		return false;
	while (!(seen & RW_WRITER)) {
		if (!word_change(&rw->state, &seen, seen + 1))
			continue;
		host_acquire(&rw->writer);
		return true;
	}
	return false;
}

static bool try_write(struct rw *rw)
{
	unsigned int free = 0;

	if (!word_change(&rw->state, &free, RW_WRITER))
		return false;
	rw->writer = host_task + 1;
	host_acquire(&rw->writer);
	host_acquire(&rw->state);
	return true;
}

bool native_rw_try(struct rw *rw, enum rw_how how, bool queue)
{
	return how == RW_WRITE ? try_write(rw) : try_read(rw, queue);
}

void native_rw_wait(struct rw *rw, enum shim_call call, enum rw_how how,
		    bool queue)
{
	unsigned int depth = host_wait_begin(call, rw, rw->dep_map.name);
	unsigned int seen, writer = how == RW_WRITE;

	word_add(&rw->waiters, 1);
	word_add(&rw->writers, writer);
	while (seen = word_load(&rw->releases), !native_rw_try(rw, how, queue))
		host_futex_wait(&rw->releases, seen);
	word_add(&rw->writers, -writer);
	word_add(&rw->waiters, -1);
	host_wait_end(depth);
}

static void wake(struct rw *rw)
{
	if (!word_load(&rw->waiters))
		return;
	word_add(&rw->releases, 1);
	word_wake(&rw->releases);
}

static void leave_to_readers(struct rw *rw, unsigned int readers)
{
	rw->writer = 0;
	host_release(&rw->writer);
	word_store(&rw->state, readers);
	wake(rw);
}

void native_rw_release(struct rw *rw, enum rw_how how)
{
	if (how == RW_WRITE) {
		leave_to_readers(rw, 0);
		return;
	}
	host_release(&rw->state);
	word_add(&rw->state, -1);
	wake(rw);
}

void native_rw_downgrade(struct rw *rw)
{
	leave_to_readers(rw, 1);
}
