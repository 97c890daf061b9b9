/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Rate limits that never suppress.
 *
 * Fidelity: STUB - sound as the log is not part of any verdict.
 */
#ifndef PFNSIM_LINUX_RATELIMIT_TYPES_H
#define PFNSIM_LINUX_RATELIMIT_TYPES_H

struct ratelimit_state {
	int unused;
};
#define DEFAULT_RATELIMIT_INTERVAL 0
#define DEFAULT_RATELIMIT_BURST 10
#define RATELIMIT_STATE_INIT(name, interval, burst)                            \
	{                                                                      \
		0                                                              \
	}
#define DEFINE_RATELIMIT_STATE(name, interval, burst)                          \
	struct ratelimit_state name = { 0 }

#endif /* PFNSIM_LINUX_RATELIMIT_TYPES_H */
