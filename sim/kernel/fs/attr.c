// SPDX-License-Identifier: GPL-2.0-only
/*
 * ftruncate() and fstat().
 *
 * Fidelity: EMULATED - the inode's own operations are called; one without
 * setattr() is trapped, because simple_setattr() is not emulated.  Of what
 * fstat() tells, only the size leaves here.
 */
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/stat.h>
#include <pfnsim/fs.h>
#include <pfnsim/outside.h>

#include "border.h"

static int vfs_truncate_file(struct file *file, loff_t size)
{
	struct inode *inode = file_inode(file);
	struct dentry dentry = { .d_inode = inode };
	struct iattr attr = { .ia_valid = ATTR_SIZE, .ia_size = size };

	if (!S_ISREG(inode->i_mode) || !(file->f_mode & FMODE_WRITE))
		return -EINVAL;
	if (!inode->i_op || !inode->i_op->setattr)
		host_trap("simple_setattr");
	return outside(inode->i_op->setattr(NULL, &dentry, &attr));
}

long sys_ftruncate(unsigned int fd, loff_t size)
{
	struct file *file;
	int ret;

	if (size < 0)
		return -EINVAL;
	file = fget(fd);
	if (!file)
		return -EBADF;
	ret = vfs_truncate_file(file, size);
	fput(file);
	return ret;
}

long sys_fstat_size(unsigned int fd)
{
	struct file *file = fget(fd);
	struct kstat stat = { 0 };
	struct dentry dentry;
	struct path path = { .dentry = &dentry };
	struct inode *inode;
	int ret = 0;

	if (!file)
		return -EBADF;
	inode = file_inode(file);
	dentry.d_inode = inode;
	if (inode->i_op && inode->i_op->getattr)
		ret = outside(inode->i_op->getattr(NULL, &path, &stat, 0, 0));
	else
		generic_fillattr(NULL, 0, inode, &stat);
	fput(file);
	return ret ? ret : stat.size;
}
