// SPDX-License-Identifier: GPL-2.0-only
/*
 * Files without a name, and the one character device.
 *
 * Fidelity: EMULATED - see linux/anon_inodes.h and linux/miscdevice.h.
 */
#include <linux/anon_inodes.h>
#include <linux/file.h>
#include <linux/miscdevice.h>
#include <linux/pagemap.h>
#include <pfnsim/fs.h>

#include "border.h"
#include "internal.h"

static struct inode *shared_inode;
static struct miscdevice *device;

struct inode *anon_inode_get(void)
{
	struct inode *inode = shared_inode;

	if (!inode) {
		inode = alloc_anon_inode(NULL);
		if (IS_ERR(inode))
			return inode;
		shared_inode = inode;
	}
	ihold(inode);
	return inode;
}

static struct file *getfile(struct inode *inode, const char *name,
			    const struct file_operations *fops, void *priv,
			    int flags)
{
	struct file *file;

	if (IS_ERR(inode))
		return ERR_CAST(inode);
	if (!fops_get(fops)) {
		iput(inode);
		return ERR_PTR(-ENOENT);
	}
	file = alloc_file(inode, name, fops, priv, flags);
	if (IS_ERR(file)) {
		fops_put(fops);
		iput(inode);
	}
	return file;
}

struct file *anon_inode_getfile(const char *name,
				const struct file_operations *fops, void *priv,
				int flags)
{
	return getfile(anon_inode_get(), name, fops, priv, flags);
}

struct file *anon_inode_create_getfile(const char *name,
				       const struct file_operations *fops,
				       void *priv, int flags,
				       const struct inode *context_inode)
{
	return getfile(alloc_anon_inode(NULL), name, fops, priv, flags);
}

struct file *anon_inode_getfile_fmode(const char *name,
				      const struct file_operations *fops,
				      void *priv, int flags, fmode_t mode)
{
	struct file *file = anon_inode_getfile(name, fops, priv, flags);

	if (!IS_ERR(file))
		file->f_mode |= mode;
	return file;
}

struct inode *anon_inode_make_secure_inode(struct super_block *sb,
					   const char *name,
					   const struct inode *context_inode)
{
	struct inode *inode = alloc_anon_inode(sb);

	if (IS_ERR(inode))
		return inode;
	inode->i_flags &= ~S_PRIVATE;
	inode->i_name = name;
	return inode;
}

struct file *alloc_file_pseudo(struct inode *inode, struct vfsmount *mnt,
			       const char *name, int flags,
			       const struct file_operations *fops)
{
	struct file *file = alloc_file(inode, name, fops, NULL, flags);

	if (!IS_ERR(file))
		file->f_path.mnt = mnt;
	return file;
}

int anon_inode_getfd(const char *name, const struct file_operations *fops,
		     void *priv, int flags)
{
	int fd = get_unused_fd_flags(flags);
	struct file *file;

	if (fd < 0)
		return fd;
	file = anon_inode_getfile(name, fops, priv, flags);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}

void fs_exit(void)
{
	if (!shared_inode)
		return;
	iput(shared_inode);
	shared_inode = NULL;
}

int misc_register(struct miscdevice *misc)
{
	if (device)
		return -EBUSY;
	device = misc;
	return 0;
}

void misc_deregister(struct miscdevice *misc)
{
	if (device == misc)
		device = NULL;
	else
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "misc_deregister() of %s, which is not registered",
			    misc->name);
}

long sys_open_misc(int minor)
{
	if (!device || device->minor != minor)
		return -ENODEV;
	return anon_inode_getfd(device->name, device->fops, NULL, O_RDWR);
}
