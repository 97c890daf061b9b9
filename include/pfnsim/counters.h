/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The counters of the emulated machine (enum kernel_counter of kernel.h).
 * Every part of the shim counts its own objects; VIEW_COUNTERS copies them.
 *
 * Fidelity: EMULATED - bookkeeping of the emulation that no kernel has.
 */
#ifndef PFNSIM_COUNTERS_H
#define PFNSIM_COUNTERS_H

#include "kernel.h"

extern unsigned long pfnsim_counters[NR_COUNTERS];

static inline void pfnsim_count(enum kernel_counter counter, long delta)
{
	pfnsim_counters[counter] += delta;
}

#endif /* PFNSIM_COUNTERS_H */
