// SPDX-License-Identifier: GPL-2.0-only
/*
 * Functions on memory that the C library does not have, and sorting.
 *
 * Fidelity: EMULATED - see string.h and sort.h.
 */
#include <linux/minmax.h>
#include <linux/sort.h>
#include <linux/string.h>

void *memchr_inv(const void *p, int byte, size_t n)
{
	const unsigned char *at = p;

	/* Each byte equals the next one: memcmp() is faster than a loop. */
	if (n && *at == (unsigned char)byte && !memcmp(at, at + 1, n - 1))
		return NULL;
	for (; n--; at++)
		if (*at != (unsigned char)byte)
			return (void *)at;
	return NULL;
}

ssize_t sized_strscpy(char *to, const char *from, size_t size)
{
	size_t len;

	if (!size)
		return -E2BIG;
	len = strnlen(from, size);
	if (len < size) {
		memcpy(to, from, len + 1);
		return len;
	}
	memcpy(to, from, size - 1);
	to[size - 1] = '\0';
	return -E2BIG;
}

static void swap_bytes(void *a, void *b, int size)
{
	for (char *x = a, *y = b; size--; x++, y++)
		swap(*x, *y);
}

void sort(void *base, size_t n, size_t size, cmp_func_t cmp,
	  swap_func_t exchange)
{
	char *first = base;

	if (!exchange)
		exchange = swap_bytes;
	for (size_t i = 1; i < n; i++)
		for (char *at = first + i * size;
		     at > first && cmp(at - size, at) > 0; at -= size)
			exchange(at - size, at, size);
}
