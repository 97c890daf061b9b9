/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * File systems without a device that only the kernel mounts.
 *
 * A struct fs_context lives for the one kern_mount() that fills it.
 *
 * Fidelity: EMULATED - sim/kernel/fs/pseudo_fs.c.  Only what concerns the
 * inodes of such a file system is kept: its operations and its magic number.
 */
#ifndef PFNSIM_LINUX_PSEUDO_FS_H
#define PFNSIM_LINUX_PSEUDO_FS_H

#include <linux/fs.h>

struct pseudo_fs_context {
	const struct super_operations *ops;
	unsigned long magic;
};

struct fs_context {
	void *fs_private;
};

/* The context to fill in, which is also fc->fs_private; NULL without memory. */
struct pseudo_fs_context *init_pseudo(struct fs_context *fc,
				      unsigned long magic);

#endif /* PFNSIM_LINUX_PSEUDO_FS_H */
