// SPDX-License-Identifier: GPL-2.0-only
#include "progress.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static struct {
	enum { NOTHING, OVER_AND_OVER, NOW_AND_THEN } form;
	const char *name;
	uint64_t next; /* executions at which the next line is due */
	bool shown;
} progress;

static bool can_write_over(void)
{
	const char *term = getenv("TERM"), *ci = getenv("CI");

	return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") &&
	       !(ci && *ci);
}

void progress_begin(const struct cli_options *options, const char *name)
{
	progress.form = options->quiet	 ? NOTHING :
			can_write_over() ? OVER_AND_OVER :
					   NOW_AND_THEN;
	progress.name = name;
	progress.next = 10;
	progress.shown = false;
}

/* ", 40 s left", where that can be told. */
static void print_rest(const struct explore_report *report)
{
	double rest = report->estimate - report->searched;

	if (report->stage == STAGE_ALL && report->estimate > 0 &&
	    report->searched > 0 && rest >= 0)
		fprintf(stderr, ", %.0f s left",
			rest / report->executions * report->seconds);
}

static void print_state(const struct explore_report *report)
{
	char *space = explore_space_text(report);
	char *covered = explore_covered_text(report);

	fprintf(stderr,
		"explore %s: %s%s, %" PRIu64 " executions, %.1f k/s, "
		"depth %" PRIu64,
		progress.name, space, covered, report->executions,
		report->seconds > 0 ?
			report->executions / report->seconds / 1000 :
			0,
		report->deepest);
	print_rest(report);
	free(covered);
	free(space);
}

void progress_show(const struct explore_report *report)
{
	switch (progress.form) {
	case NOTHING:
		break;
	case OVER_AND_OVER:
		fputc('\r', stderr);
		print_state(report);
		fputs("\033[K", stderr);
		progress.shown = true;
		break;
	case NOW_AND_THEN:
		if (report->executions < progress.next)
			break;
		while (progress.next <= report->executions)
			progress.next *= 10;
		print_state(report);
		fputc('\n', stderr);
		break;
	}
}

void progress_clear(void)
{
	if (progress.shown)
		fputs("\r\033[K", stderr);
	progress.shown = false;
}
