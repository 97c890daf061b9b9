// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command_table.h"
#include "help.h"
#include "parser.h"
#include "places.h"

/* getopt_long() returns these for entries of the option table. */
#define FIRST_OPTION 256

/* ---- Arguments --------------------------------------------------------- */

/* Makes getopt's tables of the command's options. */
static int make_tables(struct parser *parser)
{
	enum cli_command command = parser->options->command;
	char *letter = parser->letters;
	size_t nr = 0;

	parser->longs = calloc(cli_nr_options + 1, sizeof(*parser->longs));
	if (!parser->longs)
		return -ENOMEM;
	*letter++ = '+'; /* stop at operands: no reordering behind our back */
	*letter++ = ':'; /* tell a missing argument from an unknown option */
	for (size_t i = 0; i < cli_nr_options; i++) {
		const struct cli_option *option = &cli_all_options[i];

		if (!cli_option_fits(option, command))
			continue;
		parser->longs[nr++] = (struct option){
			.name = option->name,
			.has_arg = option->arg ? required_argument :
						 no_argument,
			.val = FIRST_OPTION + (int)i,
		};
		if (!option->letter)
			continue;
		*letter++ = option->letter;
		if (option->arg)
			*letter++ = ':';
	}
	*letter = '\0';
	return 0;
}

static const struct cli_option *find_letter(enum cli_command command, int c)
{
	for (size_t i = 0; i < cli_nr_options; i++)
		if (cli_all_options[i].letter == c &&
		    cli_option_fits(&cli_all_options[i], command))
			return &cli_all_options[i];
	return NULL;
}

/*
 * Only exact names go to getopt_long(), which would take any beginning of one.
 * @argument starts with "--".
 */
static int check_long(struct parser *parser, const char *argument)
{
	const char *name = argument + 2;
	size_t len = strcspn(name, "=");
	const struct cli_option *option;

	option = cli_find_option(parser->options->command, name, len);
	if (!option)
		return cli_unknown_option(parser, name, len);
	if (name[len] == '=' && !option->arg)
		return cli_usage_error(parser, "--%s takes no argument",
				       option->name);
	return CLI_GO;
}

static int missing_argument(struct parser *parser, int c)
{
	const struct cli_option *option =
		c >= FIRST_OPTION ? &cli_all_options[c - FIRST_OPTION] :
				    find_letter(parser->options->command, c);

	return cli_usage_error(parser, "--%s needs an argument: %s",
			       option->name, option->arg);
}

static int parse_option(struct parser *parser)
{
	const char *argument = parser->argv[optind];
	enum cli_command command = parser->options->command;
	bool is_long = !strncmp(argument, "--", 2);
	const struct cli_option *option;
	int status = is_long ? check_long(parser, argument) : CLI_GO;
	int c;

	if (status != CLI_GO)
		return status;
	c = getopt_long(parser->argc, parser->argv, parser->letters,
			parser->longs, NULL);
	if (c == ':')
		return missing_argument(parser, optopt);
	if (c == '?')
		return cli_usage_error(
			parser,
			"%s has no option '-%c'; 'pfnsim %s -h' lists them",
			cli_command_name(command), optopt,
			cli_command_name(command));
	option = c >= FIRST_OPTION ? &cli_all_options[c - FIRST_OPTION] :
				     find_letter(command, c);
	return cli_set_option(parser, option, optarg ? optarg : "", is_long);
}

static int add_operand(struct parser *parser, const char *operand)
{
	struct cli_options *options = parser->options;

	if (cli_add_name(&options->operands, &options->nr_operands, operand))
		return cli_no_memory(parser);
	return CLI_GO;
}

static bool is_option(const char *argument)
{
	return argument[0] == '-' && argument[1] != '\0';
}

/* Options and operands may be mixed; "--" ends the options. */
static int parse_arguments(struct parser *parser, int first)
{
	bool only_operands = false;
	int status = CLI_GO;

	optind = 0; /* has getopt forget the last command line */
	opterr = 0;
	getopt_long(1, parser->argv, parser->letters, parser->longs, NULL);
	optind = first;
	while (status == CLI_GO && optind < parser->argc) {
		const char *argument = parser->argv[optind];

		if (!only_operands && !strcmp(argument, "--")) {
			only_operands = true;
			optind++;
		} else if (only_operands || !is_option(argument)) {
			optind++;
			status = add_operand(parser, argument);
		} else {
			status = parse_option(parser);
		}
	}
	return status;
}

