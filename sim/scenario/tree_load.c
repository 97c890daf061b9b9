// SPDX-License-Identifier: GPL-2.0-only
#include "tree.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "text.h"

static const struct pos whole_file;

/* Bytes that were read, at most @size; or a negative errno. */
static ssize_t read_all(int fd, char *buf, size_t size)
{
	size_t len = 0;

	while (len < size) {
		ssize_t nr = read(fd, buf + len, size - len);

		if (!nr)
			break;
		if (nr < 0 && errno == EINTR)
			continue;
		if (nr < 0)
			return -errno;
		len += nr;
	}
	return len;
}

/*
 * The size is measured by reading: a device or a pipe has none, and a file may
 * grow meanwhile.
 */
static int load(int fd, struct diags *diags, size_t max)
{
	char *buf = text_alloc(max + 1);
	ssize_t len = read_all(fd, buf, max + 1);

	if (len > (ssize_t)max) {
		diag_add(diags, DIAG_ERROR, whole_file,
			 "the file is larger than %zu MiB", max >> 20);
		len = -EFBIG;
	} else if (len < 0) {
		diag_add(diags, DIAG_ERROR, whole_file, "%s",
			 strerrordesc_np(-len));
	} else {
		tree_set_source(diags, buf, len);
	}
	free(buf);
	return len < 0 ? len : 0;
}

int tree_load(const char *path, struct diags *diags,
	      const struct tree_limits *limits)
{
	int fd, err;

	diags_set_file(diags, path);
	fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (fd < 0) {
		err = -errno;
		diag_add(diags, DIAG_ERROR, whole_file, "%s",
			 strerrordesc_np(-err));
		return err;
	}
	err = load(fd, diags, limits->bytes);
	close(fd);
	return err;
}
