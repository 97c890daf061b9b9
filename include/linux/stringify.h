/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * __stringify().
 *
 * Fidelity: EMULATED - same meaning as the kernel's.
 */
#ifndef PFNSIM_LINUX_STRINGIFY_H
#define PFNSIM_LINUX_STRINGIFY_H

#define __pfnsim_str(x...) #x
#define __stringify(x...) __pfnsim_str(x)

#endif /* PFNSIM_LINUX_STRINGIFY_H */
