/* SPDX-License-Identifier: GPL-2.0-only */
/* A thread may read under RCU between the two.  Private to sim/native. */
#ifndef PFNSIM_NATIVE_GRACE_H
#define PFNSIM_NATIVE_GRACE_H

void grace_begin(void);
void grace_end(void);

#endif /* PFNSIM_NATIVE_GRACE_H */
