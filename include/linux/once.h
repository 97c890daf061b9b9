/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Actions that happen once.
 *
 * Fidelity: EMULATED - every call acts: no state may survive an execution.
 */
#ifndef PFNSIM_LINUX_ONCE_H
#define PFNSIM_LINUX_ONCE_H

#define DO_ONCE_LITE(fn, args...)                                              \
	({                                                                     \
		fn(args);                                                      \
		true;                                                          \
	})
#define DO_ONCE_LITE_IF(cond, fn, args...)                                     \
	({                                                                     \
		bool __hit = !!(cond);                                         \
		if (__hit)                                                     \
			fn(args);                                              \
		__hit;                                                         \
	})

#endif /* PFNSIM_LINUX_ONCE_H */
