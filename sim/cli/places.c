// SPDX-License-Identifier: GPL-2.0-only
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "places.h"

/* Puts the folder of the running program into @path, with a slash at its end. */
static bool own_folder(char path[PATH_MAX])
{
	ssize_t len = readlink("/proc/self/exe", path, PATH_MAX - 1);

	while (len > 0 && path[len - 1] != '/')
		len--;
	path[len > 0 ? len : 0] = '\0';
	return len > 0;
}

/* @relative to the folder of the program, without dots in it; NULL: not there. */
static char *beside_us(const char *relative)
{
	char path[PATH_MAX], *joined, *real;

	if (!own_folder(path) || asprintf(&joined, "%s%s", path, relative) < 0)
		return NULL;
	real = realpath(joined, NULL);
	free(joined);
	return real;
}

const char *place_of_data(void)
{
	static char *found;
	static bool looked;

	if (!looked)
		found = beside_us(PFNSIM_DATA_FROM_BIN);
	looked = true;
	return found;
}

/* @name in the data that was installed, kept in @kept, or @built. */
static const char *in_data(const char *name, char **kept, const char *built)
{
	const char *data = place_of_data();

	if (!data)
		return built;
	if (!*kept && asprintf(kept, "%s/%s", data, name) < 0)
		abort();
	return *kept;
}

const char *place_of_sources(void)
{
	static char *kept;

	return in_data("build", &kept, PFNSIM_SOURCE_DIR);
}

const char *place_of_scenarios(void)
{
	static char *kept;

	return in_data("scenarios", &kept, PFNSIM_SOURCE_DIR "/scenarios");
}

static const char *set_variable(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

/* A path that is not absolute is to be ignored, says the XDG specification. */
static char *user_kernels(void)
{
	const char *data = set_variable("XDG_DATA_HOME");
	const char *home = set_variable("HOME");
	char *path = NULL;
	int len = -1;

	if (data && *data == '/')
		len = asprintf(&path, "%s/pfnsim/kernels", data);
	else if (home)
		len = asprintf(&path, "%s/.local/share/pfnsim/kernels", home);
	return len < 0 ? NULL : path;
}

char *cli_kernel_dir(void)
{
	const char *given = set_variable("PFNSIM_KERNELS");
	char folder[PATH_MAX], *path;

	if (given)
		return strdup(given);
	if (place_of_data())
		return user_kernels();
	if (!own_folder(folder))
		return NULL;
	return asprintf(&path, "%skernels", folder) < 0 ? NULL : path;
}

char *cli_installed_kernels(void)
{
	if (set_variable("PFNSIM_KERNELS") || !place_of_data())
		return NULL;
	return beside_us(PFNSIM_LIB_FROM_BIN "/kernels");
}

char *cli_program(const char *name)
{
	char *folder = place_of_data() ? beside_us(PFNSIM_LIB_FROM_BIN) :
					 beside_us(".");
	char *path;

	if (!folder || asprintf(&path, "%s/%s", folder, name) < 0)
		path = NULL;
	free(folder);
	return path;
}
