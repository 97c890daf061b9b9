// SPDX-License-Identifier: GPL-2.0-only
/*
 * Arrays of bits.
 *
 * Fidelity: EMULATED - see bitmap.h.
 */
#include <linux/bitmap.h>
#include <linux/kernel.h>
#include <linux/slab.h>

/* The first bit at or after @start of the words that @addr ^ @flip gives. */
static unsigned long find_next(const unsigned long *addr, unsigned long size,
			       unsigned long start, unsigned long flip)
{
	while (start < size) {
		unsigned long word = addr[BIT_WORD(start)] ^ flip;

		word &= BITMAP_FIRST_WORD_MASK(start);
		start = round_down(start, BITS_PER_LONG);
		if (word)
			return min(start + __ffs(word), size);
		start += BITS_PER_LONG;
	}
	return size;
}

unsigned long find_next_bit(const unsigned long *addr, unsigned long size,
			    unsigned long start)
{
	return find_next(addr, size, start, 0);
}

unsigned long find_next_zero_bit(const unsigned long *addr, unsigned long size,
				 unsigned long start)
{
	return find_next(addr, size, start, ~0UL);
}

unsigned long find_last_bit(const unsigned long *addr, unsigned long size)
{
	for (unsigned long bit = size; bit-- > 0;)
		if (test_bit(bit, addr))
			return bit;
	return size;
}

void bitmap_set(unsigned long *map, unsigned int start, unsigned int n)
{
	while (n--)
		__set_bit(start++, map);
}

void bitmap_clear(unsigned long *map, unsigned int start, unsigned int n)
{
	while (n--)
		__clear_bit(start++, map);
}

/* Word @i of an @n bit map, without the bits above. */
static unsigned long word_of(const unsigned long *map, unsigned int i,
			     unsigned int n)
{
	unsigned long word = map[i];

	return i == n / BITS_PER_LONG ? word & BITMAP_LAST_WORD_MASK(n) : word;
}

unsigned int bitmap_weight(const unsigned long *map, unsigned int n)
{
	unsigned int weight = 0;

	for (unsigned int i = 0; i < BITS_TO_LONGS(n); i++)
		weight += hweight_long(word_of(map, i, n));
	return weight;
}

bool bitmap_equal(const unsigned long *a, const unsigned long *b,
		  unsigned int n)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(n); i++)
		if (word_of(a, i, n) != word_of(b, i, n))
			return false;
	return true;
}

bool bitmap_and(unsigned long *to, const unsigned long *a,
		const unsigned long *b, unsigned int n)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(n); i++)
		to[i] = a[i] & b[i];
	return !bitmap_empty(to, n);
}

bool bitmap_andnot(unsigned long *to, const unsigned long *a,
		   const unsigned long *b, unsigned int n)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(n); i++)
		to[i] = a[i] & ~b[i];
	return !bitmap_empty(to, n);
}

void bitmap_or(unsigned long *to, const unsigned long *a,
	       const unsigned long *b, unsigned int n)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(n); i++)
		to[i] = a[i] | b[i];
}

bool bitmap_intersects(const unsigned long *a, const unsigned long *b,
		       unsigned int n)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(n); i++)
		if (word_of(a, i, n) & b[i])
			return true;
	return false;
}

bool bitmap_subset(const unsigned long *a, const unsigned long *b,
		   unsigned int n)
{
	for (unsigned int i = 0; i < BITS_TO_LONGS(n); i++)
		if (word_of(a, i, n) & ~b[i])
			return false;
	return true;
}

unsigned long *bitmap_zalloc(unsigned int n, gfp_t flags)
{
	return kcalloc(BITS_TO_LONGS(n), sizeof(unsigned long), flags);
}

void bitmap_free(const unsigned long *map)
{
	kfree(map);
}
