// SPDX-License-Identifier: GPL-2.0-only
/*
 * Open files: references, descriptors, and when release() runs.
 */
#include <linux/anon_inodes.h>
#include <linux/falloc.h>
#include <linux/file.h>
#include <linux/miscdevice.h>
#include <linux/pagemap.h>
#include <linux/stat.h>
#include <linux/string.h>
#include <pfnsim/fs.h>

#include "shim_test.h"

static struct file *file, *slot;
static char order[8];
static int released, used;

static int test_release(struct inode *inode, struct file *closing)
{
	CHECK(file_inode(closing) == inode && inode->i_count > 0);
	order[strlen(order)] = *(const char *)closing->private_data;
	if (slot == closing)
		slot = NULL;
	released++;
	return 0;
}

static long test_fallocate(struct file *of, int mode, loff_t offset, loff_t len)
{
	used++;
	return 0;
}

static const struct file_operations fops = {
	.release = test_release,
	.fallocate = test_fallocate,
};

static struct file *open_as(const char *letter)
{
	return anon_inode_getfile("[test]", &fops, (void *)letter, O_RDWR);
}

static void init(void)
{
	released = used = 0;
	memset(order, 0, sizeof(order));
	file = slot = open_as("a");
}

/* ---- References ---------------------------------------------------------- */

static void active_gets_one(void)
{
	CHECK(file->f_count == 1);
	CHECK(get_file_active(&slot) == file && file->f_count == 2);
	fput(file);
	CHECK(file->f_count == 1);
	fs_exit_to_user();
	CHECK(!released);
}

static void active_of_nothing(void)
{
	slot = NULL;
	CHECK(!get_file_active(&slot));
}

static void active_of_dying(void)
{
	fput(file);
	CHECK(!released && slot == file);
	CHECK(!get_file_active(&slot) && !file->f_count);
	fs_exit_to_user();
	CHECK(released == 1);
}

static void active_user(void)
{
	struct file *mine = get_file_active(&slot);

	if (!mine)
		return;
	CHECK(!released);
	smp_mb();
	CHECK(!released);
	fput(mine);
}

static void last_put(void)
{
	fput(file);
}

static void released_once(void)
{
	CHECK(released == 1 && !slot);
}

static void get_dying(void)
{
	fput(file);
	get_file(file);
}

static void put_dying(void)
{
	fput(file);
	fput(file);
}

/* ---- Release ------------------------------------------------------------- */

static void deferred(void)
{
	fput(file);
	CHECK(!released);
	smp_mb();
	CHECK(!released);
	fs_exit_to_user();
	CHECK(released == 1);
}

static void last_first(void)
{
	struct file *second = open_as("b"), *third = open_as("c");

	fput(file);
	fput(second);
	fput(third);
	fs_exit_to_user();
	CHECK(!strcmp(order, "cba"));
}

static int put_another(struct inode *inode, struct file *closing)
{
	order[strlen(order)] = 'n';
	fput(file);
	CHECK(!released);
	return 0;
}

static const struct file_operations nested_fops = { .release = put_another };

static void release_puts_a_file(void)
{
	fput(anon_inode_getfile("[outer]", &nested_fops, NULL, O_RDWR));
	fs_exit_to_user();
	CHECK(!strcmp(order, "na") && released == 1);
}

/* ---- Inodes -------------------------------------------------------------- */

static void inodes(void)
{
	struct file *second = open_as("b");
	struct file *own = anon_inode_create_getfile("[own]", &fops, "o",
						     O_RDWR, NULL);

	CHECK(file_inode(file) == file_inode(second));
	CHECK(file_inode(own) != file_inode(file));
	CHECK(own->f_mapping == file_inode(own)->i_mapping);
	CHECK(own->f_mapping->host == file_inode(own));
	CHECK(IS_PRIVATE(file_inode(own)));
	CHECK(own->f_mode & FMODE_READ && own->f_mode & FMODE_WRITE);
}

static void reader_cannot_write(void)
{
	struct file *reader = anon_inode_getfile("[r]", &fops, "r", O_RDONLY);
	int fd = get_unused_fd_flags(0);

	CHECK(reader->f_mode == FMODE_READ);
	fd_install(fd, reader);
	CHECK(sys_fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 4096) == -EBADF);
}

