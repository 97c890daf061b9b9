// SPDX-License-Identifier: GPL-2.0-only
/*
 * Inodes: the last reference frees the pages, then the inode.
 *
 * Fidelity: EMULATED - anonymous inodes have no link in any directory, so that
 * iput() of the last reference always evicts.  Freed inodes are never reused.
 */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/slab.h>
#include <pfnsim/fs.h>

#include "border.h"
#include "internal.h"

static unsigned long next_ino;

struct inode *new_inode(struct super_block *sb)
{
	struct inode *inode = kzalloc(sizeof(*inode), GFP_KERNEL);

	if (!inode)
		return NULL;
	inode->i_count = 1;
	inode->i_ino = ++next_ino;
	inode->i_sb = sb;
	inode->i_name = "anon_inode";
	inode->i_mapping = &inode->i_data;
	address_space_init_once(&inode->i_data);
	inode->i_data.host = inode;
	inode->i_data.gfp_mask = GFP_HIGHUSER_MOVABLE;
	return inode;
}

struct inode *alloc_anon_inode(struct super_block *sb)
{
	struct inode *inode = new_inode(sb);

	if (!inode)
		return ERR_PTR(-ENOMEM);
	inode->i_mode = S_IRUSR | S_IWUSR;
	inode->i_flags |= S_PRIVATE;
	return inode;
}

void ihold(struct inode *inode)
{
	inode->i_count++;
}

void iput(struct inode *inode)
{
	if (!inode)
		return;
	if (inode->i_count <= 0) {
		host_report(V_REFCOUNT, HOST_NO_PFN,
			    "iput() of %s, whose last reference is gone",
			    inode->i_name);
		return;
	}
	if (--inode->i_count)
		return;
	truncate_inode_pages_final(&inode->i_data);
	kfree(inode);
}

int generic_file_open(struct inode *inode, struct file *file)
{
	return 0;
}

loff_t noop_llseek(struct file *file, loff_t offset, int whence)
{
	return file->f_pos;
}

/* STUB: no inode keeps times, so that there is nothing to update. */
int file_modified(struct file *file)
{
	return 0;
}

void generic_fillattr(struct mnt_idmap *idmap, u32 request_mask,
		      struct inode *inode, struct kstat *stat)
{
	stat->mode = inode->i_mode;
	stat->size = i_size_read(inode);
}
