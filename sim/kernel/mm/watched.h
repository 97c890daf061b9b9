/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the host of native threads wants to know of memory: which objects may be
 * used, and which kernel addresses no longer mean what they did.
 *
 * Fidelity: EMULATED - bookkeeping that no kernel has; nothing elsewhere.
 */
#ifndef PFNSIM_WATCHED_H
#define PFNSIM_WATCHED_H

#include "border.h"

#ifdef PFNSIM_NATIVE
#define watch_alloc(addr, size) host_memory_alloc(addr, size)
#define watch_free(addr, size) host_memory_free(addr, size)
#define watch_address(addr) host_alias_drop(addr)
#else
#define watch_alloc(addr, size) ((void)0)
#define watch_free(addr, size) ((void)0)
#define watch_address(addr) ((void)(addr))
#endif

#endif /* PFNSIM_WATCHED_H */
