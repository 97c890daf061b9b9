/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Suspend notifiers.
 *
 * Fidelity: STUB - empty: the machine never suspends.
 */
#ifndef _LINUX_SUSPEND_H
#define _LINUX_SUSPEND_H

#endif /* _LINUX_SUSPEND_H */
