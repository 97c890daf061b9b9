/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files without a name in any file system.
 *
 * Fidelity: EMULATED - anon_inode_getfile() shares one inode among all files,
 * anon_inode_create_getfile() gives the file an inode of its own.  The
 * security context inode is not looked at.
 */
#ifndef _LINUX_ANON_INODES_H
#define _LINUX_ANON_INODES_H

#include <linux/file.h>
#include <linux/types.h>

struct file;
struct file_operations;
struct inode;

/* The new descriptor or a negative errno. */
int anon_inode_getfd(const char *name, const struct file_operations *fops,
		     void *priv, int flags);
/* The others return a file with one reference, or an ERR_PTR(). */
struct file *anon_inode_create_getfile(const char *name,
				       const struct file_operations *fops,
				       void *priv, int flags,
				       const struct inode *context_inode);
struct file *anon_inode_getfile(const char *name,
				const struct file_operations *fops, void *priv,
				int flags);

/* As anon_inode_getfile(), with @mode besides what @flags say. */
struct file *anon_inode_getfile_fmode(const char *name,
				      const struct file_operations *fops,
				      void *priv, int flags, fmode_t mode);
/* An inode of @sb with one reference, or an ERR_PTR(). */
struct inode *anon_inode_make_secure_inode(struct super_block *sb,
					   const char *name,
					   const struct inode *context_inode);

#endif /* _LINUX_ANON_INODES_H */
