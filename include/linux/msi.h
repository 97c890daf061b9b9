/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Message signalled interrupts.
 *
 * Fidelity: STUB - empty: the machine delivers no interrupts.
 */
#ifndef _LINUX_MSI_H
#define _LINUX_MSI_H

#endif /* _LINUX_MSI_H */
