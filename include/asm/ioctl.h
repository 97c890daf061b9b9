/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The architecture's part of ioctl numbers.
 *
 * Fidelity: REAL - see linux/ioctl.h.
 */
#ifndef _ASM_IOCTL_H
#define _ASM_IOCTL_H

#include <linux/ioctl.h>

#endif /* _ASM_IOCTL_H */
