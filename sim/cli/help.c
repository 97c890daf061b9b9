// SPDX-License-Identifier: GPL-2.0-only
#include <string.h>

#include "command_table.h"
#include "help.h"
#include "options.h"
#include "wrap.h"

#define SCREEN 80
#define INDENT 2
#define OPTION_COLUMN 26

void cli_print_overview(FILE *out)
{
	fputs("pfnsim finds, replays and explains races in KVM's pfncache and guest_memfd.\n"
	      "\n"
	      "Usage: pfnsim COMMAND [OPTION]... [FILE]...\n"
	      "\n",
	      out);
	for (size_t i = 0; i < NR_CLI_COMMANDS; i++)
		fprintf(out, "  %-8s  %s\n", cli_commands[i].name,
			cli_commands[i].summary);
	fputs("\n"
	      "Begin with:\n"
	      "  pfnsim run              run the scenarios that come with pfnsim\n"
	      "  pfnsim new my-race      write a scenario, to change it\n"
	      "  pfnsim my-race.yaml     run it on every kernel that there is\n"
	      "\n"
	      "`pfnsim COMMAND -h` prints one screen on a command, `--help` its manual.\n",
	      out);
}

static void print_usage(FILE *out, const struct cli_command_desc *command)
{
	fprintf(out, "Usage: pfnsim %s [OPTION]...%s%s\n", command->name,
		*command->operands ? " " : "", command->operands);
}

/* "  -k, --kernel=KERNEL"; of choices, their names. */
static void describe_option(struct buf *out, const struct cli_option *option)
{
	const struct cli_choice *choice = option->choices;

	if (option->letter)
		buf_printf(out, "  -%c, --%s", option->letter, option->name);
	else
		buf_printf(out, "      --%s", option->name);
	if (choice) {
		for (; choice->name; choice++)
			buf_printf(out, "%s%s",
				   choice == option->choices ? "=" : "|",
				   choice->name);
	} else if (option->arg) {
		buf_printf(out, "=%s", option->arg);
	}
}

static void print_option(FILE *out, const struct cli_option *option,
			 size_t columns)
{
	struct buf line = { 0 };

	describe_option(&line, option);
	if (line.len + INDENT > OPTION_COLUMN) {
		buf_puts(&line, "\n");
		buf_pad(&line, OPTION_COLUMN);
	} else {
		buf_pad(&line, OPTION_COLUMN - line.len);
	}
	wrap_paragraph(&line, option->help, OPTION_COLUMN, OPTION_COLUMN,
		       columns);
	fputs(buf_get(&line), out);
	buf_deinit(&line);
}

static void print_options(FILE *out, enum cli_command command, size_t columns)
{
	for (size_t i = 0; i < cli_nr_options; i++)
		if (cli_option_fits(&cli_all_options[i], command))
			print_option(out, &cli_all_options[i], columns);
}

static void print_lines(FILE *out, const char *lines, const char *before)
{
	while (*lines) {
		size_t len = strcspn(lines, "\n");

		fprintf(out, "%s%.*s\n", before, (int)len, lines);
		lines += len + (lines[len] == '\n');
	}
}

void cli_print_short_help(FILE *out, enum cli_command command)
{
	const struct cli_command_desc *desc = &cli_commands[command];

	print_usage(out, desc);
	fprintf(out, "%s.\n\n", desc->summary);
	print_options(out, command, SCREEN);
	fputs("\nExample:\n", out);
	print_lines(out, desc->example, "  ");
}

static void print_paragraphs(FILE *out, const char *s, size_t columns)
{
	struct buf text = { 0 };

	while (*s) {
		size_t len = strcspn(s, "\n");
		struct buf paragraph = { 0 };

		buf_add(&paragraph, s, len);
		buf_pad(&text, INDENT);
		wrap_paragraph(&text, buf_get(&paragraph), INDENT, INDENT,
			       columns);
		buf_deinit(&paragraph);
		s += len + (s[len] == '\n');
		if (*s)
			buf_puts(&text, "\n");
	}
	fputs(buf_get(&text), out);
	buf_deinit(&text);
}

void cli_print_manual(FILE *out, enum cli_command command, size_t columns)
{
	const struct cli_command_desc *desc = &cli_commands[command];

	if (columns > SCREEN)
		columns = SCREEN;
	fputs("NAME\n", out);
	fprintf(out, "  pfnsim %s - %s\n\n", desc->name, desc->summary);
	fputs("SYNOPSIS\n", out);
	fprintf(out, "  pfnsim %s [OPTION]...%s%s\n\n", desc->name,
		*desc->operands ? " " : "", desc->operands);
	fputs("DESCRIPTION\n", out);
	print_paragraphs(out, desc->about, columns);
	fputs("\nOPTIONS\n", out);
	print_options(out, command, columns);
	fputs("\nEXAMPLES\n", out);
	print_lines(out, desc->example, "  ");
}
