/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The kernel profiler.
 *
 * Fidelity: STUB - empty: nothing is profiled.
 */
#ifndef _LINUX_PROFILE_H
#define _LINUX_PROFILE_H

#endif /* _LINUX_PROFILE_H */
