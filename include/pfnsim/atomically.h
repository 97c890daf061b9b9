/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a processor does in one instruction and the headers here in several.
 *
 * Fidelity: EMULATED - one step of its own for code under test that is built with
 * hooks, and one on native threads; elsewhere nothing comes in between anyway.
 */
#ifndef PFNSIM_ATOMICALLY_H
#define PFNSIM_ATOMICALLY_H

#include <asm/cmpxchg.h>

#if defined(PFNSIM_NATIVE)
#define set_atomically(word, bits)                                             \
	((void)__atomic_fetch_or(word, bits, __ATOMIC_RELAXED))
#define clear_atomically(word, bits)                                           \
	((void)__atomic_fetch_and(word, ~(bits), __ATOMIC_RELAXED))
#define read_atomically(word) __atomic_load_n(word, __ATOMIC_RELAXED)
#else
#ifdef PFNSIM_HOOKED_CODE
#define __atomically(word, statement)                                          \
	do {                                                                   \
		sim_atomic_enter(word);                                        \
		statement;                                                     \
		sim_atomic_leave(word);                                        \
	} while (0)
#else
#define __atomically(word, statement)                                          \
	do {                                                                   \
		statement;                                                     \
	} while (0)
#endif
#define set_atomically(word, bits) __atomically(word, *(word) |= (bits))
#define clear_atomically(word, bits) __atomically(word, *(word) &= ~(bits))
#define read_atomically(word) (*(word))
#endif

#endif /* PFNSIM_ATOMICALLY_H */
