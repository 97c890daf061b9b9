/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Reboot notifiers.
 *
 * Fidelity: STUB - empty: the machine never reboots.
 */
#ifndef _LINUX_REBOOT_H
#define _LINUX_REBOOT_H

#endif /* _LINUX_REBOOT_H */
