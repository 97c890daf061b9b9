// SPDX-License-Identifier: GPL-2.0-only
/*
 * The descriptors of the one process, and the system calls on them.
 *
 * Fidelity: EMULATED - MAX_FDS descriptors or as many as RLIMIT_NOFILE says,
 * lowest free first; close() drops the table's reference before anything else, as
 * in the kernel.
 */
#include <linux/fdtable.h>
#include <linux/falloc.h>
#include <linux/file.h>
#include <linux/mm.h>
#include <pfnsim/fs.h>
#include <pfnsim/ordered.h>
#include <pfnsim/outside.h>

#include "border.h"
#include "internal.h"
#include "kernel.h"

static struct file *table[MAX_FDS];
static unsigned int limit = MAX_FDS;
/* Descriptors that are reserved or open, one bit each. */
static u64 in_use;

void fs_boot(unsigned long max_fds)
{
	if (max_fds && max_fds < MAX_FDS)
		limit = max_fds;
}

int get_unused_fd_flags(unsigned int flags)
{
	unsigned int fd = ~in_use ? __builtin_ctzll(~in_use) : MAX_FDS;

	if (fd >= limit)
		return -EMFILE;
	in_use |= 1ULL << fd;
	return fd;
}

void put_unused_fd(unsigned int fd)
{
	in_use &= ~(1ULL << fd);
}

/* What a person calls the inode behind a descriptor. */
static const char *fd_name(unsigned int fd)
{
	static const char names[] =
		"fd 0\0 fd 1\0 fd 2\0 fd 3\0 fd 4\0 fd 5\0 fd 6\0 fd 7\0 "
		"fd 8\0 fd 9\0 fd 10\0fd 11\0fd 12\0fd 13\0fd 14\0fd 15\0"
		"fd 16\0fd 17\0fd 18\0fd 19\0fd 20\0fd 21\0fd 22\0fd 23\0"
		"fd 24\0fd 25\0fd 26\0fd 27\0fd 28\0fd 29\0fd 30\0fd 31\0";

	return fd < 32 ? names + 6 * fd : "fd 32 or above";
}

void fd_install(unsigned int fd, struct file *file)
{
	ordered_release(file);
	table[fd] = file;
	if (file->f_inode->i_mode & S_IFREG)
		file->f_inode->i_name = fd_name(fd);
}

struct file *fs_peek(unsigned int fd)
{
	return fd < MAX_FDS ? table[fd] : NULL;
}

struct file *fget(unsigned int fd)
{
	struct file *file;

	host_enter(CALL_FGET, &table, NULL);
	file = fs_peek(fd);
	if (file && file->f_count > 0)
		file->f_count++;
	else
		file = NULL;
	if (file)
		ordered_acquire(file);
	host_leave(CALL_FGET, &table, file ? file->f_name : NULL);
	return file;
}

int close_fd(unsigned int fd)
{
	struct file *file = fs_peek(fd);

	if (!file)
		return -EBADF;
	ordered_acquire(file);
	table[fd] = NULL;
	put_unused_fd(fd);
	fput(file);
	return 0;
}

long sys_close(unsigned int fd)
{
	return close_fd(fd);
}

long sys_ioctl(unsigned int fd, unsigned int cmd, unsigned long arg)
{
	struct file *file = fget(fd);
	long ret = -ENOTTY;

	if (!file)
		return -EBADF;
	if (file->f_op->unlocked_ioctl)
		ret = outside(file->f_op->unlocked_ioctl(file, cmd, arg));
	fput(file);
	return ret;
}

static long vfs_fallocate(struct file *file, int mode, loff_t offset,
			  loff_t len)
{
	if (offset < 0 || len <= 0)
		return -EINVAL;
	if ((mode & FALLOC_FL_PUNCH_HOLE) && !(mode & FALLOC_FL_KEEP_SIZE))
		return -EOPNOTSUPP;
	if (!(file->f_mode & FMODE_WRITE))
		return -EBADF;
	if (offset + len < 0)
		return -EFBIG;
	if (!file->f_op->fallocate)
		return -EOPNOTSUPP;
	return outside(file->f_op->fallocate(file, mode, offset, len));
}

long sys_fallocate(int fd, int mode, loff_t offset, loff_t len)
{
	struct file *file = fget(fd);
	long ret;

	if (!file)
		return -EBADF;
	ret = vfs_fallocate(file, mode, offset, len);
	fput(file);
	return ret;
}

void fs_close_all(void)
{
	unsigned int fd;

	for (fd = 0; fd < MAX_FDS; fd++)
		close_fd(fd);
}
