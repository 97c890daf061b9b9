/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Masks.
 *
 * Fidelity: EMULATED - same meaning as the kernel's.
 */
#ifndef PFNSIM_LINUX_BITS_H
#define PFNSIM_LINUX_BITS_H

#include <linux/build_bug.h>
#include <linux/const.h>
#include <asm/bitsperlong.h>

#define BIT(n) (1UL << (n))
#define BIT_ULL(n) (1ULL << (n))
#define BIT_U8(n) ((u8)BIT(n))
#define BIT_U32(n) ((u32)BIT(n))
#define BIT_U64(n) ((u64)BIT_ULL(n))
#define BITS_PER_BYTE 8
#define BIT_MASK(n) (1UL << ((n) % BITS_PER_LONG))
#define BIT_WORD(n) ((n) / BITS_PER_LONG)
#define BIT_ULL_MASK(n) (1ULL << ((n) % 64))
#define BIT_ULL_WORD(n) ((n) / 64)
#define GENMASK(h, l) ((~0UL << (l)) & (~0UL >> (BITS_PER_LONG - 1 - (h))))
#define GENMASK_ULL(h, l) ((~0ULL << (l)) & (~0ULL >> (63 - (h))))

#endif /* PFNSIM_LINUX_BITS_H */
