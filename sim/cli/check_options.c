// SPDX-License-Identifier: GPL-2.0-only
#include "command_table.h"
#include "parser.h"

static int check_replay(struct parser *parser)
{
	const struct cli_options *options = parser->options;

	if (!options->case_name && !options->order && !options->trace)
		return cli_usage_error(
			parser, "replay needs --case, --order or --trace");
	if (!options->trace && !options->nr_operands)
		return cli_usage_error(parser, "replay needs a scenario file");
	if (options->trace && (options->case_name || options->order))
		return cli_usage_error(
			parser,
			"replay takes --trace or --case and --order, not both");
	return CLI_GO;
}

static int check_explore(struct parser *parser)
{
	const struct cli_options *options = parser->options;

	if (options->all && options->nr_operands)
		return cli_usage_error(parser,
				       "explore --all takes no file: '%s'",
				       options->operands[0]);
	if (options->all && options->case_name)
		return cli_usage_error(parser,
				       "--all and --case exclude each other");
	if (options->all && (options->html || options->junit))
		return cli_usage_error(parser,
				       "--all and --%s exclude each other",
				       options->html ? "html" : "junit");
	if (options->delays && (options->all || options->preemptions))
		return cli_usage_error(parser,
				       "--delays and --%s exclude each other",
				       options->all ? "all" : "preemptions");
	if (!options->all && (options->only || options->tasks))
		return cli_usage_error(parser, "--%s needs --all",
				       options->only ? "only" : "tasks");
	if (!options->all && !options->nr_operands)
		return cli_usage_error(parser, "explore needs %s",
				       cli_commands[CLI_EXPLORE].need);
	return CLI_GO;
}

/* --variants prints what catches each of them, in one form only. */
static int check_run(struct parser *parser)
{
	const struct cli_options *options = parser->options;

	if (options->variants && options->format != FORMAT_TEXT)
		return cli_usage_error(
			parser, "--variants goes with --format=text only");
	if (options->variants && options->junit)
		return cli_usage_error(
			parser, "--variants and --junit exclude each other");
	return CLI_GO;
}

static int check_series(struct parser *parser)
{
	const struct cli_options *options = parser->options;

	if (options->mbox && !options->onto)
		return cli_usage_error(parser,
				       "series --mbox needs --onto too");
	if (options->onto && !options->mbox)
		return cli_usage_error(parser,
				       "series --onto needs --mbox too");
	if (!options->mbox && options->nr_operands < 3)
		return cli_usage_error(parser, "series needs %s",
				       cli_commands[CLI_SERIES].need);
	return CLI_GO;
}

int cli_check_options(struct parser *parser)
{
	const struct cli_options *options = parser->options;
	const struct cli_command_desc *command =
		&cli_commands[options->command];

	if (options->nr_operands < command->min)
		return cli_usage_error(parser, "%s needs %s", command->name,
				       command->need);
	if (options->nr_operands > command->max)
		return cli_usage_error(parser, "%s: unexpected '%s'",
				       command->name,
				       options->operands[command->max]);
	if (options->verbose && options->quiet)
		return cli_usage_error(
			parser, "--verbose and --quiet exclude each other");
	if (options->command == CLI_RUN)
		return check_run(parser);
	if (options->command == CLI_REPLAY)
		return check_replay(parser);
	if (options->command == CLI_EXPLORE)
		return check_explore(parser);
	if (options->command == CLI_SERIES)
		return check_series(parser);
	if (options->command == CLI_COMPARE && options->nr_kernels < 2)
		return cli_usage_error(
			parser, "compare needs at least two kernels: -k");
	return CLI_GO;
}
