// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "escape.h"
#include "help.h"
#include "options.h"
#include "places.h"
#include "suggest.h"

#define STATUS_OK 0
#define STATUS_USAGE 2

/* getopt_long() returns these for entries of the option table. */
#define FIRST_OPTION 256

struct parser {
	struct cli_options *options;
	FILE *out, *err;
	int argc;
	char **argv;
	struct option *longs;
	char letters[128];
};

/* ---- Errors ------------------------------------------------------------ */

/* Prints the one line of an error. Returns the status to exit with. */
__attribute__((format(printf, 2, 3))) static int
usage_error(struct parser *parser, const char *fmt, ...)
{
	struct buf safe = { 0 };
	char *text = NULL;
	va_list args;
	int len;

	va_start(args, fmt);
	len = vasprintf(&text, fmt, args);
	va_end(args);
	if (len >= 0)
		escape_terminal(&safe, text, false);
	for (size_t i = 0; i < safe.len; i++)
		if (safe.bytes[i] == '\n')
			safe.bytes[i] = ' ';
	fprintf(parser->err, "pfnsim: %s\n", buf_get(&safe));
	if (len >= 0)
		free(text);
	buf_deinit(&safe);
	return STATUS_USAGE;
}

static int no_memory(struct parser *parser)
{
	return usage_error(parser, "%s", strerror(ENOMEM));
}

static int unknown_command(struct parser *parser, const char *name)
{
	struct suggestion suggestion;

	suggest_init(&suggestion, name, strlen(name));
	for (size_t i = 0; i < NR_CLI_COMMANDS; i++)
		suggest_offer(&suggestion, cli_commands[i].name);
	if (suggestion.best)
		return usage_error(parser,
				   "unknown command '%s'; did you mean '%s'?",
				   name, suggestion.best);
	return usage_error(parser,
			   "unknown command '%s'; 'pfnsim' alone lists them",
			   name);
}

/* @name is what the user gave, without dashes and without its value. */
static int unknown_option(struct parser *parser, const char *name, size_t len)
{
	enum cli_command command = parser->options->command;
	const char *command_name = cli_command_name(command);
	struct suggestion suggestion;

	suggest_init(&suggestion, name, len);
	for (size_t i = 0; i < cli_nr_options; i++)
		if (cli_option_fits(&cli_all_options[i], command))
			suggest_offer(&suggestion, cli_all_options[i].name);
	if (suggestion.best)
		return usage_error(
			parser,
			"%s has no option '--%.*s'; did you mean '--%s'?",
			command_name, (int)len, name, suggestion.best);
	return usage_error(
		parser, "%s has no option '--%.*s'; 'pfnsim %s -h' lists them",
		command_name, (int)len, name, command_name);
}

static int wrong_choice(struct parser *parser, const struct cli_option *option,
			const char *value)
{
	struct suggestion suggestion;
	struct buf names = { 0 };
	int status;

	suggest_init(&suggestion, value, strlen(value));
	for (const struct cli_choice *c = option->choices; c->name; c++) {
		suggest_offer(&suggestion, c->name);
		buf_printf(&names, "%s%s",
			   c == option->choices ? "" :
			   c[1].name		? ", " :
						  " or ",
			   c->name);
	}
	if (suggestion.best)
		status = usage_error(parser,
				     "--%s=%s is unknown; did you mean '%s'?",
				     option->name, value, suggestion.best);
	else
		status = usage_error(parser, "--%s takes %s, not '%s'",
				     option->name, buf_get(&names), value);
	buf_deinit(&names);
	return status;
}

/* ---- Values ------------------------------------------------------------ */

static int add_name(const char ***names, size_t *nr, const char *name)
{
	const char **more = realloc(*names, (*nr + 1) * sizeof(*more));

	if (!more)
		return -ENOMEM;
	more[(*nr)++] = name;
	*names = more;
	return 0;
}

