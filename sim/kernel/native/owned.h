/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A word that one task owns: what mutexes and spinlocks are made of.
 *
 *   0		nobody
 *   task + 1	that task; OWNED_WAITERS is set where others may sleep
 *
 * Fidelity: EMULATED - no fairness: whoever comes first after a release has it.
 */
#ifndef PFNSIM_NATIVE_OWNED_H
#define PFNSIM_NATIVE_OWNED_H

#include <linux/lockdep_types.h>
#include <linux/types.h>
#include <border.h>

#define OWNED_WAITERS 0x80000000U

bool owned_try(unsigned int *owner);
/* @call and @map are for who looks at a task that waits. */
void owned_take(unsigned int *owner, enum shim_call call,
		const struct lockdep_map *map);
void owned_release(unsigned int *owner);

#endif /* PFNSIM_NATIVE_OWNED_H */
