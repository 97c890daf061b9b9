/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Ranges of the basic types.
 *
 * Fidelity: EMULATED - LP64.
 */
#ifndef PFNSIM_LINUX_LIMITS_H
#define PFNSIM_LINUX_LIMITS_H

#include <linux/types.h>

#define SHRT_MAX ((short)(USHRT_MAX >> 1))
#define SHRT_MIN ((short)(-SHRT_MAX - 1))
#define USHRT_MAX ((unsigned short)~0U)
#define INT_MAX 0x7fffffff
#define INT_MIN (-INT_MAX - 1)
#define UINT_MAX 0xffffffffU
#define LONG_MAX 0x7fffffffffffffffL
#define LONG_MIN (-LONG_MAX - 1)
#define ULONG_MAX 0xffffffffffffffffUL
#define LLONG_MAX 0x7fffffffffffffffLL
#define LLONG_MIN (-LLONG_MAX - 1)
#define ULLONG_MAX 0xffffffffffffffffULL
#define UINTPTR_MAX ULONG_MAX
#define SIZE_MAX ULONG_MAX
#define SSIZE_MAX LONG_MAX
#define PHYS_ADDR_MAX ((phys_addr_t)~0ULL)
#define U8_MAX 0xff
#define S8_MAX 0x7f
#define U16_MAX 0xffff
#define S16_MAX 0x7fff
#define U32_MAX UINT_MAX
#define S32_MAX INT_MAX
#define S32_MIN INT_MIN
#define U64_MAX ULLONG_MAX
#define S64_MAX LLONG_MAX
#define S64_MIN LLONG_MIN
#define NAME_MAX 255
#define PATH_MAX 4096

#endif /* PFNSIM_LINUX_LIMITS_H */
