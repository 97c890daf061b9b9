/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Attributes live in compiler_types.h.
 *
 * Fidelity: EMULATED - by including it.
 */
#ifndef PFNSIM_LINUX_COMPILER_ATTRIBUTES_H
#define PFNSIM_LINUX_COMPILER_ATTRIBUTES_H

#include <linux/compiler_types.h>

#endif /* PFNSIM_LINUX_COMPILER_ATTRIBUTES_H */
