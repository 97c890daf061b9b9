/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A number that is equal for histories which differ in the order of independent
 * events only, and with great likelihood for no others.
 */
#ifndef PFNSIM_EXPLORE_FINGERPRINT_H
#define PFNSIM_EXPLORE_FINGERPRINT_H

#include "history.h"

static inline uint64_t fingerprint_mix(uint64_t a, uint64_t b)
{
	uint64_t x = (a ^ b * 0x9e3779b97f4a7c15ULL) + 0x632be59bd9b4e019ULL;

	x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ x >> 27) * 0x94d049bb133111ebULL;
	return x ^ x >> 31;
}

/*
 * Of the history up to @event, its last one, given that of what comes before it.
 * To be called for each event in turn.
 */
uint64_t fingerprint_add(uint64_t before, uint32_t event);

#endif /* PFNSIM_EXPLORE_FINGERPRINT_H */
