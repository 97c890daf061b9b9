/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Files, inodes and address spaces of the emulated machine.
 *
 * A struct file belongs to its references; the last fput() defers ->release()
 * to the moment the task returns to user space.  A struct inode belongs to the
 * files that are open on it; its pages go when the last one is gone.  An
 * address_space's folios are protected by its invalidate_lock and the folio
 * locks, as in the kernel.
 *
 * Fidelity: EMULATED - open files, anonymous inodes, deferred release and
 * eviction in the kernel's order.  There are no dentries or paths, and no
 * mounts but the kernel's own; what names a file here is inode->i_name.
 * Stricter than the kernel in that freed files and inodes are never reused
 * within an execution.
 */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/gfp.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/migrate_mode.h>
#include <linux/mm_types.h>
#include <linux/rwsem.h>
#include <linux/stat.h>
#include <linux/stddef.h>
#include <linux/types.h>
#include <linux/xarray.h>
#include <uapi/linux/magic.h>
#include <uapi/linux/fcntl.h>

struct address_space;
struct dentry;
struct file;
struct folio;
struct iattr;
struct inode;
struct fs_context;
struct kiocb;
struct kstat;
struct kstatfs;
struct mnt_idmap;
struct module;
struct page;
struct path;
struct super_block;
struct vm_area_struct;
struct writeback_control;

typedef unsigned int __bitwise fmode_t;

#define FMODE_READ ((fmode_t)(1 << 0))
#define FMODE_WRITE ((fmode_t)(1 << 1))
#define FMODE_LSEEK ((fmode_t)(1 << 2))
#define FMODE_PREAD ((fmode_t)(1 << 3))
#define FMODE_PWRITE ((fmode_t)(1 << 4))
#define OPEN_FMODE(flags)                                                      \
	((fmode_t)(((flags) + 1) & (FMODE_READ | FMODE_WRITE)))

#define S_PRIVATE (1 << 9)
#define IS_PRIVATE(inode) (!!((inode)->i_flags & S_PRIVATE))

/* What setattr() is to change; ia_valid says which members. */
struct iattr {
	unsigned int ia_valid;
	loff_t ia_size;
};
#define ATTR_SIZE (1 << 3)

struct inode_operations {
	int (*getattr)(struct mnt_idmap *idmap, const struct path *path,
		       struct kstat *stat, u32 request_mask,
		       unsigned int query_flags);
	int (*setattr)(struct mnt_idmap *idmap, struct dentry *dentry,
		       struct iattr *attr);
};

struct inode {
	umode_t i_mode;
	unsigned int i_flags;
	loff_t i_size;
	int i_count;
	unsigned long i_ino;
	const struct inode_operations *i_op;
	struct super_block *i_sb;
	struct address_space *i_mapping;
	struct address_space i_data;
	void *i_private;
	struct rcu_head i_rcu;
	/* The super block may go before the inode does. */
	void (*free_inode)(struct inode *inode);
	/* What a person calls it; lives as long as the kernel is loaded. */
	const char *i_name;
};

struct super_operations {
	struct inode *(*alloc_inode)(struct super_block *sb);
	/* Both for an inode that is evicted, the second after a grace period. */
	void (*destroy_inode)(struct inode *inode);
	void (*free_inode)(struct inode *inode);
	int (*statfs)(struct dentry *dentry, struct kstatfs *stat);
};

struct super_block {
	unsigned long s_magic;
	const struct super_operations *s_op;
};

struct vfsmount {
	struct super_block *mnt_sb;
	int mnt_flags;
};
#define MNT_NOEXEC 0x04

struct file_system_type {
	const char *name;
	struct module *owner;
	int (*init_fs_context)(struct fs_context *fc);
	void (*kill_sb)(struct super_block *sb);
};

/* A mount of @type that nobody else sees, or an ERR_PTR(). */
struct vfsmount *kern_mount(struct file_system_type *type);
void kern_unmount(struct vfsmount *mnt);
void kill_anon_super(struct super_block *sb);
int simple_statfs(struct dentry *dentry, struct kstatfs *stat);

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct dentry {
	struct inode *d_inode;
};

struct file {
	long f_count;
	fmode_t f_mode;
	unsigned int f_flags;
	loff_t f_pos;
	const struct file_operations *f_op;
	struct inode *f_inode;
	struct address_space *f_mapping;
	struct path f_path;
	void *private_data;
	/* What a person calls it; lives as long as the kernel is loaded. */
	const char *f_name;
	/* Next in the list of files whose release is deferred. */
	struct file *f_next_work;
	/* Next in the list of all open files. */
	struct file *f_next_open;
};

