/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Sorting.
 *
 * Fidelity: EMULATED - an insertion sort, right for the few elements here.
 */
#ifndef PFNSIM_LINUX_SORT_H
#define PFNSIM_LINUX_SORT_H

#include <linux/types.h>

void sort(void *base, size_t n, size_t size, cmp_func_t cmp, swap_func_t swap);

#endif /* PFNSIM_LINUX_SORT_H */