/* ---- Command lines ----------------------------------------------------- */

/* The first name of each choice is its default. */
static void set_defaults(struct cli_options *options)
{
	for (size_t i = 0; i < cli_nr_options; i++) {
		const struct cli_option *option = &cli_all_options[i];

		if (option->kind == KIND_CHOICE &&
		    cli_option_fits(option, options->command))
			*(unsigned long *)((char *)options + option->target) =
				option->choices[0].value;
	}
}

static int find_kernels(struct parser *parser)
{
	struct cli_options *options = parser->options;

	if (options->kernel_dir)
		return CLI_GO;
	options->kernel_dir = cli_kernel_dir();
	options->installed_kernels = cli_installed_kernels();
	if (!options->kernel_dir)
		return cli_usage_error(parser,
				       "where are kernels? HOME is not set; "
				       "give --kernel-dir");
	return CLI_GO;
}

static int parse_command(struct parser *parser, int first)
{
	int status;

	set_defaults(parser->options);
	if (make_tables(parser))
		return cli_no_memory(parser);
	status = parse_arguments(parser, first);
	free(parser->longs);
	if (status == CLI_GO)
		status = cli_check_options(parser);
	return status == CLI_GO ? find_kernels(parser) : status;
}

/* Whether a first word that is no command is meant as a file to run. */
static bool looks_like_file(const char *word)
{
	return strpbrk(word, "./") || !access(word, F_OK);
}

/* `--man` alone or with the name of a command: what the build calls. */
static int print_man(struct parser *parser)
{
	const char *name = parser->argc > 2 ? parser->argv[2] : NULL;
	enum cli_command command = name ? cli_find_command(name) :
					  NR_CLI_COMMANDS;

	if (name && command == NR_CLI_COMMANDS)
		return cli_unknown_command(parser, name);
	cli_print_man(parser->out, command);
	return STATUS_OK;
}

/* `help` alone or with the name of a command. */
static int print_help_on(struct parser *parser)
{
	if (parser->argc <= 2) {
		cli_print_overview(parser->out);
		return STATUS_OK;
	}
	parser->options->command = cli_find_command(parser->argv[2]);
	if (parser->options->command == NR_CLI_COMMANDS)
		return cli_unknown_command(parser, parser->argv[2]);
	return cli_print_help(parser, true);
}

/* `pfnsim FILE`, but options alone ask for nothing. */
static int parse_without_command(struct parser *parser)
{
	int status = parse_command(parser, 1);

	if (status == CLI_GO && !parser->options->nr_operands)
		return cli_usage_error(parser, "neither a command nor a file; "
					       "'pfnsim' alone lists commands");
	return status;
}

int cli_parse_to(int argc, char **argv, struct cli_options *options, FILE *out,
		 FILE *err)
{
	struct parser parser = { .options = options,
				 .out = out,
				 .err = err,
				 .argc = argc,
				 .argv = argv };
	const char *word = argc > 1 ? argv[1] : "--help";

	memset(options, 0, sizeof(*options));
	if (argc <= 1 || !strcmp(word, "-h") || !strcmp(word, "--help")) {
		cli_print_overview(out);
		return STATUS_OK;
	}
	if (!strcmp(word, "--complete")) {
		cli_complete(out, argc - 2, argv + 2);
		return STATUS_OK;
	}
	if (!strcmp(word, "--man"))
		return print_man(&parser);
	if (!strcmp(word, "help"))
		return print_help_on(&parser);
	if (!strcmp(word, "--version"))
		word = "version";
	options->command = cli_find_command(word);
	if (options->command != NR_CLI_COMMANDS)
		return parse_command(&parser, 2);
	options->command = CLI_RUN;
	if (!is_option(word) && !looks_like_file(word))
		return cli_unknown_command(&parser, word);
	return parse_without_command(&parser);
}

int cli_parse(int argc, char **argv, struct cli_options *options)
{
	return cli_parse_to(argc, argv, options, stdout, stderr);
}

void cli_options_deinit(struct cli_options *options)
{
	free(options->kernels);
	free(options->operands);
	free(options->kernel_dir);
	free(options->installed_kernels);
	memset(options, 0, sizeof(*options));
}
