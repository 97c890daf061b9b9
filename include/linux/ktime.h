/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Time.
 *
 * Fidelity: EMULATED - there is none: the clock stands still, because no
 * decision may depend on it.
 */
#ifndef _LINUX_KTIME_H
#define _LINUX_KTIME_H

#include <linux/types.h>

typedef s64 ktime_t;

static inline ktime_t ktime_get(void)
{
	return 0;
}

static inline s64 ktime_to_ns(ktime_t time)
{
	return time;
}

#define ktime_add_ns(time, ns) ((time) + (ns))
#define ktime_sub(a, b) ((a) - (b))
#define ktime_before(a, b) ((a) < (b))

#endif /* _LINUX_KTIME_H */
