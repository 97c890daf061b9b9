/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * CPUs that come and go.
 *
 * Fidelity: EMULATED - one CPU that is online from the start: what is set up for
 * CPUs runs once, on the caller.  The hotplug lock is STUB, sound as no CPU ever
 * goes; its place in the lock order is not checked.
 */
#ifndef PFNSIM_LINUX_CPU_H
#define PFNSIM_LINUX_CPU_H

#include <linux/cleanup.h>
#include <linux/cpumask.h>
#include <linux/cpuhotplug.h>
#include <linux/smp.h>

static inline void cpus_read_lock(void)
{
}

static inline void cpus_read_unlock(void)
{
}

static inline void lockdep_assert_cpus_held(void)
{
}

DEFINE_LOCK_GUARD_0(cpus_read_lock, cpus_read_lock(), cpus_read_unlock())

#endif /* PFNSIM_LINUX_CPU_H */
