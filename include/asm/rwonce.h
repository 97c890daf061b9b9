/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Marked accesses.
 *
 * Fidelity: EMULATED - plain volatile accesses, no scheduling points.
 */
#ifndef PFNSIM_ASM_RWONCE_H
#define PFNSIM_ASM_RWONCE_H

#define READ_ONCE(x) (*(const volatile __typeof__(x) *)&(x))
#define __READ_ONCE(x) READ_ONCE(x)
#define READ_ONCE_NOCHECK(x) READ_ONCE(x)
#define WRITE_ONCE(x, v)                                                       \
	do {                                                                   \
		*(volatile __typeof__(x) *)&(x) = (v);                         \
	} while (0)
#define __WRITE_ONCE(x, v) WRITE_ONCE(x, v)

#endif /* PFNSIM_ASM_RWONCE_H */
