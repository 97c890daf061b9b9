// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <langinfo.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "style.h"

#define DEFAULT_COLUMNS 100

/* Columns that the environment asks for, 0 where it does not. */
static unsigned long columns_of_environment(void)
{
	const char *value = getenv("COLUMNS");
	unsigned long columns;
	char *end;

	if (!value || *value < '0' || *value > '9')
		return 0;
	columns = strtoul(value, &end, 10);
	return *end ? 0 : columns;
}

static unsigned long columns_of_terminal(int fd)
{
	struct winsize size;

	return ioctl(fd, TIOCGWINSZ, &size) ? 0 : size.ws_col;
}

static unsigned int page_columns(int fd)
{
	unsigned long columns = columns_of_environment();

	if (!columns)
		columns = columns_of_terminal(fd);
	if (!columns)
		columns = DEFAULT_COLUMNS;
	if (columns < STYLE_MIN_COLUMNS)
		columns = STYLE_MIN_COLUMNS;
	if (columns > STYLE_MAX_COLUMNS)
		columns = STYLE_MAX_COLUMNS;
	return columns;
}

static bool wants_color(int fd, enum color_when when)
{
	const char *no_color = getenv("NO_COLOR");
	const char *term = getenv("TERM");

	if (when != COLOR_AUTO)
		return when == COLOR_ALWAYS;
	if (no_color && *no_color)
		return false;
	return isatty(fd) && term && strcmp(term, "dumb");
}

void style_init(struct report_style *style, int fd, enum color_when when)
{
	memset(style, 0, sizeof(*style));
	style->columns = page_columns(fd);
	style->color = wants_color(fd, when);
	style->utf8 = !strcmp(nl_langinfo(CODESET), "UTF-8");
}

const char *style_on(const struct report_style *style, enum style_part part)
{
	static const char *const sequences[] = {
		[PART_PLAIN] = "",	   [PART_GOOD] = "\033[32m",
		[PART_KNOWN] = "\033[33m", [PART_BAD] = "\033[1;31m",
		[PART_DIM] = "\033[2m",	   [PART_HEAD] = "\033[1m",
	};

	return style->color ? sequences[part] : "";
}

const char *style_off(const struct report_style *style, enum style_part part)
{
	return style->color && part != PART_PLAIN ? "\033[0m" : "";
}

void stream_init(void)
{
	signal(SIGPIPE, SIG_DFL);
}

int stream_flush(FILE *out)
{
	int err = 0;

	if (fflush(out))
		err = -errno;
	else if (ferror(out))
		err = -EIO;
	return err == -EPIPE ? 0 : err;
}
