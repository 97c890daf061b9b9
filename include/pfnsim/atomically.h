/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a processor does in one instruction and the headers here in several.
 *
 * Fidelity: EMULATED - one step of its own for code under test that is built with
 * hooks; elsewhere nothing comes in between anyway.
 */
#ifndef PFNSIM_ATOMICALLY_H
#define PFNSIM_ATOMICALLY_H

#include <asm/cmpxchg.h>

#ifdef PFNSIM_HOOKED_CODE
#define atomically(word, statement)                                            \
	do {                                                                   \
		sim_atomic_enter(word);                                        \
		statement;                                                     \
		sim_atomic_leave(word);                                        \
	} while (0)
#else
#define atomically(word, statement)                                            \
	do {                                                                   \
		statement;                                                     \
	} while (0)
#endif

#endif /* PFNSIM_ATOMICALLY_H */
