/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Alignment.
 *
 * Fidelity: EMULATED - same results as the kernel's.
 */
#ifndef PFNSIM_LINUX_ALIGN_H
#define PFNSIM_LINUX_ALIGN_H

#include <linux/const.h>

#define ALIGN(x, a) __ALIGN_KERNEL(x, a)
#define ALIGN_DOWN(x, a) ((x) & ~((__typeof__(x))(a)-1))
#define __ALIGN_MASK(x, mask) __ALIGN_KERNEL_MASK(x, mask)
#define PTR_ALIGN(p, a) ((__typeof__(p))ALIGN((unsigned long)(p), a))
#define PTR_ALIGN_DOWN(p, a) ((__typeof__(p))ALIGN_DOWN((unsigned long)(p), a))
#define IS_ALIGNED(x, a) (((x) & ((__typeof__(x))(a)-1)) == 0)

#endif /* PFNSIM_LINUX_ALIGN_H */
