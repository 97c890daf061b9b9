/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Backing devices.
 *
 * Fidelity: STUB - empty: nothing is ever written back.
 */
#ifndef _LINUX_BACKING_DEV_H
#define _LINUX_BACKING_DEV_H

#endif /* _LINUX_BACKING_DEV_H */
