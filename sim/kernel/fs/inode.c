// SPDX-License-Identifier: GPL-2.0-only
/*
 * Inodes: the last reference frees the pages, then the inode.
 *
 * Fidelity: EMULATED - anonymous inodes have no link in any directory, so that
 * iput() of the last reference always evicts.  Freed inodes are never reused.
 * A file system's own inodes are freed by its operations, after a grace period;
 * those without one at once, because nothing here looks inodes up under RCU.
 */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <pfnsim/fs.h>
#include <pfnsim/ordered.h>
#include <pfnsim/outside.h>

#include "border.h"
#include "internal.h"

static unsigned long next_ino;

void inode_init_once(struct inode *inode)
{
	memset(inode, 0, sizeof(*inode));
	address_space_init_once(&inode->i_data);
}

/* Memory for an inode of @sb, which may embed it in an object of its own. */
static struct inode *alloc_inode(struct super_block *sb)
{
	struct inode *inode;

	if (sb && sb->s_op && sb->s_op->alloc_inode)
		return outside(sb->s_op->alloc_inode(sb));
	inode = kzalloc(sizeof(*inode), GFP_KERNEL);
	if (inode)
		inode_init_once(inode);
	return inode;
}

struct inode *new_inode(struct super_block *sb)
{
	struct inode *inode = alloc_inode(sb);

	if (!inode)
		return NULL;
	inode->i_count = 1;
	inode->i_ino = ++next_ino;
	inode->i_sb = sb;
	inode->i_name = "anon_inode";
	inode->i_mapping = &inode->i_data;
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

static void free_inode(struct rcu_head *head)
{
	struct inode *inode = container_of(head, struct inode, i_rcu);

	outside_void(inode->free_inode(inode));
}

static void destroy_inode(struct inode *inode)
{
	const struct super_operations *ops = inode->i_sb ? inode->i_sb->s_op :
							   NULL;

	if (ops && ops->destroy_inode)
		outside_void(ops->destroy_inode(inode));
	if (ops && ops->free_inode) {
		inode->free_inode = ops->free_inode;
		call_rcu(&inode->i_rcu, free_inode);
		return;
	}
	if (!ops || !ops->destroy_inode)
		kfree(inode);
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
	ordered_release(inode);
	if (--inode->i_count)
		return;
	ordered_acquire(inode);
	truncate_inode_pages_final(&inode->i_data);
	destroy_inode(inode);
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
