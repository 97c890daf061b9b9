// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "help.h"
#include "parser.h"

int cli_add_name(const char ***names, size_t *nr, const char *name)
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
		return cli_usage_error(
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
	return cli_wrong_choice(parser, option, value);
}

int cli_print_help(struct parser *parser, bool manual)
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
		return cli_no_memory(parser);
	free(*target);
	*target = copy;
	return CLI_GO;
}

int cli_set_option(struct parser *parser, const struct cli_option *option,
		   const char *value, bool is_long)
{
	struct cli_options *options = parser->options;
	void *target = (char *)options + option->target;

	if (option->arg && !*value)
		return cli_usage_error(parser, "--%s needs an argument: %s",
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
		return cli_add_name(&options->kernels, &options->nr_kernels,
				    value) ?
			       cli_no_memory(parser) :
			       CLI_GO;
	case KIND_CHOICE:
		return set_choice(parser, option, target, value);
	case KIND_NUMBER:
	case KIND_COUNT:
		return set_number(parser, option, target, value);
	case KIND_HELP:
		return cli_print_help(parser, is_long);
	}
	return CLI_GO;
}
