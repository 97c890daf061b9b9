/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Assertions at compile time.
 *
 * Fidelity: EMULATED - same meaning as the kernel's.
 */
#ifndef PFNSIM_LINUX_BUILD_BUG_H
#define PFNSIM_LINUX_BUILD_BUG_H

#include <linux/compiler.h>

#define BUILD_BUG_ON_MSG(cond, msg) compiletime_assert(!(cond), msg)
#define BUILD_BUG_ON(cond) BUILD_BUG_ON_MSG(cond, "BUILD_BUG_ON: " #cond)
#define BUILD_BUG() BUILD_BUG_ON_MSG(1, "BUILD_BUG")
#define BUILD_BUG_ON_NOT_POWER_OF_2(n)                                         \
	BUILD_BUG_ON((n) == 0 || ((n) & ((n)-1)) != 0)
#define BUILD_BUG_ON_ZERO(e, ...) ((int)(sizeof(struct { int : (-!!(e)); })))
#define BUILD_BUG_ON_INVALID(e) ((void)sizeof((long)(e)))
#undef static_assert
#define __static_assert_pick(e, msg, ...) _Static_assert(e, msg)
#define static_assert(e, ...) __static_assert_pick(e, ##__VA_ARGS__, #e)

#endif /* PFNSIM_LINUX_BUILD_BUG_H */