static int set_number(struct parser *parser, const struct cli_option *option,
		      unsigned long *target, const char *value)
{
	unsigned long least = option->kind == KIND_NUMBER, number;
	char *end;

	errno = 0;
	number = strtoul(value, &end, 10);
	if (*value < '0' || *value > '9' || *end || errno || number < least ||
	    number > option->max)
		return usage_error(
			parser, "--%s takes a number from %lu to %lu, not '%s'",
			option->name, least, option->max, value);
	*target = number + !least;
	return CLI_GO;
}

static int set_choice(struct parser *parser, const struct cli_option *option,
		      unsigned long *target, const char *value)
{
	for (const struct cli_choice *c = option->choices; c->name; c++) {
		if (!strcmp(c->name, value)) {
			*target = c->value;
			return CLI_GO;
		}
	}
	return wrong_choice(parser, option, value);
}

static int print_help(struct parser *parser, bool manual)
{
	enum cli_command command = parser->options->command;
	struct report_style style;

	style_init(&style, STDOUT_FILENO, COLOR_NEVER);
	if (manual)
		cli_print_manual(parser->out, command, style.columns);
	else
		cli_print_short_help(parser->out, command);
	return STATUS_OK;
}

static int set_copy(struct parser *parser, char **target, const char *value)
{
	char *copy = strdup(value);

	if (!copy)
		return no_memory(parser);
	free(*target);
	*target = copy;
	return CLI_GO;
}

/* @is_long: the option was given by its long name. */
static int set_option(struct parser *parser, const struct cli_option *option,
		      const char *value, bool is_long)
{
	struct cli_options *options = parser->options;
	void *target = (char *)options + option->target;

	if (option->arg && !*value)
		return usage_error(parser, "--%s needs an argument: %s",
				   option->name, option->arg);
	switch (option->kind) {
	case KIND_FLAG:
		*(bool *)target = true;
		return CLI_GO;
	case KIND_STRING:
		*(const char **)target = value;
		return CLI_GO;
	case KIND_COPY:
		return set_copy(parser, target, value);
	case KIND_KERNEL:
		return add_name(&options->kernels, &options->nr_kernels,
				value) ?
			       no_memory(parser) :
			       CLI_GO;
	case KIND_CHOICE:
		return set_choice(parser, option, target, value);
	case KIND_NUMBER:
	case KIND_COUNT:
		return set_number(parser, option, target, value);
	case KIND_HELP:
		return print_help(parser, is_long);
	}
	return CLI_GO;
}

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
		return unknown_option(parser, name, len);
	if (name[len] == '=' && !option->arg)
		return usage_error(parser, "--%s takes no argument",
				   option->name);
	return CLI_GO;
}

static int missing_argument(struct parser *parser, int c)
{
	const struct cli_option *option =
		c >= FIRST_OPTION ? &cli_all_options[c - FIRST_OPTION] :
				    find_letter(parser->options->command, c);

	return usage_error(parser, "--%s needs an argument: %s", option->name,
			   option->arg);
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
		return usage_error(
			parser,
			"%s has no option '-%c'; 'pfnsim %s -h' lists them",
			cli_command_name(command), optopt,
			cli_command_name(command));
	option = c >= FIRST_OPTION ? &cli_all_options[c - FIRST_OPTION] :
				     find_letter(command, c);
	return set_option(parser, option, optarg ? optarg : "", is_long);
}

