/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The type of a reference count.
 *
 * Fidelity: EMULATED - by types.h.
 */
#ifndef PFNSIM_LINUX_REFCOUNT_TYPES_H
#define PFNSIM_LINUX_REFCOUNT_TYPES_H

#include <linux/types.h>

#endif /* PFNSIM_LINUX_REFCOUNT_TYPES_H */
