/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Access to memory through kernel addresses: what an ordinary load or store is
 * in a kernel.  Each call is a scheduling point.
 *
 * Fidelity: EMULATED - see sim/kernel/mm/khva.c.
 */
#ifndef PFNSIM_KHVA_H
#define PFNSIM_KHVA_H

#include <linux/types.h>

/*
 * Reads or writes @len bytes at kernel address @addr, which lies in the direct
 * map or in a kmap(), vmap() or memremap() mapping.  What is wrong with the
 * access is reported; the bytes are those of the frame all the same.  0, or
 * -EFAULT where there never was a mapping.
 */
int khva_read(const void *addr, void *buf, unsigned long len);
int khva_write(void *addr, const void *buf, unsigned long len);

/* Whether kernels map pages at @addr; native threads alone ask. */
bool is_khva(const volatile void *addr);

/* As test_and_set_bit(), atomic. */
bool khva_test_and_set_bit(unsigned long nr, unsigned long *addr);

#endif /* PFNSIM_KHVA_H */
