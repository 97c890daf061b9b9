// SPDX-License-Identifier: GPL-2.0-only
/* Signals, streams that are closed or full, and scenarios at the limits. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <criterion/criterion.h>

#include "fixture.h"

TestSuite(streams, .init = folder_enter, .fini = folder_leave);

/* ---- Interrupts -------------------------------------------------------- */

static const char known_livelock[] = "xfail:\n"
				     "  - kernel: '*'\n"
				     "    fails: livelock\n"
				     "    why: it retries for ever\n";

/* Many files, each of which takes a while on the kernel. */
static struct child start_many(const char *kernel, const char *format)
{
	static const char *arguments[128] = { "run", "--kernel-dir",
					      "kernels" };
	static char names[100][16];
	int nr = 3;

	link_kernels((const char *const[]){ kernel, NULL });
	arguments[nr++] = format;
	for (int i = 0; i < 100; i++) {
		snprintf(names[i], sizeof(names[i]), "f%d", i);
		write_scenario(names[i], known_livelock, "clock", case_good);
		strcat(names[i], ".yaml");
		arguments[nr++] = names[i];
	}
	arguments[nr] = NULL;
	return child_start(arguments);
}

/* Interrupts once something was printed; what was read is lost. */
static struct outcome interrupt(struct child *child)
{
	char byte;

	cr_assert_eq(read(child->out, &byte, 1), 1);
	kill(child->pid, SIGINT);
	return child_end(child);
}

Test(streams, an_interrupt_ends_the_run_with_what_is_known)
{
	struct child child = start_many("spins", "--format=text");
	struct outcome outcome = interrupt(&child);

	expect_status(&outcome, 3);
	expect_out(&outcome, "\ninterrupted: what is above is all that ran\n");
	expect_out(&outcome, " known failure");
	expect_out(&outcome, "0 passed, ");
	cr_assert_null(strstr(outcome.out, "f99"));
	outcome_free(&outcome);
}

Test(streams, an_interrupted_file_is_not_ok_in_ktap)
{
	struct child child = start_many("spins", "--format=ktap");
	struct outcome outcome = interrupt(&child);

	expect_status(&outcome, 3);
	cr_assert_null(strstr(outcome.out, "f99"));
	outcome_free(&outcome);
}

Test(streams, interrupted_json_is_json)
{
	struct child child = start_many("spins", "--format=json");
	struct outcome outcome = interrupt(&child);
	char *whole = NULL;

	expect_status(&outcome, 3);
	cr_assert_geq(asprintf(&whole, "{%s", outcome.out), 0);
	cr_assert(json_is_valid(whole), "%s", whole);
	free(whole);
	outcome_free(&outcome);
}

static void wait_ms(long ms)
{
	nanosleep(&(struct timespec){ .tv_nsec = ms * 1000000 }, NULL);
}

Test(streams, a_second_interrupt_kills)
{
	struct child child = start_many("loops", "--format=text");
	struct outcome outcome;

	wait_ms(300);
	kill(child.pid, SIGINT);
	/* Two that come before the child runs are one: send some more. */
	for (int i = 0; i < 20; i++) {
		wait_ms(50);
		kill(child.pid, SIGINT);
	}
	outcome = child_end(&child);
	cr_assert_eq(outcome.status, 128 + SIGINT);
	outcome_free(&outcome);
}

/* ---- Streams ----------------------------------------------------------- */

Test(streams, a_reader_that_goes_away_is_no_error)
{
	struct outcome outcome = run_shell("\"$0\" schema | head -n 1");

	expect_status(&outcome, 0);
	cr_assert_eq(*outcome.err, '\0', "%s", outcome.err);
	outcome_free(&outcome);
}

Test(streams, a_reader_that_was_never_there_ends_it_quietly)
{
	struct outcome outcome;
	int pipe_ends[2];

	/* The reader is gone before the program starts. */
	cr_assert_eq(pipe(pipe_ends), 0);
	close(pipe_ends[0]);
	cr_assert_eq(dup2(pipe_ends[1], 9), 9);
	outcome = run_shell("\"$0\" schema >&9");
	cr_assert_eq(outcome.status, 128 + SIGPIPE);
	cr_assert_eq(*outcome.err, '\0', "%s", outcome.err);
	outcome_free(&outcome);
}

Test(streams, what_cannot_be_written_is_an_error)
{
	struct outcome outcome;

	if (access("/dev/full", W_OK))
		cr_skip_test("there is no /dev/full");
	write_scenario("a", "", "clock", case_good);
	outcome = run_shell("\"$0\" run a.yaml >/dev/full");
	expect_status(&outcome, 4);
	expect_err(&outcome, "pfnsim: cannot write: ");
	outcome_free(&outcome);
	outcome = run_shell("\"$0\" run a.yaml >&-");
	expect_status(&outcome, 4);
	expect_err(&outcome, "pfnsim: cannot write: ");
	outcome_free(&outcome);
}

Test(streams, standard_input_is_not_needed)
{
	struct outcome outcome;

	write_scenario("a", "", "clock", case_good);
	outcome = run_shell("\"$0\" run -k reference a.yaml <&-");
	expect_status(&outcome, 0);
	outcome_free(&outcome);
}

/* ---- Limits ------------------------------------------------------------ */

#define NR_TASKS 8
#define NR_STEPS 64
#define NR_CACHES "8192"

static void write_largest(void)
{
	FILE *out = fopen("large.yaml", "w");

	cr_assert_not_null(out);
	fputs("# SPDX-License-Identifier: GPL-2.0-only\n"
	      "scenario: 1\n"
	      "name: large\n"
	      "title: As many tasks, steps and caches as there can be\n"
	      "vm:\n"
	      "  mm:\n"
	      "    anon: {pages: " NR_CACHES ", hva: 0x7f0000000000}\n"
	      "  slots:\n"
	      "    ram: {gpa: 0x0, pages: " NR_CACHES ", hva: anon}\n"
	      "  caches:\n"
	      "    all: {gpa: 0x0, len: 32, count: " NR_CACHES "}\n"
	      "setup:\n"
	      "  - gpc.activate: all\n"
	      "tasks:\n",
	      out);
	for (int t = 0; t < NR_TASKS; t++) {
		fprintf(out, "  t%d:\n", t);
		for (int s = 0; s < NR_STEPS; s++)
			fprintf(out, "    - mm.read: {page: anon/%d, len: 3}\n",
				t * NR_STEPS + s);
	}
	fputs("cases:\n"
	      "  - name: all\n"
	      "    order:\n",
	      out);
	for (int t = 0; t < NR_TASKS; t++)
		fprintf(out, "      - t%d: mm.read/end\n", t);
	for (int t = 0; t < NR_TASKS; t++)
		fprintf(out, "      - t%d: end\n", t);
	fputs("    expect:\n"
	      "      counters: {kmap.live: " NR_CACHES "}\n",
	      out);
	fclose(out);
}

Test(streams, the_largest_scenario_runs)
{
	struct outcome outcome;

	write_largest();
	outcome = PFNSIM("run", "-q", "-k", "reference", "large.yaml");
	expect_status(&outcome, 0);
	outcome_free(&outcome);
}
