// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "options.h"

#define BIT(command) (1UL << CLI_##command)
#define EVERY (BIT(VERSION) * 2 - 1)
#define OF(member) offsetof(struct cli_options, member)

#define WITH_KERNELS                                                           \
	(BIT(RUN) | BIT(EXPLORE) | BIT(REPLAY) | BIT(SOAK) | BIT(COMPARE) |    \
	 BIT(SERIES) | BIT(POINTS) | BIT(KERNEL) | BIT(KERNELS) | BIT(BENCH))

static const struct cli_choice colors[] = {
	{ "auto", COLOR_AUTO },
	{ "always", COLOR_ALWAYS },
	{ "never", COLOR_NEVER },
	{ 0 },
};

static const struct cli_choice sanitizers[] = {
	{ "none", SANITIZE_NOTHING },
	{ "thread", SANITIZE_THREAD },
	{ "address", SANITIZE_ADDRESS },
	{ 0 },
};

static const struct cli_choice run_formats[] = {
	{ "text", FORMAT_TEXT },
	{ "ktap", FORMAT_KTAP },
	{ "json", FORMAT_JSON },
	{ 0 },
};

static const struct cli_choice list_formats[] = {
	{ "plain", FORMAT_TEXT },
	{ "json", FORMAT_JSON },
	{ "ctest", FORMAT_CTEST },
	{ 0 },
};

static const struct cli_choice schema_formats[] = {
	{ "json", FORMAT_JSON },
	{ "markdown", FORMAT_MARKDOWN },
	{ "results", FORMAT_RESULTS },
	{ "junit", FORMAT_JUNIT },
	{ 0 },
};

static const struct cli_choice plain_formats[] = {
	{ "text", FORMAT_TEXT },
	{ "json", FORMAT_JSON },
	{ 0 },
};

static const struct cli_choice report_formats[] = {
	{ "text", FORMAT_TEXT },	 { "html", FORMAT_HTML },
	{ "perfetto", FORMAT_PERFETTO }, { "commit", FORMAT_COMMIT },
	{ "json", FORMAT_JSON },	 { 0 },
};

static const struct cli_choice matrix_formats[] = {
	{ "text", FORMAT_TEXT },
	{ "json", FORMAT_JSON },
	{ "html", FORMAT_HTML },
	{ 0 },
};

