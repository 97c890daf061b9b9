/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Arrays of bits.
 *
 * Fidelity: EMULATED - same results as the kernel's.
 */
#ifndef PFNSIM_LINUX_BITMAP_H
#define PFNSIM_LINUX_BITMAP_H

#include <linux/bitops.h>
#include <linux/find.h>
#include <linux/limits.h>
#include <linux/string.h>
#include <linux/types.h>

#define BITMAP_FIRST_WORD_MASK(start) (~0UL << ((start) % BITS_PER_LONG))
#define BITMAP_LAST_WORD_MASK(n) (~0UL >> (-(n) % BITS_PER_LONG))
#define bitmap_size(n) (BITS_TO_LONGS(n) * sizeof(long))

void bitmap_set(unsigned long *map, unsigned int start, unsigned int n);
void bitmap_clear(unsigned long *map, unsigned int start, unsigned int n);
unsigned int bitmap_weight(const unsigned long *map, unsigned int n);
bool bitmap_equal(const unsigned long *a, const unsigned long *b,
		  unsigned int n);
/* Store and return whether any bit of the result is set. */
bool bitmap_and(unsigned long *to, const unsigned long *a,
		const unsigned long *b, unsigned int n);
bool bitmap_andnot(unsigned long *to, const unsigned long *a,
		   const unsigned long *b, unsigned int n);
bool bitmap_intersects(const unsigned long *a, const unsigned long *b,
		       unsigned int n);
bool bitmap_subset(const unsigned long *a, const unsigned long *b,
		   unsigned int n);
void bitmap_or(unsigned long *to, const unsigned long *a,
	       const unsigned long *b, unsigned int n);
unsigned long *bitmap_zalloc(unsigned int n, gfp_t flags);
void bitmap_free(const unsigned long *map);

static inline void bitmap_zero(unsigned long *map, unsigned int n)
{
	memset(map, 0, bitmap_size(n));
}

static inline void bitmap_fill(unsigned long *map, unsigned int n)
{
	memset(map, 0xff, bitmap_size(n));
}

static inline void bitmap_copy(unsigned long *to, const unsigned long *from,
			       unsigned int n)
{
	memcpy(to, from, bitmap_size(n));
}

static inline bool bitmap_empty(const unsigned long *map, unsigned int n)
{
	return find_first_bit(map, n) >= n;
}

static inline bool bitmap_full(const unsigned long *map, unsigned int n)
{
	return find_first_zero_bit(map, n) >= n;
}

#endif /* PFNSIM_LINUX_BITMAP_H */
