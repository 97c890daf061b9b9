// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "command_table.h"
#include "escape.h"
#include "parser.h"
#include "suggest.h"

int cli_usage_error(struct parser *parser, const char *fmt, ...)
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

int cli_no_memory(struct parser *parser)
{
	return cli_usage_error(parser, "%s", strerror(ENOMEM));
}

int cli_unknown_command(struct parser *parser, const char *name)
{
	struct suggestion suggestion;

	suggest_init(&suggestion, name, strlen(name));
	for (size_t i = 0; i < NR_CLI_COMMANDS; i++)
		suggest_offer(&suggestion, cli_commands[i].name);
	if (suggestion.best)
		return cli_usage_error(
			parser, "unknown command '%s'; did you mean '%s'?",
			name, suggestion.best);
	return cli_usage_error(
		parser, "unknown command '%s'; 'pfnsim' alone lists them",
		name);
}

int cli_unknown_option(struct parser *parser, const char *name, size_t len)
{
	enum cli_command command = parser->options->command;
	const char *command_name = cli_command_name(command);
	struct suggestion suggestion;

	suggest_init(&suggestion, name, len);
	for (size_t i = 0; i < cli_nr_options; i++)
		if (cli_option_fits(&cli_all_options[i], command))
			suggest_offer(&suggestion, cli_all_options[i].name);
	if (suggestion.best)
		return cli_usage_error(
			parser,
			"%s has no option '--%.*s'; did you mean '--%s'?",
			command_name, (int)len, name, suggestion.best);
	return cli_usage_error(
		parser, "%s has no option '--%.*s'; 'pfnsim %s -h' lists them",
		command_name, (int)len, name, command_name);
}

int cli_wrong_choice(struct parser *parser, const struct cli_option *option,
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
		status = cli_usage_error(
			parser, "--%s=%s is unknown; did you mean '%s'?",
			option->name, value, suggestion.best);
	else
		status = cli_usage_error(parser, "--%s takes %s, not '%s'",
					 option->name, buf_get(&names), value);
	buf_deinit(&names);
	return status;
}
