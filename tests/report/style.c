// SPDX-License-Identifier: GPL-2.0-only
/* Width and colour: what the user says, what the terminal is. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "style.h"

static void forget_environment(void)
{
	unsetenv("COLUMNS");
	unsetenv("NO_COLOR");
	setenv("TERM", "xterm", 1);
}

TestSuite(report_style, .init = forget_environment);

/* A terminal of @columns; its other end stays open until the test ends. */
static int open_terminal(unsigned short columns)
{
	struct winsize size = { .ws_row = 24, .ws_col = columns };
	int other = posix_openpt(O_RDWR | O_NOCTTY), fd;

	if (other < 0)
		cr_skip_test("no pseudo-terminals here");
	cr_assert(!grantpt(other) && !unlockpt(other));
	fd = open(ptsname(other), O_RDWR | O_NOCTTY);
	cr_assert_geq(fd, 0);
	cr_assert(!ioctl(fd, TIOCSWINSZ, &size));
	return fd;
}

static unsigned int columns_with(const char *environment, int fd)
{
	struct report_style style;

	if (environment)
		setenv("COLUMNS", environment, 1);
	style_init(&style, fd, COLOR_AUTO);
	return style.columns;
}

Test(report_style, columns_is_the_width)
{
	cr_assert_eq(columns_with("77", -1), 77);
	cr_assert_eq(columns_with("77", open_terminal(50)), 77);
}

Test(report_style, width_of_the_terminal)
{
	cr_assert_eq(columns_with(NULL, open_terminal(50)), 50);
	cr_assert_eq(columns_with("abc", open_terminal(50)), 50);
	cr_assert_eq(columns_with("", open_terminal(50)), 50);
}

Test(report_style, width_without_a_terminal)
{
	cr_assert_eq(columns_with(NULL, -1), 100);
	cr_assert_eq(columns_with("0", -1), 100);
	cr_assert_eq(columns_with(NULL, open_terminal(0)), 100);
}

Test(report_style, width_has_limits)
{
	cr_assert_eq(columns_with("1", -1), STYLE_MIN_COLUMNS);
	cr_assert_eq(columns_with("99999999999999999999", -1),
		     STYLE_MAX_COLUMNS);
}

static bool color_with(int fd, enum color_when when)
{
	struct report_style style;

	style_init(&style, fd, when);
	return style.color;
}

Test(report_style, the_option_decides_first)
{
	setenv("NO_COLOR", "1", 1);
	cr_assert(color_with(-1, COLOR_ALWAYS));
	unsetenv("NO_COLOR");
	cr_assert(!color_with(open_terminal(80), COLOR_NEVER));
}

Test(report_style, colour_is_for_terminals)
{
	cr_assert(color_with(open_terminal(80), COLOR_AUTO));
	cr_assert(!color_with(-1, COLOR_AUTO));
	setenv("TERM", "dumb", 1);
	cr_assert(!color_with(open_terminal(80), COLOR_AUTO));
	unsetenv("TERM");
	cr_assert(!color_with(open_terminal(80), COLOR_AUTO));
}

Test(report_style, no_color_counts_when_not_empty)
{
	setenv("NO_COLOR", "", 1);
	cr_assert(color_with(open_terminal(80), COLOR_AUTO));
	setenv("NO_COLOR", "1", 1);
	cr_assert(!color_with(open_terminal(80), COLOR_AUTO));
}

Test(report_style, a_reader_that_went_away_is_no_error)
{
	FILE *full = fopen("/dev/full", "w");
	int ends[2];
	FILE *out;

	signal(SIGPIPE, SIG_IGN);
	cr_assert(!pipe(ends));
	close(ends[0]);
	out = fdopen(ends[1], "w");
	fputs("text", out);
	cr_assert_eq(stream_flush(out), 0);
	if (full) {
		fputs("text", full);
		cr_assert_eq(stream_flush(full), -ENOSPC);
	}
}
