/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Marked accesses.
 *
 * Fidelity: EMULATED - plain volatile accesses, no scheduling points; on native
 * threads relaxed atomic ones.
 */
#ifndef PFNSIM_ASM_RWONCE_H
#define PFNSIM_ASM_RWONCE_H

#ifdef PFNSIM_NATIVE
#define READ_ONCE(x) __atomic_load_n(&(x), __ATOMIC_RELAXED)
#define WRITE_ONCE(x, v)                                                       \
	do {                                                                   \
		__typeof__(x) __once = (v);                                    \
		__atomic_store_n(&(x), __once, __ATOMIC_RELAXED);              \
	} while (0)
#else
#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define WRITE_ONCE(x, v)                                                       \
	do {                                                                   \
		*(volatile __typeof__(x) *)&(x) = (v);                         \
	} while (0)
#endif
#define __READ_ONCE(x) READ_ONCE(x)
#define READ_ONCE_NOCHECK(x) READ_ONCE(x)
#define __WRITE_ONCE(x, v) WRITE_ONCE(x, v)

#endif /* PFNSIM_ASM_RWONCE_H */
