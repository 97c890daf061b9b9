/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Atomic operations on single bits, on native threads; included by bitops.h.
 *
 * Fidelity: EMULATED - the processor's own, but in guest memory, where the
 * emulation carries out test_and_set_bit().
 */
#ifndef PFNSIM_NATIVE_BITOPS_H
#define PFNSIM_NATIVE_BITOPS_H

#include <pfnsim/khva.h>

#define __bit_word(nr, addr) ((addr) + (nr) / BITS_PER_LONG)
#define __bit_mask(nr) (1UL << ((nr) % BITS_PER_LONG))

static __always_inline void set_bit(long nr, volatile unsigned long *addr)
{
	__atomic_fetch_or(__bit_word(nr, addr), __bit_mask(nr),
			  __ATOMIC_RELAXED);
}

static __always_inline void clear_bit(long nr, volatile unsigned long *addr)
{
	__atomic_fetch_and(__bit_word(nr, addr), ~__bit_mask(nr),
			   __ATOMIC_RELAXED);
}

static __always_inline void change_bit(long nr, volatile unsigned long *addr)
{
	__atomic_fetch_xor(__bit_word(nr, addr), __bit_mask(nr),
			   __ATOMIC_RELAXED);
}

static __always_inline bool test_and_set_bit(long nr,
					     volatile unsigned long *addr)
{
	if (is_khva(addr))
		return khva_test_and_set_bit(nr, (unsigned long *)addr);
	return __atomic_fetch_or(__bit_word(nr, addr), __bit_mask(nr),
				 __ATOMIC_SEQ_CST) &
	       __bit_mask(nr);
}

static __always_inline bool test_and_clear_bit(long nr,
					       volatile unsigned long *addr)
{
	return __atomic_fetch_and(__bit_word(nr, addr), ~__bit_mask(nr),
				  __ATOMIC_SEQ_CST) &
	       __bit_mask(nr);
}

static __always_inline bool test_and_change_bit(long nr,
						volatile unsigned long *addr)
{
	return __atomic_fetch_xor(__bit_word(nr, addr), __bit_mask(nr),
				  __ATOMIC_SEQ_CST) &
	       __bit_mask(nr);
}

#endif /* PFNSIM_NATIVE_BITOPS_H */
