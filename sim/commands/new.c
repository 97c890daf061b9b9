// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim new`: a scenario to begin with, which lints and runs as it is. */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "commands.h"
#include "escape.h"
#include "session.h"
#include "text.h"

/* skeleton.yaml, where NAME stands for the scenario's name. */
extern const char new_skeleton[];

static const char placeholder[] = "name: NAME\n";

/* As the format wants names; it goes into the file as it is. */
static bool is_name(const char *name, size_t len)
{
	static const char first[] = "abcdefghijklmnopqrstuvwxyz0123456789";
	static const char all[] = "abcdefghijklmnopqrstuvwxyz0123456789_-";

	return len && strchr(first, name[0]) && strspn(name, all) == len;
}

/* "a", "a.yaml" and "b/a.yaml" make a.yaml: its path and the length of a. */
static char *path_of(const char *operand, const char **name, size_t *len)
{
	const char *slash = strrchr(operand, '/');

	*name = slash ? slash + 1 : operand;
	*len = strlen(*name);
	if (*len > 5 && !strcmp(*name + *len - 5, ".yaml")) {
		*len -= 5;
		return text_of("%s", operand);
	}
	return text_of("%s.yaml", operand);
}

/* Returns 0 or a negative errno; never touches a file that is there. */
static int write_skeleton(const char *path, const char *name, size_t len)
{
	const char *at = strstr(new_skeleton, placeholder);
	const char *rest = at + strlen(placeholder) - 1;
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	bool good;

	if (!file)
		return -errno;
	good = fprintf(file, "%.*sname: %.*s%s", (int)(at - new_skeleton),
		       new_skeleton, (int)len, name, rest) > 0;
	return fclose(file) || !good ? -errno : 0;
}

static void say_what_next(const char *path)
{
	struct buf word = { 0 };

	escape_shell(&word, path);
	printf("wrote %s; next:\n"
	       "  pfnsim lint %s\n"
	       "  pfnsim run %s\n"
	       "  pfnsim explore %s\n",
	       path, buf_get(&word), buf_get(&word), buf_get(&word));
	buf_deinit(&word);
}

int command_new(const struct cli_options *options)
{
	const char *name;
	size_t len;
	char *path = path_of(options->operands[0], &name, &len);
	int err = 0, status = 0;

	if (!is_name(name, len)) {
		fprintf(stderr, "pfnsim: a scenario's name has a-z, 0-9, - and "
				"_ only, and starts with a letter or digit\n");
		status = 2;
	} else {
		err = write_skeleton(path, name, len);
	}
	if (err) {
		fprintf(stderr, "pfnsim: %s: %s\n", path, strerror(-err));
		status = 2;
	} else if (!status && !options->quiet) {
		say_what_next(path);
	}
	free(path);
	return status;
}