/* clang-format off */
const struct cli_option cli_all_options[] = {
	{ .name = "kernel", .letter = 'k', .arg = "KERNEL",
	  .help = "Use this kernel. May be given several times. Default: all "
		  "that there are",
	  .kind = KIND_KERNEL,
	  .commands = WITH_KERNELS &
		      ~(BIT(COMPARE) | BIT(SERIES) | BIT(KERNEL) | BIT(KERNELS)) },
	{ .name = "kernel", .letter = 'k', .arg = "KERNEL",
	  .help = "Compare this kernel with the one before it. Given at least "
		  "twice",
	  .kind = KIND_KERNEL, .commands = BIT(COMPARE) },
	{ .name = "kernel-dir", .arg = "DIR",
	  .help = "Look for kernels here only. Default: $PFNSIM_KERNELS, "
		  "else where pfnsim keeps them",
	  .kind = KIND_COPY, .target = OF(kernel_dir),
	  .commands = WITH_KERNELS | BIT(MERGE) },
	{ .name = "git", .arg = "REPO",
	  .help = "Take the tree from a revision of this git repository",
	  .kind = KIND_STRING, .target = OF(git), .commands = BIT(KERNEL) },
	{ .name = "mbox", .arg = "MBOX",
	  .help = "The commits are the patches of this mbox. Needs --onto",
	  .kind = KIND_STRING, .target = OF(mbox), .commands = BIT(SERIES) },
	{ .name = "onto", .arg = "REV",
	  .help = "Apply the patches of --mbox to this revision of the tree",
	  .kind = KIND_STRING, .target = OF(onto), .commands = BIT(SERIES) },
	{ .name = "ends",
	  .help = "Only BASE and the last commit, as a bisection needs",
	  .kind = KIND_FLAG, .target = OF(ends), .commands = BIT(SERIES) },
	{ .name = "case", .arg = "CASE",
	  .help = "Only this case",
	  .kind = KIND_STRING, .target = OF(case_name),
	  .commands = BIT(RUN) | BIT(EXPLORE) | BIT(REPLAY) | BIT(COMPARE) |
		      BIT(SERIES) | BIT(LIST) | BIT(BENCH) },
	{ .name = "order", .arg = "ORDER",
	  .help = "This schedule: blank-separated `task:until`",
	  .kind = KIND_STRING, .target = OF(order), .commands = BIT(REPLAY) },
	{ .name = "trace", .arg = "TRACE",
	  .help = "The schedule recorded in this trace",
	  .kind = KIND_STRING, .target = OF(trace), .commands = BIT(REPLAY) },
	{ .name = "variants",
	  .help = "Run the reference's seeded bugs as well",
	  .kind = KIND_FLAG, .target = OF(variants),
	  .commands = BIT(RUN) | BIT(KERNELS) },
	{ .name = "table",
	  .help = "End with a table of scenarios and kernels",
	  .kind = KIND_FLAG, .target = OF(table), .commands = BIT(RUN) },
	{ .name = "out", .arg = "DIR",
	  .help = "Save traces of failures here, of --all scenarios",
	  .kind = KIND_STRING, .target = OF(out_dir),
	  .commands = BIT(RUN) | BIT(EXPLORE) | BIT(MERGE) | BIT(REPLAY) },
	{ .name = "all",
	  .help = "Every pair of operations, in scenarios that are made",
	  .kind = KIND_FLAG, .target = OF(all), .commands = BIT(EXPLORE) },
	{ .name = "only", .arg = "OP,...",
	  .help = "Of --all, these operations only",
	  .kind = KIND_STRING, .target = OF(only), .commands = BIT(EXPLORE) },
	{ .name = "tasks", .arg = "N",
	  .help = "Of --all, N operations at a time, 1 to 3. Default: 2",
	  .kind = KIND_NUMBER, .target = OF(tasks), .max = 3,
	  .commands = BIT(EXPLORE) },
	{ .name = "preemptions", .arg = "N",
	  .help = "Only interleavings with at most N preemptions",
	  .kind = KIND_COUNT, .target = OF(preemptions), .max = 1000,
	  .commands = BIT(EXPLORE) },
	{ .name = "delays", .arg = "N",
	  .help = "Only interleavings with at most N delays",
	  .kind = KIND_COUNT, .target = OF(delays), .max = 1000,
	  .commands = BIT(EXPLORE) },
	{ .name = "random", .arg = "N",
	  .help = "Only N schedules drawn at random",
	  .kind = KIND_NUMBER, .target = OF(random), .max = 1000000000,
	  .commands = BIT(EXPLORE) },
	{ .name = "seed", .arg = "N",
	  .help = "Draw from here on. Default: 0",
	  .kind = KIND_COUNT, .target = OF(seed), .max = 1000000000000000000,
	  .commands = BIT(EXPLORE) },
	{ .name = "jobs", .arg = "N",
	  .help = "Search with N worker processes. Default: 1",
	  .kind = KIND_NUMBER, .target = OF(jobs), .max = 1024,
	  .commands = BIT(EXPLORE) },
	{ .name = "shard", .arg = "K/N",
	  .help = "Search only the Kth of N parts. Needs --checkpoint",
	  .kind = KIND_STRING, .target = OF(shard), .commands = BIT(EXPLORE) },
	{ .name = "checkpoint", .arg = "FILE",
	  .help = "Save here what is done, and go on from there",
	  .kind = KIND_STRING, .target = OF(checkpoint),
	  .commands = BIT(EXPLORE) },
	{ .name = "find", .arg = "VIOLATION",
	  .help = "Pass over failures by anything else",
	  .kind = KIND_STRING, .target = OF(find), .commands = BIT(EXPLORE) },
	{ .name = "data-races",
	  .help = "Look for plain accesses that nothing orders, too",
	  .kind = KIND_FLAG, .target = OF(data_races),
	  .commands = BIT(EXPLORE) | BIT(REPLAY) },
	{ .name = "seconds", .arg = "N",
	  .help = "End a search after N seconds. Default: 60",
	  .kind = KIND_NUMBER, .target = OF(seconds), .max = 864000,
	  .commands = BIT(EXPLORE) },
	{ .name = "seed", .arg = "N",
	  .help = "Draw arguments from here on. Default: 0",
	  .kind = KIND_COUNT, .target = OF(seed), .max = 1000000000000,
	  .commands = BIT(SOAK) },
	{ .name = "threads", .arg = "N",
	  .help = "On N threads. Default: one a task, two at least",
	  .kind = KIND_NUMBER, .target = OF(threads), .max = 1100,
	  .commands = BIT(SOAK) },
	{ .name = "seconds", .arg = "N",
	  .help = "End after N seconds. Default: 10, without --operations",
	  .kind = KIND_NUMBER, .target = OF(seconds), .max = 864000,
	  .commands = BIT(SOAK) },
	{ .name = "operations", .arg = "N",
	  .help = "End each file after N operations",
	  .kind = KIND_NUMBER, .target = OF(operations),
	  .max = 1000000000000000, .commands = BIT(SOAK) },
	{ .name = "patience", .arg = "N",
	  .help = "Seconds without progress that are a hang. Default: 20",
	  .kind = KIND_NUMBER, .target = OF(patience), .max = 86400,
	  .commands = BIT(SOAK) },
	{ .name = "once",
	  .help = "Each step once, and compare the end with a search",
	  .kind = KIND_FLAG, .target = OF(once), .commands = BIT(SOAK) },
	{ .name = "against", .arg = "KERNEL",
	  .help = "With --once: search this kernel instead",
	  .kind = KIND_STRING, .target = OF(against),
	  .commands = BIT(SOAK) },
	{ .name = "sanitize", .arg = "WHAT",
	  .help = "On kernels built for this sanitizer",
	  .kind = KIND_CHOICE, .target = OF(sanitizer), .choices = sanitizers,
	  .commands = BIT(SOAK) },
	{ .name = "seconds", .arg = "N",
	  .help = "Measure for N seconds",
	  .kind = KIND_NUMBER, .target = OF(seconds), .max = 86400,
	  .commands = BIT(BENCH) },
	{ .name = "format", .arg = "FORMAT",
	  .help = "Form of the output. Never changes the exit status",
	  .kind = KIND_CHOICE, .target = OF(format), .choices = run_formats,
	  .commands = BIT(RUN) | BIT(REPLAY) },
	{ .name = "format", .arg = "FORMAT",
	  .help = "Form of the output",
	  .kind = KIND_CHOICE, .target = OF(format), .choices = list_formats,
	  .commands = BIT(LIST) },
	{ .name = "format", .arg = "FORMAT",
	  .help = "Form of the output",
	  .kind = KIND_CHOICE, .target = OF(format), .choices = schema_formats,
	  .commands = BIT(SCHEMA) },
	{ .name = "format", .arg = "FORMAT",
	  .help = "Form of the output",
	  .kind = KIND_CHOICE, .target = OF(format), .choices = plain_formats,
	  .commands = BIT(POINTS) | BIT(KERNEL) | BIT(KERNELS) | BIT(BENCH) |
		      BIT(EXPLORE) | BIT(MERGE) | BIT(SOAK) },
	{ .name = "format", .arg = "FORMAT",
	  .help = "Form of the output. Never changes the exit status",
	  .kind = KIND_CHOICE, .target = OF(format), .choices = matrix_formats,
	  .commands = BIT(COMPARE) | BIT(SERIES) },
	{ .name = "format", .arg = "FORMAT",
	  .help = "Form of the output",
	  .kind = KIND_CHOICE, .target = OF(format), .choices = report_formats,
	  .commands = BIT(REPORT) },
	{ .name = "html", .arg = "FILE",
	  .help = "Write a page for a browser here, too",
	  .kind = KIND_STRING, .target = OF(html),
	  .commands = BIT(RUN) | BIT(EXPLORE) | BIT(MERGE) | BIT(REPLAY) |
		      BIT(REPORT) },
	{ .name = "source-url", .arg = "URL",
	  .help = "Link places in the source to this URL, with {path} and {line}",
	  .kind = KIND_STRING, .target = OF(source_url),
	  .commands = BIT(RUN) | BIT(EXPLORE) | BIT(MERGE) | BIT(REPORT) },
	{ .name = "perfetto", .arg = "FILE",
	  .help = "Write trace events for ui.perfetto.dev here, too",
	  .kind = KIND_STRING, .target = OF(perfetto),
	  .commands = BIT(REPLAY) | BIT(REPORT) },
	{ .name = "junit", .arg = "FILE",
	  .help = "Write the results as JUnit XML here as well",
	  .kind = KIND_STRING, .target = OF(junit),
	  .commands = BIT(RUN) | BIT(EXPLORE) | BIT(MERGE) | BIT(REPLAY) },
	{ .name = "color", .arg = "WHEN",
	  .help = "Use colours. auto: on a terminal, without NO_COLOR",
	  .kind = KIND_CHOICE, .target = OF(color), .choices = colors,
	  .commands = BIT(RUN) | BIT(EXPLORE) | BIT(MERGE) | BIT(REPLAY) |
		      BIT(REPORT) |
		      BIT(COMPARE) | BIT(SERIES) | BIT(LINT) },
	{ .name = "verbose", .letter = 'v',
	  .help = "Say more: every scheduling point, with calls and held locks",
	  .kind = KIND_FLAG, .target = OF(verbose),
	  .commands = BIT(RUN) | BIT(EXPLORE) | BIT(MERGE) | BIT(REPLAY) |
		      BIT(REPORT) },
	{ .name = "verbose", .letter = 'v',
	  .help = "Say more about each of what is listed",
	  .kind = KIND_FLAG, .target = OF(verbose),
	  .commands = BIT(LIST) | BIT(POINTS) | BIT(KERNELS) },
	{ .name = "quiet", .letter = 'q',
	  .help = "Say less: only what decides the exit status",
	  .kind = KIND_FLAG, .target = OF(quiet),
	  .commands = BIT(RUN) | BIT(EXPLORE) | BIT(MERGE) | BIT(REPLAY) |
		      BIT(LINT) | BIT(SOAK) },
	{ .name = "quiet", .letter = 'q',
	  .help = "Do not say what to do next",
	  .kind = KIND_FLAG, .target = OF(quiet), .commands = BIT(NEW) },
	{ .name = "quiet", .letter = 'q',
	  .help = "Only cases in which something changes",
	  .kind = KIND_FLAG, .target = OF(quiet),
	  .commands = BIT(COMPARE) | BIT(SERIES) },
	{ .name = "help", .letter = 'h',
	  .help = "-h prints one screen, --help the manual text",
	  .kind = KIND_HELP, .commands = EVERY },
};
/* clang-format on */

const size_t cli_nr_options = sizeof(cli_all_options) /
			      sizeof(cli_all_options[0]);

bool cli_option_fits(const struct cli_option *option, enum cli_command command)
{
	return option->commands >> command & 1;
}

const struct cli_option *cli_find_option(enum cli_command command,
					 const char *name, size_t len)
{
	for (size_t i = 0; i < cli_nr_options; i++) {
		const struct cli_option *option = &cli_all_options[i];

		if (cli_option_fits(option, command) &&
		    strlen(option->name) == len &&
		    !memcmp(option->name, name, len))
			return option;
	}
	return NULL;
}