static int add_operand(struct parser *parser, const char *operand)
{
	struct cli_options *options = parser->options;

	if (add_name(&options->operands, &options->nr_operands, operand))
		return no_memory(parser);
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

static int check_replay(struct parser *parser)
{
	const struct cli_options *options = parser->options;

	if (!options->case_name && !options->order && !options->trace)
		return usage_error(parser,
				   "replay needs --case, --order or --trace");
	if (!options->trace && !options->nr_operands)
		return usage_error(parser, "replay needs a scenario file");
	if (options->trace && (options->case_name || options->order))
		return usage_error(
			parser,
			"replay takes --trace or --case and --order, not both");
	return CLI_GO;
}

static int check_explore(struct parser *parser)
{
	const struct cli_options *options = parser->options;

	if (options->all && options->nr_operands)
		return usage_error(parser, "explore --all takes no file: '%s'",
				   options->operands[0]);
	if (options->all && options->case_name)
		return usage_error(parser,
				   "--all and --case exclude each other");
	if (options->all && (options->html || options->junit))
		return usage_error(parser, "--all and --%s exclude each other",
				   options->html ? "html" : "junit");
	if (options->delays && (options->all || options->preemptions))
		return usage_error(parser,
				   "--delays and --%s exclude each other",
				   options->all ? "all" : "preemptions");
	if (!options->all && (options->only || options->tasks))
		return usage_error(parser, "--%s needs --all",
				   options->only ? "only" : "tasks");
	if (!options->all && !options->nr_operands)
		return usage_error(parser, "explore needs %s",
				   cli_commands[CLI_EXPLORE].need);
	return CLI_GO;
}

/* --variants prints what catches each of them, in one form only. */
static int check_run(struct parser *parser)
{
	const struct cli_options *options = parser->options;

	if (options->variants && options->format != FORMAT_TEXT)
		return usage_error(parser,
				   "--variants goes with --format=text only");
	if (options->variants && options->junit)
		return usage_error(parser,
				   "--variants and --junit exclude each other");
	return CLI_GO;
}

static int check_series(struct parser *parser)
{
	const struct cli_options *options = parser->options;

	if (options->mbox && !options->onto)
		return usage_error(parser, "series --mbox needs --onto too");
	if (options->onto && !options->mbox)
		return usage_error(parser, "series --onto needs --mbox too");
	if (!options->mbox && options->nr_operands < 3)
		return usage_error(parser, "series needs %s",
				   cli_commands[CLI_SERIES].need);
	return CLI_GO;
}

static int check_operands(struct parser *parser)
{
	const struct cli_options *options = parser->options;
	const struct cli_command_desc *command =
		&cli_commands[options->command];

	if (options->nr_operands < command->min)
		return usage_error(parser, "%s needs %s", command->name,
				   command->need);
	if (options->nr_operands > command->max)
		return usage_error(parser, "%s: unexpected '%s'", command->name,
				   options->operands[command->max]);
	if (options->verbose && options->quiet)
		return usage_error(parser,
				   "--verbose and --quiet exclude each other");
	if (options->command == CLI_RUN)
		return check_run(parser);
	if (options->command == CLI_REPLAY)
		return check_replay(parser);
	if (options->command == CLI_EXPLORE)
		return check_explore(parser);
	if (options->command == CLI_SERIES)
		return check_series(parser);
	if (options->command == CLI_COMPARE && options->nr_kernels < 2)
		return usage_error(parser,
				   "compare needs at least two kernels: -k");
	return CLI_GO;
}

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
		return usage_error(parser,
				   "where are kernels? HOME is not set; "
				   "give --kernel-dir");
	return CLI_GO;
}

static int parse_command(struct parser *parser, int first)
{
	int status;

	set_defaults(parser->options);
	if (make_tables(parser))
		return no_memory(parser);
	status = parse_arguments(parser, first);
	free(parser->longs);
	if (status == CLI_GO)
		status = check_operands(parser);
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
		return unknown_command(parser, name);
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
		return unknown_command(parser, parser->argv[2]);
	return print_help(parser, true);
}

/* `pfnsim FILE`, but options alone ask for nothing. */
static int parse_without_command(struct parser *parser)
{
	int status = parse_command(parser, 1);

	if (status == CLI_GO && !parser->options->nr_operands)
		return usage_error(parser, "neither a command nor a file; "
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
		return unknown_command(&parser, word);
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
