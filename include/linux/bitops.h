/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Operations on single bits and on words.
 *
 * Fidelity: EMULATED - atomic read-modify-write forms are scheduling points;
 * test_bit() is not, as READ_ONCE() is not.
 */
#ifndef PFNSIM_LINUX_BITOPS_H
#define PFNSIM_LINUX_BITOPS_H

#include <linux/bits.h>
#include <linux/compiler.h>
#include <linux/types.h>

#define BITS_TO_LONGS(n) (((n) + BITS_PER_LONG - 1) / BITS_PER_LONG)
#define BITS_TO_BYTES(n) (((n) + 7) / 8)
#define BITS_PER_TYPE(type) (sizeof(type) * BITS_PER_BYTE)

#ifdef PFNSIM_NATIVE
#include <pfnsim/native/bitops.h>
#else
void set_bit(long nr, volatile unsigned long *addr);
void clear_bit(long nr, volatile unsigned long *addr);
void change_bit(long nr, volatile unsigned long *addr);
bool test_and_set_bit(long nr, volatile unsigned long *addr);
bool test_and_clear_bit(long nr, volatile unsigned long *addr);
bool test_and_change_bit(long nr, volatile unsigned long *addr);
#endif
#define clear_bit_unlock(nr, addr) clear_bit(nr, addr)
#define test_and_set_bit_lock(nr, addr) test_and_set_bit(nr, addr)

static __always_inline bool test_bit(unsigned long nr,
				     const volatile unsigned long *addr)
{
#ifdef PFNSIM_NATIVE
	return READ_ONCE(addr[nr / BITS_PER_LONG]) >> (nr % BITS_PER_LONG) & 1;
#else
	return addr[nr / BITS_PER_LONG] >> (nr % BITS_PER_LONG) & 1;
#endif
}
#define test_bit_acquire(nr, addr) test_bit(nr, addr)

static __always_inline void __set_bit(unsigned long nr,
				      volatile unsigned long *addr)
{
	addr[nr / BITS_PER_LONG] |= 1UL << nr % BITS_PER_LONG;
}

static __always_inline void __clear_bit(unsigned long nr,
					volatile unsigned long *addr)
{
	addr[nr / BITS_PER_LONG] &= ~(1UL << nr % BITS_PER_LONG);
}

static __always_inline void __change_bit(unsigned long nr,
					 volatile unsigned long *addr)
{
	addr[nr / BITS_PER_LONG] ^= 1UL << nr % BITS_PER_LONG;
}

static __always_inline bool __test_and_set_bit(unsigned long nr,
					       volatile unsigned long *addr)
{
	bool old = test_bit(nr, addr);

	__set_bit(nr, addr);
	return old;
}

static __always_inline bool __test_and_clear_bit(unsigned long nr,
						 volatile unsigned long *addr)
{
	bool old = test_bit(nr, addr);

	__clear_bit(nr, addr);
	return old;
}

#define __assign_bit(nr, addr, v)                                              \
	((v) ? __set_bit(nr, addr) : __clear_bit(nr, addr))
#define assign_bit(nr, addr, v) ((v) ? set_bit(nr, addr) : clear_bit(nr, addr))
#define test_bit_le(nr, addr) test_bit(nr, (const unsigned long *)(addr))
#define set_bit_le(nr, addr) set_bit(nr, (unsigned long *)(addr))
#define clear_bit_le(nr, addr) clear_bit(nr, (unsigned long *)(addr))
#define __set_bit_le(nr, addr) __set_bit(nr, (unsigned long *)(addr))
#define __clear_bit_le(nr, addr) __clear_bit(nr, (unsigned long *)(addr))
#define test_and_set_bit_le(nr, addr)                                          \
	test_and_set_bit(nr, (unsigned long *)(addr))

static __always_inline unsigned long __ffs(unsigned long word)
{
	return __builtin_ctzl(word);
}

static __always_inline unsigned long __fls(unsigned long word)
{
	return BITS_PER_LONG - 1 - __builtin_clzl(word);
}

static __always_inline int ffs(int word)
{
	return __builtin_ffs(word);
}

static __always_inline int fls(unsigned int word)
{
	return word ? 32 - __builtin_clz(word) : 0;
}

static __always_inline int fls64(u64 word)
{
	return word ? 64 - __builtin_clzll(word) : 0;
}

static __always_inline int fls_long(unsigned long word)
{
	return fls64(word);
}

static __always_inline int get_count_order(unsigned int count)
{
	return count ? fls(count - 1) : -1;
}

#define ffz(word) __ffs(~(word))
#define hweight8(w) ((unsigned int)__builtin_popcount((u8)(w)))
#define hweight16(w) ((unsigned int)__builtin_popcount((u16)(w)))
#define hweight32(w) ((unsigned int)__builtin_popcount((u32)(w)))
#define hweight64(w) ((unsigned long)__builtin_popcountll(w))
#define hweight_long(w) hweight64(w)

static inline u64 rol64(u64 word, unsigned int n)
{
	return word << (n & 63) | word >> (-n & 63);
}

static inline u32 rol32(u32 word, unsigned int n)
{
	return word << (n & 31) | word >> (-n & 31);
}

static inline s64 sign_extend64(u64 value, int index)
{
	return (s64)(value << (63 - index)) >> (63 - index);
}

#define for_each_set_bit(bit, addr, size)                                      \
	for ((bit) = find_first_bit(addr, size); (bit) < (size);               \
	     (bit) = find_next_bit(addr, size, (bit) + 1))
#define for_each_set_bit_from(bit, addr, size)                                 \
	for ((bit) = find_next_bit(addr, size, bit); (bit) < (size);           \
	     (bit) = find_next_bit(addr, size, (bit) + 1))
#define for_each_clear_bit(bit, addr, size)                                    \
	for ((bit) = find_next_zero_bit(addr, size, 0); (bit) < (size);        \
	     (bit) = find_next_zero_bit(addr, size, (bit) + 1))

#include <linux/find.h>

#endif /* PFNSIM_LINUX_BITOPS_H */
