// SPDX-License-Identifier: GPL-2.0-only
/*
 * File systems that only the kernel mounts.
 *
 * A mount lives as long as the kernel is loaded: it is made while the code
 * under test boots and nobody unmounts it.
 *
 * Fidelity: EMULATED - a mount is its super block's operations; there is no
 * root directory, no dentry and no count of the files that are open on it.
 */
#include <linux/err.h>
#include <linux/pseudo_fs.h>
#include <linux/slab.h>
#include <pfnsim/outside.h>

struct pseudo_fs_context *init_pseudo(struct fs_context *fc,
				      unsigned long magic)
{
	struct pseudo_fs_context *ctx = kzalloc(sizeof(*ctx), GFP_KERNEL);

	if (ctx)
		ctx->magic = magic;
	fc->fs_private = ctx;
	return ctx;
}

/* A mount and its super block, which nothing else shares. */
struct pseudo_mount {
	struct vfsmount mnt;
	struct super_block sb;
	struct file_system_type *type;
};

struct vfsmount *kern_mount(struct file_system_type *type)
{
	struct pseudo_mount *mount = kzalloc(sizeof(*mount), GFP_KERNEL);
	struct pseudo_fs_context *ctx;
	struct fs_context fc = {};
	int ret;

	if (!mount)
		return ERR_PTR(-ENOMEM);
	ret = outside(type->init_fs_context(&fc));
	if (ret) {
		kfree(mount);
		return ERR_PTR(ret);
	}
	ctx = fc.fs_private;
	mount->sb.s_magic = ctx->magic;
	mount->sb.s_op = ctx->ops;
	mount->mnt.mnt_sb = &mount->sb;
	mount->type = type;
	kfree(ctx);
	return &mount->mnt;
}

/* A super block has no device number here that had to be given back. */
void kill_anon_super(struct super_block *sb)
{
}

void kern_unmount(struct vfsmount *mnt)
{
	struct pseudo_mount *mount;

	if (IS_ERR_OR_NULL(mnt))
		return;
	mount = container_of(mnt, struct pseudo_mount, mnt);
	outside_void(mount->type->kill_sb(&mount->sb));
	kfree(mount);
}
