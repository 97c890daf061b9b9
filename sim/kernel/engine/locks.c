// SPDX-License-Identifier: GPL-2.0-only
/*
 * Who may take a lock, and who is in the way, as the engine asks.
 *
 * Fidelity: EMULATED - see backend.h.
 */
#include "../sync/backend.h"

static _Bool is_free(const void *obj)
{
	return !((const struct owned *)obj)->owner;
}

static int owner(const void *obj, unsigned int task)
{
	return ((const struct owned *)obj)->owner - 1;
}

const struct host_lock owned_kind = { .ready = is_free, .owner = owner };

static _Bool may_read(const void *obj)
{
	return !((const struct rw *)obj)->writer;
}

static _Bool may_write(const void *obj)
{
	return !rw_is_locked(obj);
}

static int holder(const void *obj, unsigned int task)
{
	const struct rw *rw = obj;

	return rw->writer ? rw->writer - 1 : sync_blocker(rw->readers, task);
}

const struct host_lock rw_kind[2] = {
	[RW_READ] = { .ready = may_read, .owner = holder, .shared = true },
	[RW_WRITE] = { .ready = may_write, .owner = holder },
};
