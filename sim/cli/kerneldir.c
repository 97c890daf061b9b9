// SPDX-License-Identifier: GPL-2.0-only
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kerneldir.h"

char *cli_kernel_dir(void)
{
	const char *given = getenv("PFNSIM_KERNELS");
	char path[PATH_MAX];
	ssize_t len;
	char *dir;

	if (given && *given)
		return strdup(given);
	len = readlink("/proc/self/exe", path, sizeof(path));
	while (len > 0 && len < (ssize_t)sizeof(path) && path[len - 1] != '/')
		len--;
	if (len <= 0 || len >= (ssize_t)sizeof(path))
		return NULL;
	return asprintf(&dir, "%.*skernels", (int)len, path) < 0 ? NULL : dir;
}
