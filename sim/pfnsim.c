// SPDX-License-Identifier: GPL-2.0-only
/* The command line: parses, calls, exits. */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "commands.h"
#include "engine.h"
#include "places.h"
#include "style.h"
#include "symbols.h"

static int (*const commands[NR_CLI_COMMANDS])(const struct cli_options *) = {
	[CLI_NEW] = command_new,	 [CLI_RUN] = command_run,
	[CLI_EXPLORE] = command_explore, [CLI_MERGE] = command_merge,
	[CLI_REPLAY] = command_replay,	 [CLI_REPORT] = command_report,
	[CLI_COMPARE] = command_compare, [CLI_SERIES] = command_series,
	[CLI_SOAK] = command_soak,	 [CLI_LINT] = command_lint,
	[CLI_LIST] = command_list,	 [CLI_POINTS] = command_points,
	[CLI_KERNEL] = command_kernel,	 [CLI_KERNELS] = command_kernels,
	[CLI_SCHEMA] = command_schema,	 [CLI_BENCH] = command_bench,
	[CLI_VERSION] = command_version,
};

static int carry_out(const struct cli_options *options)
{
	int err = engine_init();

	if (err) {
		fprintf(stderr, "pfnsim: cannot set up the machine: %s\n",
			strerror(-err));
		return 4;
	}
	if (place_of_data())
		symbols_look_in(place_of_sources());
	return commands[options->command](options);
}

int main(int argc, char **argv)
{
	struct cli_options options;
	int status, err;

	setlocale(LC_ALL, "");
	stream_init();
	status = cli_parse(argc, argv, &options);
	if (status == CLI_GO)
		status = carry_out(&options);
	cli_options_deinit(&options);
	err = stream_flush(stdout);
	if (err) {
		fprintf(stderr, "pfnsim: cannot write: %s\n", strerror(-err));
		status = 4;
	}
	return status;
}
