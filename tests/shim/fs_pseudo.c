// SPDX-License-Identifier: GPL-2.0-only
/*
 * Inodes of a file system that the kernel mounts for itself, after
 * Documentation/filesystems/vfs.rst: destroy_inode() undoes alloc_inode(),
 * free_inode() runs after a grace period.
 */
#include <linux/anon_inodes.h>
#include <linux/file.h>
#include <linux/module.h>
#include <linux/pseudo_fs.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <pfnsim/fs.h>

#include "shim_test.h"

#define TEST_MAGIC 0x7e57

struct test_inode {
	unsigned long before;
	struct inode vfs_inode;
};

static struct kmem_cache *cache;
static struct vfsmount *mount;
static unsigned int made, destroyed, freed, refuse;

static void init_once(void *object)
{
	struct test_inode *inode = object;

	inode_init_once(&inode->vfs_inode);
}

static struct inode *test_alloc_inode(struct super_block *sb)
{
	struct test_inode *inode = alloc_inode_sb(sb, cache, GFP_KERNEL);

	made++;
	return inode ? &inode->vfs_inode : NULL;
}

static void test_destroy_inode(struct inode *inode)
{
	destroyed++;
}

static void test_free_inode(struct inode *inode)
{
	freed++;
	kmem_cache_free(cache,
			container_of(inode, struct test_inode, vfs_inode));
}

static const struct super_operations test_super_operations = {
	.alloc_inode = test_alloc_inode,
	.destroy_inode = test_destroy_inode,
	.free_inode = test_free_inode,
};

static int test_init_fs_context(struct fs_context *fc)
{
	struct pseudo_fs_context *ctx;

	if (refuse)
		return -EPERM;
	ctx = init_pseudo(fc, TEST_MAGIC);
	if (!ctx)
		return -ENOMEM;
	ctx->ops = &test_super_operations;
	return 0;
}

static struct file_system_type test_fs = {
	.name = "test",
	.init_fs_context = test_init_fs_context,
	.kill_sb = kill_anon_super,
};

static const struct file_operations test_fops = {};

static void setup(void)
{
	struct kmem_cache_args args = { .ctor = init_once };

	cache = kmem_cache_create("test_inode", sizeof(struct test_inode),
				  &args, SLAB_ACCOUNT);
	made = destroyed = freed = refuse = 0;
	mount = kern_mount(&test_fs);
}

static void mounted(void)
{
	CHECK(!IS_ERR(mount));
	CHECK(mount->mnt_sb->s_magic == TEST_MAGIC);
	CHECK(mount->mnt_sb->s_op == &test_super_operations);
}

static void mount_refused(void)
{
	refuse = 1;
	CHECK(PTR_ERR(kern_mount(&test_fs)) == -EPERM);
}

static void secure_inode(void)
{
	struct inode *inode;

	inode = anon_inode_make_secure_inode(mount->mnt_sb, "[test]", NULL);
	CHECK(!IS_ERR(inode) && made == 1);
	CHECK(inode->i_sb == mount->mnt_sb && !IS_PRIVATE(inode));
	CHECK(inode->i_mapping == &inode->i_data);
	CHECK(inode->i_mapping->host == inode);
	iput(inode);
}

static void freed_after_grace_period(void)
{
	struct inode *inode = new_inode(mount->mnt_sb);

	ihold(inode);
	iput(inode);
	CHECK(!destroyed);
	iput(inode);
	CHECK(destroyed == 1 && !freed);
	rcu_barrier();
	CHECK(freed == 1);
}

static void file_owns_inode(void)
{
	struct inode *inode = new_inode(mount->mnt_sb);
	struct file *file;

	file = alloc_file_pseudo(inode, mount, "[test]", O_RDWR, &test_fops);
	CHECK(!IS_ERR(file) && file_inode(file) == inode);
	CHECK(file->f_mode & FMODE_READ && file->f_mode & FMODE_WRITE);
	CHECK(file->f_op == &test_fops && file->f_path.mnt == mount);
	fput(file);
	CHECK(!destroyed);
	fs_exit_to_user();
	CHECK(destroyed == 1);
}

/* As kernel modules do it: unmount, wait for RCU, destroy the inodes' cache. */
static void inode_outlives_mount(void)
{
	iput(new_inode(mount->mnt_sb));
	kern_unmount(mount);
	CHECK(destroyed == 1 && !freed);
	rcu_barrier();
	CHECK(freed == 1);
}

