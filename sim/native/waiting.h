/* SPDX-License-Identifier: GPL-2.0-only */
/* Waiting until the machine is as it should be.  Private to sim/native. */
#ifndef PFNSIM_NATIVE_WAITING_H
#define PFNSIM_NATIVE_WAITING_H

/* On every way out of the machine: whoever waits for a change looks again. */
void machine_changed(void);

#endif /* PFNSIM_NATIVE_WAITING_H */
