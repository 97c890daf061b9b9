/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Kernel threads.
 *
 * Fidelity: STUB - empty: KVM's workers belong to vCPUs, which are not emulated.
 */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#endif /* _LINUX_KTHREAD_H */
