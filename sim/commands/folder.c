// SPDX-License-Identifier: GPL-2.0-only
#include "folder.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int remove_entry(const char *path, const struct stat *st, int type,
			struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

int folder_remove(const char *path)
{
	if (nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS) &&
	    errno != ENOENT)
		return -errno;
	return 0;
}

int folder_make(const char *path)
{
	char *part = strdup(path);
	int err = part ? 0 : -ENOMEM;

	for (char *at = part; at && !err; *at = '/') {
		at = strchr(at + 1, '/');
		if (!at)
			break;
		*at = '\0';
		if (mkdir(part, 0777) && errno != EEXIST)
			err = -errno;
	}
	if (!err && mkdir(path, 0777) && errno != EEXIST)
		err = -errno;
	free(part);
	return err;
}
