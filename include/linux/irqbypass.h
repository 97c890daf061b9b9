/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interrupts that bypass the hypervisor.
 *
 * Fidelity: STUB - empty: the machine delivers no interrupts.
 */
#ifndef _LINUX_IRQBYPASS_H
#define _LINUX_IRQBYPASS_H

#endif /* _LINUX_IRQBYPASS_H */
