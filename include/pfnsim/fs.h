/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The system calls on files and what happens when a task returns from one.
 * All of it runs on the calling task; there is one process.
 *
 * Fidelity: EMULATED - each function does what its system call does below the
 * entry code, and returns what that returns.
 */
#ifndef PFNSIM_FS_H
#define PFNSIM_FS_H

#include <linux/fs.h>

/* The process may have @max_fds descriptors; 0: as many as there can be. */
void fs_boot(unsigned long max_fds);

/* Opens the registered character device @minor: a descriptor or -errno. */
long sys_open_misc(int minor);
long sys_ioctl(unsigned int fd, unsigned int cmd, unsigned long arg);
long sys_fallocate(int fd, int mode, loff_t offset, loff_t len);
long sys_ftruncate(unsigned int fd, loff_t size);
/* The size in bytes that fstat() tells, or -errno. */
long sys_fstat_size(unsigned int fd);
long sys_close(unsigned int fd);

/*
 * Returns to user space: runs the releases that this task's operation
 * deferred, until there are none.
 */
void fs_exit_to_user(void);
/* Closes every descriptor, as the exit of the process does. */
void fs_close_all(void);

/* After the last file is gone: what the files shared goes, too. */
void fs_exit(void);

/* The file behind @fd without a reference, or NULL; for views only. */
struct file *fs_peek(unsigned int fd);
/* @file where it is open, or waits for its release, else NULL. */
struct file *fs_find_open(unsigned long file);
#endif /* PFNSIM_FS_H */