static void attributes(void)
{
	struct kstat stat = {};

	i_size_write(file_inode(file), 12345);
	CHECK(i_size_read(file_inode(file)) == 12345);
	generic_fillattr(NULL, 0, file_inode(file), &stat);
	CHECK(stat.size == 12345 && stat.mode == file_inode(file)->i_mode);
	CHECK(!generic_file_open(file_inode(file), file));
	file->f_pos = 7;
	CHECK(noop_llseek(file, 100, 0) == 7 && file->f_pos == 7);
	CHECK(!file_modified(file));
}

/* ---- Descriptors --------------------------------------------------------- */

static void lowest_first(void)
{
	int one = get_unused_fd_flags(0), two = get_unused_fd_flags(0);

	CHECK(two == one + 1);
	put_unused_fd(one);
	CHECK(get_unused_fd_flags(0) == one);
	put_unused_fd(one);
	put_unused_fd(two);
}

static void no_more_than_allowed(void)
{
	int next = get_unused_fd_flags(0);

	put_unused_fd(next);
	fs_boot(next + 1);
	CHECK(get_unused_fd_flags(0) == next);
	CHECK(get_unused_fd_flags(0) == -EMFILE);
	put_unused_fd(next);
	CHECK(get_unused_fd_flags(0) == next);
	put_unused_fd(next);
}

static void reserved_is_not_open(void)
{
	int fd = get_unused_fd_flags(0);

	CHECK(!fget(fd) && sys_close(fd) == -EBADF);
	fd_install(fd, file);
	CHECK(fget(fd) == file && file->f_count == 2);
	fput(file);
	CHECK(!sys_close(fd) && !fget(fd));
	CHECK(sys_close(fd) == -EBADF);
	fs_exit_to_user();
	CHECK(released == 1);
}

static void close_beside_use(void)
{
	int fd = get_unused_fd_flags(0);
	struct file *mine;

	fd_install(fd, file);
	mine = fget(fd);
	CHECK(!sys_close(fd));
	fs_exit_to_user();
	CHECK(!released && mine->f_count == 1);
	fput(mine);
	fs_exit_to_user();
	CHECK(released == 1);
}

static int shared_fd;

static void init_fd(void)
{
	init();
	shared_fd = get_unused_fd_flags(0);
	fd_install(shared_fd, file);
}

static void close_it(void)
{
	CHECK(!sys_close(shared_fd));
}

static void use_it(void)
{
	long ret = sys_fallocate(shared_fd, FALLOC_FL_KEEP_SIZE, 0, 4096);

	CHECK(ret == (used ? 0 : -EBADF));
}

static void getfd(void)
{
	int fd = anon_inode_getfd("[test]", &fops, "f", O_RDWR);
	struct file *opened = fget(fd);

	CHECK(fd >= 0 && opened && opened->f_op == &fops);
	CHECK(opened->f_count == 2);
	fput(opened);
	CHECK(!sys_close(fd));
}

static void fallocate_arguments(void)
{
	int fd = get_unused_fd_flags(0);
	int punch = FALLOC_FL_PUNCH_HOLE;

	fd_install(fd, file);
	CHECK(sys_fallocate(fd, FALLOC_FL_KEEP_SIZE, -1, 1) == -EINVAL);
	CHECK(sys_fallocate(fd, FALLOC_FL_KEEP_SIZE, 0, 0) == -EINVAL);
	CHECK(sys_fallocate(fd, punch, 0, 1) == -EOPNOTSUPP);
	CHECK(!used);
	CHECK(!sys_fallocate(fd, punch | FALLOC_FL_KEEP_SIZE, 0, 1) && used);
}

static void misc_twice(void)
{
	static struct miscdevice again = { .minor = KVM_MINOR,
					   .name = "again" };

	CHECK(misc_register(&again) == -EBUSY);
}

#define FILES(title, names, source, function)                                  \
	LONE_TEST(title, names, source, init, function)

