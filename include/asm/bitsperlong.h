/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Word size: both worlds are LP64.
 *
 * Fidelity: EMULATED - x86-64.
 */
#ifndef PFNSIM_ASM_BITSPERLONG_H
#define PFNSIM_ASM_BITSPERLONG_H

#define __BITS_PER_LONG 64
#define BITS_PER_LONG 64
#define BITS_PER_LONG_LONG 64
#define small_const_nbits(n)                                                   \
	(__builtin_constant_p(n) && (n) > 0 && (n) <= BITS_PER_LONG)

#endif /* PFNSIM_ASM_BITSPERLONG_H */
