/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What nearly every file of the kernel uses.
 *
 * Fidelity: EMULATED - same meaning as the kernel's.
 */
#ifndef PFNSIM_LINUX_KERNEL_H
#define PFNSIM_LINUX_KERNEL_H

#include <linux/align.h>
#include <linux/bitops.h>
#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/container_of.h>
#include <linux/kconfig.h>
#include <linux/limits.h>
#include <linux/log2.h>
#include <linux/math.h>
#include <linux/minmax.h>
#include <linux/overflow.h>
#include <linux/printk.h>
#include <linux/stddef.h>
#include <linux/stringify.h>
#include <linux/types.h>

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]) + __must_be_array(a))
#define upper_32_bits(n) ((u32)((u64)(n) >> 32))
#define lower_32_bits(n) ((u32)(n))
#define PTR_IF(cond, ptr) ((cond) ? (ptr) : NULL)
#define typecheck(type, x) (__same_type(type, x))
#define u64_to_user_ptr(x) ((void __user *)(uintptr_t)(x))
#define TAINT_USER 6

/* Reports a sleep where sleeping is not allowed. */
void __might_sleep(const char *file, int line);
#define might_sleep() __might_sleep(__FILE__, __LINE__)
#define might_sleep_if(cond)                                                   \
	do {                                                                   \
		if (cond)                                                      \
			might_sleep();                                         \
	} while (0)
#define might_fault() might_sleep()
#define might_resched() ((void)0)
#define cant_sleep() ((void)0)
#define non_block_start() ((void)0)
#define non_block_end() ((void)0)

__printf(2, 3) int sprintf(char *buf, const char *fmt, ...);
__printf(3, 4) int snprintf(char *buf, size_t size, const char *fmt, ...);
__printf(3, 4) int scnprintf(char *buf, size_t size, const char *fmt, ...);
__printf(3, 0) int vsnprintf(char *buf, size_t size, const char *fmt,
			     va_list args);
__printf(2, 3) char *kasprintf(gfp_t gfp, const char *fmt, ...);
__noreturn __printf(1, 2) void panic(const char *fmt, ...);

#endif /* PFNSIM_LINUX_KERNEL_H */
