/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What ThreadSanitizer and AddressSanitizer are told, where one is there.
 * Private to sim/native.
 */
#ifndef PFNSIM_NATIVE_DETECT_H
#define PFNSIM_NATIVE_DETECT_H

#include <stddef.h>

/* Between the two, locks and atomics of the calling thread order nothing. */
void detect_ignore_begin(void);
void detect_ignore_end(void);

/* The bytes are not to be touched by code under test, or are. */
void detect_forbid(const void *addr, size_t size);
void detect_allow(const void *addr, size_t size);

#endif /* PFNSIM_NATIVE_DETECT_H */
