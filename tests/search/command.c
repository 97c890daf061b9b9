// SPDX-License-Identifier: GPL-2.0-only
/* `pfnsim bench search`, on the shortest of its programs. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* What `pfnsim bench` prints goes to @text; returns its exit status. */
static int run_bench(const char *arguments, char *text, size_t size)
{
	char command[512];
	size_t len;
	FILE *pipe;
	int status;

	snprintf(command, sizeof(command), "%s bench %s 2>&1", PFNSIM_PROGRAM,
		 arguments);
	pipe = popen(command, "r");
	cr_assert(pipe);
	len = fread(text, 1, size - 1, pipe);
	text[len] = '\0';
	status = pclose(pipe);
	cr_assert(WIFEXITED(status), "%s", text);
	return WEXITSTATUS(status);
}

Test(bench, search_counts_as_the_tests_do)
{
	char text[4096];

	cr_assert_eq(run_bench("search 'indexer(15)' --seconds=1 --format=json",
			       text, sizeof(text)),
		     0, "%s", text);
	cr_expect(strstr(text, "\"search\": \"optimal\", \"until\": \"end\", "
			       "\"executions\": 4096, \"redundant\": 0,"),
		  "%s", text);
	cr_expect(strstr(text, "\"GenMC 0.10.3\": 3.15, "
			       "\"Nidhugg 0.4\": null"),
		  "%s", text);
}

Test(bench, search_names_the_programs_that_there_are)
{
	char text[4096];

	cr_assert_eq(run_bench("search pfm", text, sizeof(text)), 2, "%s",
		     text);
	cr_expect(strstr(text, "called 'pfm'; there are: readers(14), "), "%s",
		  text);
}

Test(bench, a_missing_kernel_of_programs_is_told)
{
	char text[4096];

	cr_assert_eq(run_bench("search readers --kernel-dir=/nonexistent", text,
			       sizeof(text)),
		     4, "%s", text);
	cr_expect(strstr(text, "/nonexistent/bench/hooked/search-programs.so"),
		  "%s", text);
}

Test(bench, explore_measures_each_way)
{
	static const char *const searches[] = { "PCT(3)", "POS", "uniform",
						"all interleavings" };
	char text[4096], want[64];

	cr_assert_eq(run_bench("explore -k reference --seconds=1 --format=json "
			       "scenarios/two-refreshers.yaml",
			       text, sizeof(text)),
		     0, "%s", text);
	for (int i = 0; i < 4; i++) {
		snprintf(want, sizeof(want),
			 "\"search\": \"%s\", "
			 "\"executions\": ",
			 searches[i]);
		cr_expect(strstr(text, want), "%s", text);
	}
}

Test(bench, explore_measures_no_failing_search)
{
	char text[4096];

	if (access(KERNELS_DIR "/reference+hva-no-slot.so", R_OK))
		cr_skip_test("no variants are built here");
	cr_assert_eq(run_bench("explore -k reference+hva-no-slot --seconds=1 "
			       "scenarios/hva-no-slot.yaml",
			       text, sizeof(text)),
		     1, "%s", text);
	cr_expect(strstr(text, "hva-no-slot: does not pass"), "%s", text);
}
