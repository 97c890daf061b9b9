/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the emulation orders between tasks, for race detectors of native threads:
 * what comes before ordered_release() of an object happens before what comes
 * after ordered_acquire() of it.
 *
 * Fidelity: EMULATED - bookkeeping that no kernel has; nothing elsewhere.
 */
#ifndef PFNSIM_ORDERED_H
#define PFNSIM_ORDERED_H

#ifdef PFNSIM_NATIVE
#include "border.h"
#define ordered_acquire(obj) host_acquire(obj)
#define ordered_release(obj) host_release(obj)
#else
#define ordered_acquire(obj) ((void)(obj))
#define ordered_release(obj) ((void)(obj))
#endif

#endif /* PFNSIM_ORDERED_H */
