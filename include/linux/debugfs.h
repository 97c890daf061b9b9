/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * debugfs.
 *
 * Fidelity: STUB - not mounted and not initialised, as with
 * CONFIG_DEBUG_FS off: directories and files are refused with -ENODEV, which
 * KVM takes in its stride.
 */
#ifndef _LINUX_DEBUGFS_H
#define _LINUX_DEBUGFS_H

#include <linux/err.h>
#include <linux/errno.h>
#include <linux/fs.h>

static inline bool debugfs_initialized(void)
{
	return false;
}

static inline struct dentry *debugfs_create_dir(const char *name,
						struct dentry *parent)
{
	return ERR_PTR(-ENODEV);
}

static inline struct dentry *
debugfs_create_file(const char *name, umode_t mode, struct dentry *parent,
		    void *data, const struct file_operations *fops)
{
	return ERR_PTR(-ENODEV);
}

static inline struct dentry *debugfs_lookup(const char *name,
					    struct dentry *parent)
{
	return NULL;
}

static inline void debugfs_remove_recursive(struct dentry *dentry)
{
}

static inline void debugfs_remove(struct dentry *dentry)
{
}

void dput(struct dentry *dentry);
char *dentry_path_raw(const struct dentry *dentry, char *buf, int len);

#endif /* _LINUX_DEBUGFS_H */
