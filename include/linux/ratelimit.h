/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rate limits that never suppress.
 *
 * Fidelity: STUB - sound as the log is not part of any verdict.
 */
#ifndef PFNSIM_LINUX_RATELIMIT_H
#define PFNSIM_LINUX_RATELIMIT_H

#include <linux/ratelimit_types.h>
#include <linux/types.h>

#define ratelimit_state_init(rs, interval, burst) ((void)(rs))
#define ratelimit_default_init(rs) ((void)(rs))
#define ratelimit_set_flags(rs, f) ((void)(rs))
#define __ratelimit(rs) ((void)(rs), true)

#endif /* PFNSIM_LINUX_RATELIMIT_H */
