// SPDX-License-Identifier: GPL-2.0-only
/*
 * References to open files, and their release.
 *
 * Fidelity: EMULATED - dropping the last reference defers ->release() to the
 * task's return to user space; until then get_file_active() finds nothing.
 * All tasks are user tasks, so that the kernel's delayed work for kernel
 * threads does not exist.  Freed files stay poisoned and are never reused.
 */
#include <linux/anon_inodes.h>
#include <linux/fs.h>
#include <linux/slab.h>
#include <pfnsim/counters.h>
#include <pfnsim/fs.h>
#include <pfnsim/ordered.h>
#include <pfnsim/outside.h>

#include "border.h"
#include "internal.h"

/* Files whose ->release() waits for the task's return, newest first. */
static struct file *deferred[HOST_MAX_TASKS];

/* All files until their release is over. */
static struct file *open_files;

struct file *fs_find_open(unsigned long id)
{
	struct file *file = open_files;

	while (file && (unsigned long)file != id)
		file = file->f_next_open;
	return file;
}

static void forget_open(struct file *file)
{
	struct file **link = &open_files;

	while (*link && *link != file)
		link = &(*link)->f_next_open;
	if (*link)
		*link = file->f_next_open;
}

/*
 * Returns a file on @inode with one reference, which takes over the caller's
 * reference to @inode; ERR_PTR(-ENOMEM) without touching @inode.
 */
struct file *alloc_file(struct inode *inode, const char *name,
			const struct file_operations *fops, void *priv,
			int flags)
{
	struct file *file = kzalloc(sizeof(*file), GFP_KERNEL);

	if (!file)
		return ERR_PTR(-ENOMEM);
	file->f_count = 1;
	file->f_mode = OPEN_FMODE(flags);
	file->f_flags = flags;
	file->f_op = fops;
	file->f_inode = inode;
	file->f_mapping = inode->i_mapping;
	file->f_name = name;
	file->private_data = priv;
	file->f_next_open = open_files;
	open_files = file;
	pfnsim_count(CTR_FILES_LIVE, 1);
	return file;
}

struct file *get_file(struct file *file)
{
	if (file->f_count <= 0)
		host_report(V_REFCOUNT, HOST_NO_PFN,
			    "get_file() of %s, whose last reference is gone",
			    file->f_name);
	file->f_count++;
	return file;
}

struct file *get_file_active(struct file **slot)
{
	struct file *file;

	host_enter(CALL_GET_FILE_ACTIVE, slot, NULL);
	file = READ_ONCE(*slot);
	if (file && file->f_count > 0)
		file->f_count++;
	else
		file = NULL;
	if (file)
		ordered_acquire(file);
	host_leave(CALL_GET_FILE_ACTIVE, slot, file ? file->f_name : NULL);
	return file;
}

void fput(struct file *file)
{
	const char *name = file->f_name;

	host_enter(CALL_FPUT, file, name);
	ordered_release(file);
	if (file->f_count <= 0) {
		host_report(V_REFCOUNT, HOST_NO_PFN,
			    "fput() of %s, whose last reference is gone", name);
	} else if (!--file->f_count) {
		file->f_next_work = deferred[host_task];
		deferred[host_task] = file;
	}
	host_leave(CALL_FPUT, file, name);
}

static void release_file(struct file *file)
{
	struct inode *inode = file->f_inode;
	const char *name = file->f_name;

	ordered_acquire(file);
	if (file->f_op->release) {
		host_enter(CALL_RELEASE, file, name);
		outside_void(file->f_op->release(inode, file));
		host_leave(CALL_RELEASE, file, name);
	}
	fops_put(file->f_op);
	iput(inode);
	forget_open(file);
	pfnsim_count(CTR_FILES_LIVE, -1);
	kfree(file);
}

void fs_exit_to_user(void)
{
	struct file *file, *next;

	while ((file = deferred[host_task])) {
		deferred[host_task] = NULL;
		for (; file; file = next) {
			next = file->f_next_work;
			host_enter(CALL_TASK_WORK, file, file->f_name);
			host_leave(CALL_TASK_WORK, file, file->f_name);
			release_file(file);
		}
	}
}