DEFINE_SHIM_TESTS(
	fs_files,
	FILES("fs/get_file_active-takes-a-reference", "get_file_active fput",
	      "fs/file.c, get_file_active(): a file whose count is not zero, with a reference more",
	      active_gets_one),
	FILES("fs/get_file_active-of-an-empty-slot", "get_file_active",
	      "fs/file.c, get_file_active(): NULL where there is no file",
	      active_of_nothing),
	FILES("fs/get_file_active-finds-no-file-that-is-closing",
	      "get_file_active fput",
	      "fs/file.c, get_file_active(): NULL where the count is zero, though release() has not run",
	      active_of_dying),
	{ .name = "fs/get_file_active-against-the-last-fput",
	  .of = "get_file_active fput",
	  .follows =
		  "Documentation/filesystems/files.rst: who got a reference keeps the file from being released",
	  .tasks = 3,
	  .setup = init,
	  .task = { active_user, last_put, active_user },
	  .check = released_once,
	  .expect = NO_VIOLATION },
	BAD_TEST(
		"fs/get_file-of-a-file-that-is-closing", "get_file",
		"include/linux/fs.h, get_file(): a WARN where the count was zero",
		init, get_dying, V_REFCOUNT),
	BAD_TEST(
		"fs/fput-too-often", "fput",
		"include/linux/file_ref.h: a reference must be put once; the count of a dead file is not touched again",
		init, put_dying, V_REFCOUNT),
	FILES("fs/fput-defers-release-to-the-return-to-user-space", "fput",
	      "fs/file_table.c, fput(): adds task work for the last reference, which runs on the way to user space",
	      deferred),
	FILES("fs/task-work-runs-last-first", "fput",
	      "kernel/task_work.c, task_work_add(): work is pushed to the front, the order of its run is not first in first out",
	      last_first),
	FILES("fs/release-may-put-files", "fput",
	      "kernel/task_work.c, task_work_run(): goes on until there is no work left",
	      release_puts_a_file),
	FILES("fs/anonymous-files-share-an-inode-or-have-their-own",
	      "anon_inode_getfile anon_inode_create_getfile file_inode",
	      "fs/anon_inodes.c: anon_inode_getfile() shares a single inode, anon_inode_create_getfile() makes one",
	      inodes),
	FILES("fs/a-file-opened-for-reading-is-not-written",
	      "anon_inode_getfile fd_install",
	      "fs/open.c, vfs_fallocate(): -EBADF without FMODE_WRITE",
	      reader_cannot_write),
	FILES("fs/attributes-and-position",
	      "generic_fillattr generic_file_open noop_llseek i_size_read file_modified",
	      "fs/stat.c, generic_fillattr(): from the inode; fs/read_write.c, noop_llseek(): does not move",
	      attributes),
	FILES("fs/the-lowest-descriptor-is-taken",
	      "get_unused_fd_flags put_unused_fd",
	      "fs/file.c, alloc_fd(): the lowest number that is free",
	      lowest_first),
	FILES("fs/no-more-descriptors-than-allowed",
	      "get_unused_fd_flags put_unused_fd",
	      "fs/file.c, alloc_fd(): EMFILE where the number would reach RLIMIT_NOFILE",
	      no_more_than_allowed),
	FILES("fs/a-reserved-descriptor-is-not-open",
	      "get_unused_fd_flags fd_install fget",
	      "fs/file.c, fd_install(): only from here on can a lookup find the file; it owns the caller's reference",
	      reserved_is_not_open),
	FILES("fs/close-drops-the-table's-reference", "fget fput",
	      "fs/open.c, filp_close(): others that use the file keep it",
	      close_beside_use),
	{ .name = "fs/close-against-a-system-call",
	  .of = "fget fput",
	  .follows =
		  "fs/file.c, fget(): a file with a reference, or NULL once the descriptor is closed",
	  .tasks = 2,
	  .setup = init_fd,
	  .task = { close_it, use_it },
	  .check = released_once,
	  .expect = NO_VIOLATION },
	FILES("fs/anon_inode_getfd-installs-the-file", "anon_inode_getfd",
	      "fs/anon_inodes.c, anon_inode_getfd(): returns a descriptor of a new file",
	      getfd),
	FILES("fs/fallocate-checks-its-arguments", "fd_install",
	      "fs/open.c, vfs_fallocate(): -EINVAL for a bad range, -EOPNOTSUPP for a hole that would change the size",
	      fallocate_arguments),
	FILES("fs/a-minor-is-registered-once", "misc_register",
	      "drivers/char/misc.c, misc_register(): -EBUSY where the minor is taken",
	      misc_twice));
