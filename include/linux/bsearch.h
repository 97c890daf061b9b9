/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Binary search.
 *
 * Fidelity: EMULATED - same results as the kernel's.
 */
#ifndef PFNSIM_LINUX_BSEARCH_H
#define PFNSIM_LINUX_BSEARCH_H

#include <linux/types.h>

static __always_inline void *__inline_bsearch(const void *key, const void *base,
					      size_t n, size_t size,
					      cmp_func_t cmp)
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const char *at = (const char *)base + mid * size;
		int order = cmp(key, at);

		if (!order)
			return (void *)at;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return NULL;
}

#define bsearch(key, base, n, size, cmp)                                       \
	__inline_bsearch(key, base, n, size, cmp)

#endif /* PFNSIM_LINUX_BSEARCH_H */
