/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A lock of the host's own that orders nothing in the eyes of a race detector.
 * All zeros is free.  Private to sim/native.
 */
#ifndef PFNSIM_NATIVE_QUIET_H
#define PFNSIM_NATIVE_QUIET_H

struct quiet_lock {
	unsigned int word; /* as of the machine */
};

void quiet_lock(struct quiet_lock *lock);
void quiet_unlock(struct quiet_lock *lock);

#endif /* PFNSIM_NATIVE_QUIET_H */
