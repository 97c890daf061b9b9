/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Integer types of fixed width, as user headers name them.
 *
 * Fidelity: EMULATED - LP64; 64-bit types are long long, as in the kernel.
 */
#ifndef PFNSIM_ASM_TYPES_H
#define PFNSIM_ASM_TYPES_H

#include <asm/bitsperlong.h>

/* What user headers say, and what the kernel says. */
typedef signed char __s8, s8;
typedef unsigned char __u8, u8;
typedef short __s16, s16;
typedef unsigned short __u16, u16;
typedef int __s32, s32;
typedef unsigned int __u32, u32;
typedef long long __s64, s64;
typedef unsigned long long __u64, u64;
typedef __int128 __s128, s128;
typedef unsigned __int128 __u128, u128;

#endif /* PFNSIM_ASM_TYPES_H */
