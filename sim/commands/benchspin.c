// SPDX-License-Identifier: GPL-2.0-only
#include "benchspin.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "escape.h"

/*
 * The line that starts with @key or has it inside, from the output of SPIN: the
 * number before the key.
 */
static double number_before(const char *text, const char *key)
{
	const char *at = strstr(text, key);

	while (at && at > text && at[-1] != '\n')
		at--;
	return at ? strtod(at, NULL) : -1;
}

static double number_behind(const char *text, const char *key)
{
	const char *at = strstr(text, key);

	return at ? strtod(at + strlen(key), NULL) : -1;
}

/* What @command prints, or NULL where it fails; free() it. */
static char *output_of(const char *command)
{
	char *text = NULL;
	size_t size = 0;
	FILE *pipe;

	fflush(NULL);
	pipe = popen(command, "re");
	if (!pipe)
		return NULL;
	if (getdelim(&text, &size, '\0', pipe) < 0) {
		free(text);
		text = strdup("");
	}
	if (!pclose(pipe))
		return text;
	free(text);
	return NULL;
}

bool spin_version(char *version, unsigned long size)
{
	static const char prefix[] = "Spin Version ";
	char *text = output_of("exec spin -V 2>/dev/null");
	const char *at = text ? strstr(text, prefix) : NULL;

	if (at) {
		at += strlen(prefix);
		snprintf(version, size, "%.*s", (int)strcspn(at, " \n"), at);
	}
	free(text);
	return at;
}

static int read_figures(const char *text, struct spin_figures *figures)
{
	struct spin_figures got = {
		.states = number_before(text, " states, stored"),
		.errors = number_behind(text, "errors: "),
		.seconds = number_behind(text, "elapsed time "),
		.megabytes = number_before(text, "total actual memory usage"),
	};

	if (!strstr(text, " states, stored") || got.seconds < 0)
		return -EPROTO;
	*figures = got;
	return 0;
}

static char *search(const char *dir, const char *model,
		    unsigned int invalidators, unsigned int attempts)
{
	struct buf command = { 0 };
	char *text;

	buf_printf(&command, "cd %s && spin -a -DI=%u -DR=%u ", dir,
		   invalidators, attempts);
	escape_shell(&command, model);
	buf_puts(&command, " >log 2>&1 && "
			   "cc -O2 -DSAFETY -o pan pan.c >>log 2>&1 && "
			   "./pan -m100000");
	text = command.failed ? NULL : output_of(buf_get(&command));
	buf_deinit(&command);
	return text;
}

int spin_search(const char *model, unsigned int invalidators,
		unsigned int attempts, struct spin_figures *figures, char *why,
		unsigned long size)
{
	char dir[] = "/tmp/pfnsim-spin-XXXXXX", remove[64];
	int ret = -EPROTO;
	char *text;

	if (!mkdtemp(dir)) {
		ret = -errno;
		snprintf(why, size, "%s: %s", dir, strerror(errno));
		return ret;
	}
	text = search(dir, model, invalidators, attempts);
	if (text)
		ret = read_figures(text, figures);
	if (ret)
		snprintf(why, size,
			 "SPIN did not search %s; is there a C compiler?",
			 model);
	snprintf(remove, sizeof(remove), "rm -rf %s", dir);
	free(output_of(remove));
	free(text);
	return ret;
}
