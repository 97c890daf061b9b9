/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The file descriptor table of the one simulated process.
 *
 * Fidelity: EMULATED - a fixed table, lowest free descriptor first.
 * fdget() takes a counted reference always, as for a shared table.
 */
#ifndef _LINUX_FILE_H
#define _LINUX_FILE_H

#include <linux/cleanup.h>
#include <linux/fs.h>

struct fd {
	struct file *file;
};

#define fd_file(f) ((f).file)
#define fd_empty(f) (!(f).file)

/* A reference to the file behind @fd, or NULL. */
struct file *fget(unsigned int fd);
/* Reserves a descriptor: its number, or -EMFILE. */
int get_unused_fd_flags(unsigned int flags);
void put_unused_fd(unsigned int fd);
/* Publishes @file under @fd; takes over the caller's reference. */
void fd_install(unsigned int fd, struct file *file);

/*
 * A file on @inode with one reference, which takes over the caller's reference
 * to @inode; or an ERR_PTR(), and @inode stays the caller's.
 */
struct file *alloc_file_pseudo(struct inode *inode, struct vfsmount *mnt,
			       const char *name, int flags,
			       const struct file_operations *fops);

static inline struct fd fdget(unsigned int fd)
{
	return (struct fd){ fget(fd) };
}

static inline void fdput(struct fd fd)
{
	if (fd.file)
		fput(fd.file);
}

DEFINE_CLASS(fd, struct fd, fdput(_T), fdget(fd), int fd)

#endif /* _LINUX_FILE_H */
