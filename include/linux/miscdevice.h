/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The character device that the module registers.
 *
 * Fidelity: EMULATED - misc_register() remembers the one device, which the
 * glue opens by its minor number.  There is no struct device: uevents have
 * nobody to go to.
 */
#ifndef _LINUX_MISCDEVICE_H
#define _LINUX_MISCDEVICE_H

#include <linux/device.h>
#include <linux/fs.h>

#define KVM_MINOR 232

struct miscdevice {
	int minor;
	const char *name;
	const struct file_operations *fops;
	/* NULL always. */
	struct device *this_device;
};

/* 0, or -EBUSY where the minor number is taken. */
int misc_register(struct miscdevice *misc);
void misc_deregister(struct miscdevice *misc);

#endif /* _LINUX_MISCDEVICE_H */
