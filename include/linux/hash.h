/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Multiplicative hashing.
 *
 * Fidelity: EMULATED - same values as the kernel's.
 */
#ifndef PFNSIM_LINUX_HASH_H
#define PFNSIM_LINUX_HASH_H

#include <linux/compiler.h>
#include <linux/types.h>

#define GOLDEN_RATIO_32 0x61C88647
#define GOLDEN_RATIO_64 0x61C8864680B583EBull
#define GOLDEN_RATIO_PRIME GOLDEN_RATIO_64

static inline u32 hash_32(u32 value, unsigned int bits)
{
	return value * GOLDEN_RATIO_32 >> (32 - bits);
}

static __always_inline u32 hash_64(u64 value, unsigned int bits)
{
	return value * GOLDEN_RATIO_64 >> (64 - bits);
}

#define hash_long(value, bits) hash_64(value, bits)

static inline u32 hash_ptr(const void *ptr, unsigned int bits)
{
	return hash_long((unsigned long)ptr, bits);
}

#endif /* PFNSIM_LINUX_HASH_H */
