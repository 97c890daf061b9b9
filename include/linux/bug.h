/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * WARN, BUG and their relatives.
 *
 * A warning is a violation every time, whether _ONCE or not: hidden state would
 * make the second execution differ from the first.
 *
 * Fidelity: EMULATED - reported as warn; BUG() ends the execution. VM_BUG_ON() and
 * VM_WARN_ON() are always on, stricter than most configurations.
 */
#ifndef PFNSIM_LINUX_BUG_H
#define PFNSIM_LINUX_BUG_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/types.h>

/* Names the condition; @fmt is NULL or a printf format for details. */
__printf(4, 5) __cold void sim_warn(const char *file, const char *func,
				    const char *cond, const char *fmt, ...);
__noreturn __cold void sim_bug(const char *file, const char *func,
			       const char *cond);

#define __WARN_IF(cond, text, ...)                                             \
	({                                                                     \
		bool __warn_hit = !!(cond);                                    \
		if (unlikely(__warn_hit))                                      \
			sim_warn(__FILE__, __func__, text, __VA_ARGS__);       \
		unlikely(__warn_hit);                                          \
	})

#define WARN(cond, fmt...) __WARN_IF(cond, #cond, fmt)
#define WARN_ONCE(cond, fmt...) __WARN_IF(cond, #cond, fmt)
#define WARN_TAINT(cond, taint, fmt...) __WARN_IF(cond, #cond, fmt)
#define WARN_TAINT_ONCE(cond, taint, fmt...) __WARN_IF(cond, #cond, fmt)
#define WARN_ON(cond) __WARN_IF(cond, #cond, NULL)
#define WARN_ON_ONCE(cond) __WARN_IF(cond, #cond, NULL)
#define WARN_ON_SMP(cond) __WARN_IF(cond, #cond, NULL)
#define __WARN() ((void)WARN_ON(1))
#define BUG() sim_bug(__FILE__, __func__, "")
#define BUG_ON(cond)                                                           \
	do {                                                                   \
		if (unlikely(cond))                                            \
			sim_bug(__FILE__, __func__, #cond);                    \
	} while (0)
#define CHECK_DATA_CORRUPTION(cond, addr, fmt...) __WARN_IF(cond, #cond, fmt)
#define BUGFLAG_TAINT(t) 0

#endif /* PFNSIM_LINUX_BUG_H */
