/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Work before a vCPU enters its guest.
 *
 * Fidelity: STUB - empty: without CONFIG_VIRT_XFER_TO_GUEST_WORK a tree uses
 * nothing of it, and vCPUs, which would, stop the run before.
 */
#ifndef PFNSIM_LINUX_ENTRY_VIRT_H
#define PFNSIM_LINUX_ENTRY_VIRT_H

#endif /* PFNSIM_LINUX_ENTRY_VIRT_H */
