/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel's basic types.
 *
 * Fidelity: EMULATED - LP64, same widths and signedness as x86-64.
 */
#ifndef PFNSIM_LINUX_TYPES_H
#define PFNSIM_LINUX_TYPES_H

#include <linux/compiler_types.h>
#include <asm/types.h>

#ifndef NULL
#define NULL ((void *)0)
#endif

typedef _Bool bool;
enum { false = 0, true = 1 };

typedef unsigned long size_t;
typedef long ssize_t;
typedef long ptrdiff_t;
typedef unsigned long uintptr_t;
typedef long intptr_t;
typedef __builtin_va_list va_list;

typedef s8 int8_t;
typedef u8 uint8_t;
typedef u8 u_int8_t;
typedef s16 int16_t;
typedef u16 uint16_t;
typedef s32 int32_t;
typedef u32 uint32_t;
typedef s64 int64_t;
typedef u64 uint64_t;
typedef unsigned char u_char;
typedef unsigned short ushort;
typedef unsigned int uint;
typedef unsigned long ulong;

typedef __u16 __le16, __be16, __sum16;
typedef __u32 __le32, __be32, __wsum;
typedef __u64 __le64, __be64;
typedef unsigned int __bitwise __poll_t;
#define __aligned_u64 __u64 __attribute__((aligned(8)))
#define __aligned_s64 __s64 __attribute__((aligned(8)))
#define aligned_u64 __aligned_u64

typedef long long loff_t;
typedef unsigned long long uoff_t;
typedef long off_t;
typedef int pid_t;
typedef unsigned short umode_t;
typedef u32 dev_t;
typedef unsigned long ino_t;
typedef unsigned int mode_t;
typedef unsigned int uid32_t;
typedef unsigned int gid32_t;
typedef uid32_t uid_t;
typedef gid32_t gid_t;
typedef long long time64_t;
typedef int clockid_t;
typedef u64 sector_t;
typedef u64 blkcnt_t;
typedef u64 dma_addr_t;
typedef u64 phys_addr_t;
typedef phys_addr_t resource_size_t;
typedef unsigned long irq_hw_number_t;
typedef unsigned long pgoff_t;
typedef unsigned int __bitwise gfp_t;
typedef unsigned int __bitwise slab_flags_t;
typedef unsigned int __bitwise fmode_t;
typedef unsigned int isolate_mode_t;
typedef unsigned long cycles_t;

typedef struct {
	int counter;
} atomic_t;
typedef struct {
	s64 counter;
} atomic64_t;
typedef struct {
	long counter;
} atomic_long_t;
#define ATOMIC_INIT(i)                                                         \
	{                                                                      \
		(i)                                                            \
	}
#define ATOMIC_LONG_INIT(i)                                                    \
	{                                                                      \
		(i)                                                            \
	}
#define ATOMIC64_INIT(i)                                                       \
	{                                                                      \
		(i)                                                            \
	}

struct refcount_struct {
	atomic_t refs;
};
typedef struct refcount_struct refcount_t;

struct list_head {
	struct list_head *next, *prev;
};
/* pprev is the place that points to the node. */
struct hlist_node {
	struct hlist_node *next;
	struct hlist_node **pprev;
};
struct hlist_head {
	struct hlist_node *first;
};

/* What RCU, SRCU and task work queue. */
struct callback_head {
	struct callback_head *next;
	void (*func)(struct callback_head *queued);
} __attribute__((aligned(8)));
#define rcu_head callback_head
typedef void (*rcu_callback_t)(struct rcu_head *queued);
typedef void (*call_rcu_func_t)(struct rcu_head *queued, rcu_callback_t func);

typedef void (*swap_func_t)(void *a, void *b, int size);
typedef int (*cmp_func_t)(const void *a, const void *b);
typedef int (*cmp_r_func_t)(const void *a, const void *b, const void *priv);
typedef void (*swap_r_func_t)(void *a, void *b, int size, const void *priv);

#define DECLARE_BITMAP(name, bits)                                             \
	unsigned long name[((bits) + BITS_PER_LONG - 1) / BITS_PER_LONG]

#endif /* PFNSIM_LINUX_TYPES_H */