struct file_operations {
	struct module *owner;
	unsigned int fop_flags;
	loff_t (*llseek)(struct file *file, loff_t offset, int whence);
	ssize_t (*read)(struct file *file, char __user *buf, size_t count,
			loff_t *pos);
	ssize_t (*write)(struct file *file, const char __user *buf,
			 size_t count, loff_t *pos);
	long (*unlocked_ioctl)(struct file *file, unsigned int cmd,
			       unsigned long arg);
	long (*compat_ioctl)(struct file *file, unsigned int cmd,
			     unsigned long arg);
	int (*mmap)(struct file *file, struct vm_area_struct *vma);
	int (*open)(struct inode *inode, struct file *file);
	int (*release)(struct inode *inode, struct file *file);
	long (*fallocate)(struct file *file, int mode, loff_t offset,
			  loff_t len);
};

static inline struct inode *file_inode(const struct file *file)
{
	return file->f_inode;
}

static inline loff_t i_size_read(const struct inode *inode)
{
	return inode->i_size;
}

static inline void i_size_write(struct inode *inode, loff_t size)
{
	inode->i_size = size;
}

/*
 * filemap_invalidate_lock() and its relatives live in linux/pagemap.h's
 * neighbourhood of the kernel's fs.h; sim/kernel/mm defines them.
 */
void filemap_invalidate_lock(struct address_space *mapping);
void filemap_invalidate_unlock(struct address_space *mapping);
void filemap_invalidate_lock_shared(struct address_space *mapping);
void filemap_invalidate_unlock_shared(struct address_space *mapping);

/* One more reference to a file that the caller has a reference to. */
struct file *get_file(struct file *file);
/*
 * A reference to *@slot, or NULL where there is no file or its last reference
 * is gone, even if ->release() has not run yet.
 */
struct file *get_file_active(struct file **slot);
void fput(struct file *file);

/* A reference to the module that @fops is in; NULL where it is going. */
const struct file_operations *fops_get(const struct file_operations *fops);
void fops_put(const struct file_operations *fops);

/* Returns 0; the kernel refuses files too large for O_LARGEFILE here. */
int generic_file_open(struct inode *inode, struct file *file);
loff_t noop_llseek(struct file *file, loff_t offset, int whence);
loff_t no_llseek(struct file *file, loff_t offset, int whence);
int nonseekable_open(struct inode *inode, struct file *file);
int file_modified(struct file *file);
void generic_fillattr(struct mnt_idmap *idmap, u32 request_mask,
		      struct inode *inode, struct kstat *stat);

/* Inodes: both return a counted reference or ERR_PTR(-ENOMEM). */
struct inode *alloc_anon_inode(struct super_block *sb);
struct inode *new_inode(struct super_block *sb);
/* What an inode needs once in the life of its memory. */
void inode_init_once(struct inode *inode);
void ihold(struct inode *inode);
void iput(struct inode *inode);
/* Prepares @inode's own address space, before the inode can be found. */
void address_space_init_once(struct address_space *mapping);

/* Files of debugfs: never opened, because debugfs does not exist here. */
int simple_attr_open(struct inode *inode, struct file *file,
		     int (*get)(void *data, u64 *val),
		     int (*set)(void *data, u64 val), const char *fmt);
int simple_attr_release(struct inode *inode, struct file *file);
ssize_t simple_attr_read(struct file *file, char __user *buf, size_t count,
			 loff_t *pos);
ssize_t simple_attr_write(struct file *file, const char __user *buf,
			  size_t count, loff_t *pos);
ssize_t simple_read_from_buffer(void __user *to, size_t count, loff_t *pos,
				const void *from, size_t available);

static inline __attribute__((format(printf, 1, 2))) void
__simple_attr_check_format(const char *fmt, ...)
{
}

#define DEFINE_SIMPLE_ATTRIBUTE(name, get, set, fmt)                           \
	static int name##_open(struct inode *inode, struct file *file)         \
	{                                                                      \
		return simple_attr_open(inode, file, get, set, fmt);           \
	}                                                                      \
	static const struct file_operations name = {                           \
		.open = name##_open,                                           \
		.read = simple_attr_read,                                      \
		.write = simple_attr_write,                                    \
		.release = simple_attr_release,                                \
	}

#endif /* _LINUX_FS_H */
