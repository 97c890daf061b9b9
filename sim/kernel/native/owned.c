// SPDX-License-Identifier: GPL-2.0-only
/*
 * A word that one task owns.
 *
 * Fidelity: EMULATED - see owned.h.
 */
#include <linux/compiler.h>
#include "owned.h"
#include "wait.h"

bool owned_try(unsigned int *owner)
{
	unsigned int free = 0;

	if (!try_change(owner, &free, host_task + 1))
		return false;
	host_acquire(owner);
	return true;
}

static void owned_wait(unsigned int *owner)
{
	unsigned int seen = load_relaxed(owner);

	for (;;) {
		/* Others may sleep as well: whoever waited must wake them. */
		if (!seen) {
			if (try_change(owner, &seen,
				       (host_task + 1) | OWNED_WAITERS))
				return;
			continue;
		}
		if (!(seen & OWNED_WAITERS) &&
		    !try_change(owner, &seen, seen | OWNED_WAITERS))
			continue;
		host_futex_wait(owner, seen | OWNED_WAITERS);
		seen = load_relaxed(owner);
	}
}

void owned_take(unsigned int *owner, enum shim_call call,
		const struct lockdep_map *map)
{
	unsigned int depth;

	if (likely(owned_try(owner)))
		return;
	depth = host_wait_begin(call, map, map->name);
	owned_wait(owner);
	host_wait_end(depth);
	host_acquire(owner);
}

void owned_release(unsigned int *owner)
{
	host_release(owner);
	if (__atomic_exchange_n(owner, 0, __ATOMIC_RELEASE) & OWNED_WAITERS)
		wake_one(owner);
}