static void file_holds_module(void)
{
	static const struct file_operations owned = { .owner = THIS_MODULE };
	int before = pfnsim_module.refs;
	struct file *file;

	file = anon_inode_getfile("test", &owned, NULL, O_RDONLY);
	CHECK(!IS_ERR(file) && pfnsim_module.refs == before + 1);
	fput(file);
	CHECK(pfnsim_module.refs == before + 1);
	fs_exit_to_user();
	CHECK(pfnsim_module.refs == before);
}

/* Who has a reference may take another one, who has none gets none. */
static void going_module(void)
{
	static const struct file_operations owned = { .owner = THIS_MODULE };
	int before = pfnsim_module.refs;

	pfnsim_module.going = true;
	CHECK(!fops_get(&owned) && !try_module_get(THIS_MODULE));
	CHECK(IS_ERR(anon_inode_getfile("test", &owned, NULL, O_RDONLY)));
	CHECK(pfnsim_module.refs == before);
	__module_get(THIS_MODULE);
	CHECK(pfnsim_module.refs == before + 1);
	module_put(THIS_MODULE);
	CHECK(try_module_get(NULL) && fops_get(&test_fops) == &test_fops);
	pfnsim_module.going = false;
	CHECK(fops_get(&owned) == &owned);
	fops_put(&owned);
}

static void put_without_get(void)
{
	pfnsim_module.refs = 0;
	module_put(THIS_MODULE);
}

static void fmode_added(void)
{
	struct file *file;

	file = anon_inode_getfile_fmode("test", &test_fops, NULL, O_RDONLY,
					FMODE_PREAD);
	CHECK(!IS_ERR(file));
	CHECK(file->f_mode == (FMODE_READ | FMODE_PREAD));
	fput(file);
}

#define ALONE(says, names, source, function)                                   \
	{                                                                      \
		.name = "fs/" says, .of = names, .follows = source,            \
		.tasks = 1, .setup = setup, .task = { function },              \
		.expect = NO_VIOLATION                                         \
	}

DEFINE_SHIM_TESTS(
	fs_pseudo,
	ALONE("kern_mount-has-the-context's-operations",
	      "kern_mount init_pseudo",
	      "fs/libfs.c, init_pseudo(): magic and operations that the context is given become the super block's",
	      mounted),
	ALONE("kern_mount-returns-what-init_fs_context-returns", "kern_mount",
	      "fs/fs_context.c, alloc_fs_context(): an error of init_fs_context() is the mount's",
	      mount_refused),
	ALONE("a-secure-anon-inode-is-not-private",
	      "anon_inode_make_secure_inode iput",
	      "fs/anon_inodes.c, anon_inode_make_secure_inode(): S_PRIVATE is taken off, so that security modules see the inode",
	      secure_inode),
	ALONE("free_inode-runs-after-a-grace-period",
	      "iput ihold alloc_inode_sb inode_init_once",
	      "Documentation/filesystems/vfs.rst, free_inode: called from an RCU callback, destroy_inode at once",
	      freed_after_grace_period),
	ALONE("alloc_file_pseudo-takes-over-the-inode",
	      "alloc_file_pseudo file_inode",
	      "fs/file_table.c, alloc_file_pseudo(): the file owns the caller's reference to the inode",
	      file_owns_inode),
	ALONE("an-inode-is-freed-after-its-file-system-went",
	      "kern_unmount kill_anon_super rcu_barrier",
	      "fs/inode.c, destroy_inode(): free_inode is kept in the inode, which outlives its super block",
	      inode_outlives_mount),
	ALONE("a-file-holds-its-module-until-it-was-released",
	      "fops_get fops_put",
	      "fs/file_table.c, __fput(): fops_put() comes behind ->release()",
	      file_holds_module),
	ALONE("a-module-that-goes-gives-no-reference",
	      "fops_get try_module_get",
	      "kernel/module/main.c, try_module_get(): only where module_is_live(); __module_get() asks nobody",
	      going_module),
	{ .name = "fs/module_put-without-a-get",
	  .of = "module_put",
	  .follows =
		  "kernel/module/main.c, module_put(): warns where the count would become negative",
	  .tasks = 1,
	  .task = { put_without_get },
	  .expect = V_REFCOUNT },
	ALONE("anon_inode_getfile_fmode-adds-to-the-mode",
	      "anon_inode_getfile_fmode",
	      "fs/anon_inodes.c, anon_inode_getfile_fmode(): the mode is or-ed to what the flags give",
	      fmode_added));
