/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of sim/kernel/fs share.
 *
 * Fidelity: EMULATED - internal to the emulation.
 */
#ifndef PFNSIM_FS_INTERNAL_H
#define PFNSIM_FS_INTERNAL_H

#include <linux/fs.h>

struct file *alloc_file(struct inode *inode, const char *name,
			const struct file_operations *fops, void *priv,
			int flags);

/* The inode that all anonymous files share, with a reference for the caller. */
struct inode *anon_inode_get(void);

#endif /* PFNSIM_FS_INTERNAL_H */
