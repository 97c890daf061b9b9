/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Devices and their uevents.
 *
 * Fidelity: TRAP - no device is ever created, so that nothing reaches the
 * functions; only the types are needed.
 */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

#include <linux/kobject.h>

struct device {
	struct kobject kobj;
};

#endif /* _LINUX_DEVICE_H */
