/* SPDX-License-Identifier: GPL-2.0-only */
/* The random searches of `pfnsim bench search`. */
#ifndef PFNSIM_COMMANDS_BENCHRANDOM_H
#define PFNSIM_COMMANDS_BENCHRANDOM_H

#include <stdbool.h>

/*
 * Measures each way of drawing schedules on pfn(1,2) for @seconds, and how long
 * each takes to the failure of pfnlit(3,2).  Prints, as members of an object
 * where @json; returns the exit status.
 */
int bench_random(bool json, double seconds);

#endif /* PFNSIM_COMMANDS_BENCHRANDOM_H */
