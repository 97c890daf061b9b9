// SPDX-License-Identifier: GPL-2.0-only
#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "engine.h"
#include "session.h"

/* flock() is tried so often: a handler with SA_RESTART would have it go on. */
#define RETRY_NS 50000000

static int wait_for(int fd, const char *what, bool *told)
{
	const struct timespec pause = { .tv_nsec = RETRY_NS };

	while (flock(fd, LOCK_EX | LOCK_NB)) {
		if (errno != EWOULDBLOCK && errno != EINTR)
			return -errno;
		if (engine.interrupted)
			return -EINTR;
		if (!*told)
			fprintf(stderr,
				"pfnsim: waiting for another pfnsim "
				"that %s\n",
				what);
		*told = true;
		nanosleep(&pause, NULL);
	}
	return 0;
}

/* Who had the lock may have taken its file away. */
static bool is_still_there(int fd, const char *path)
{
	struct stat ours, named;

	return !fstat(fd, &ours) && !stat(path, &named) &&
	       ours.st_dev == named.st_dev && ours.st_ino == named.st_ino;
}

int lock_take(struct lock *lock, const char *path, const char *what)
{
	bool told = false;
	int fd, err;

	*lock = (struct lock){ .fd = -1 };
	do {
		fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
		err = fd < 0 ? -errno : wait_for(fd, what, &told);
		if (!err && is_still_there(fd, path)) {
			lock->path = text_of("%s", path);
			lock->fd = fd;
			return 0;
		}
		if (fd >= 0)
			close(fd);
	} while (!err);
	if (err == -EINTR)
		return 3;
	fprintf(stderr, "pfnsim: %s: %s\n", path, strerror(-err));
	return 4;
}

void lock_release(struct lock *lock)
{
	if (lock->path)
		close(lock->fd);
	free(lock->path);
	*lock = (struct lock){ .fd = -1 };
}

void lock_remove(struct lock *lock)
{
	if (lock->path)
		unlink(lock->path);
	lock_release(lock);
}
