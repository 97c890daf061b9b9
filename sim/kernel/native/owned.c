// SPDX-License-Identifier: GPL-2.0-only
/*
 * A word that one task owns: what mutexes and spinlocks are made of.
 *
 *   0		nobody
 *   task + 1	that task; OWNED_WAITERS is set where others may sleep
 *
 * Fidelity: EMULATED - see backend.h.
 */
#include "../sync/backend.h"

static __always_inline bool try_change(unsigned int *owner, unsigned int *old,
				       unsigned int new)
{
	return __atomic_compare_exchange_n(owner, old, new, false,
					   __ATOMIC_ACQ_REL, __ATOMIC_RELAXED);
}

bool native_try(unsigned int *owner)
{
	unsigned int free = 0;

	if (!try_change(owner, &free, host_task + 1))
		return false;
	host_acquire(owner);
	return true;
}

static void wait_for(unsigned int *owner)
{
	unsigned int seen = word_load(owner);

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
		seen = word_load(owner);
	}
}

void native_take(unsigned int *owner, enum shim_call call,
		 const struct lockdep_map *map)
{
	unsigned int depth;

	if (likely(native_try(owner)))
		return;
	depth = host_wait_begin(call, map, map->name);
	wait_for(owner);
	host_wait_end(depth);
	host_acquire(owner);
}

void native_release(unsigned int *owner)
{
	host_release(owner);
	if (__atomic_exchange_n(owner, 0, __ATOMIC_RELEASE) & OWNED_WAITERS)
		host_futex_wake(owner, 1);
}
