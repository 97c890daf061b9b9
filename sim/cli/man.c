// SPDX-License-Identifier: GPL-2.0-only
/* Manual pages in man(7), made from the tables in options.h and manual.h. */
#include <ctype.h>
#include <string.h>

#include "command_table.h"
#include "help.h"
#include "manual.h"
#include "options.h"

/* ---- roff ---------------------------------------------------------------- */

/* One character of text, so that neither roff nor a font changes it. */
static void print_char(FILE *out, char c)
{
	switch (c) {
	case '\\':
		fputs("\\e", out);
		break;
	case '-':
		fputs("\\-", out);
		break;
	case '~':
		fputs("\\(ti", out);
		break;
	case '^':
		fputs("\\(ha", out);
		break;
	case '\'':
		fputs("\\(aq", out);
		break;
	case '"':
		fputs("\\(dq", out);
		break;
	default:
		fputc(c, out);
		break;
	}
}

/* Lines of source end at the first blank behind this column. */
#define LINE 60

/*
 * One line of @len bytes, or with @wrap several that roff fills; what stands `so`
 * is bold.
 */
static void print_line(FILE *out, const char *s, size_t len, bool wrap)
{
	bool bold = false;
	size_t start = 0;

	for (size_t i = 0; i < len; i++) {
		if (i == start && strchr(". ", s[i]))
			fputs("\\&", out);
		if (s[i] == '`') {
			bold = !bold;
			fputs(bold ? "\\fB" : "\\fR", out);
		} else if (wrap && s[i] == ' ' && i - start > LINE) {
			fputc('\n', out);
			start = i + 1;
		} else {
			print_char(out, s[i]);
		}
	}
	fputc('\n', out);
}

static void print_text(FILE *out, const char *s)
{
	print_line(out, s, strlen(s), true);
}

static void print_paragraphs(FILE *out, const char *s)
{
	for (const char *at = s; *at;) {
		size_t len = strcspn(at, "\n");

		if (at != s)
			fputs(".PP\n", out);
		print_line(out, at, len, true);
		at += len + (at[len] == '\n');
	}
}

static void print_example(FILE *out, const char *lines)
{
	fputs(".EX\n", out);
	while (*lines) {
		size_t len = strcspn(lines, "\n");

		print_line(out, lines, len, false);
		lines += len + (lines[len] == '\n');
	}
	fputs(".EE\n", out);
}

/* ---- Parts --------------------------------------------------------------- */

/* PFNSIM-RUN in capitals, as titles are. */
static void print_title(FILE *out, const char *command)
{
	fputs(".\\\" SPDX-License-Identifier: GPL-2.0-only\n.TH PFNSIM", out);
	if (command)
		fputc('-', out);
	for (; command && *command; command++)
		fputc(toupper((unsigned char)*command), out);
	fprintf(out, " 1 \"%s\" \"pfnsim %s\" \"pfnsim Manual\"\n",
		PFNSIM_RELEASED, PFNSIM_VERSION);
}

static void print_option(FILE *out, const struct cli_option *option)
{
	const struct cli_choice *choice = option->choices;

	fputs(".TP\n\\fB", out);
	if (option->letter)
		fprintf(out, "\\-%c\\fR, \\fB", option->letter);
	fputs("\\-\\-", out);
	for (const char *c = option->name; *c; c++)
		print_char(out, *c);
	fputs("\\fR", out);
	if (choice) {
		for (; choice->name; choice++)
			fprintf(out, "%s\\fB%s\\fR",
				choice == option->choices ? "=" : "|",
				choice->name);
	} else if (option->arg) {
		fprintf(out, "=\\fI%s\\fR", option->arg);
	}
	fputc('\n', out);
	print_text(out, option->help);
}

static void print_entries(FILE *out, const struct manual_entry *entries)
{
	for (; entries->name; entries++) {
		fputs(".TP\n\\fB", out);
		for (const char *c = entries->name; *c; c++)
			print_char(out, *c);
		fputs("\\fR\n", out);
		print_text(out, entries->text);
	}
}

static void print_command_page(FILE *out, enum cli_command command)
{
	const struct cli_command_desc *desc = &cli_commands[command];

	print_title(out, desc->name);
	fprintf(out, ".SH NAME\npfnsim\\-%s \\- ", desc->name);
	print_text(out, desc->summary);
	fprintf(out, ".SH SYNOPSIS\n\\fBpfnsim %s\\fR [\\fIOPTION\\fR]...%s",
		desc->name, *desc->operands ? " " : "");
	print_text(out, desc->operands);
	fputs(".SH DESCRIPTION\n", out);
	print_paragraphs(out, desc->about);
	fputs(".SH OPTIONS\n", out);
	for (size_t i = 0; i < cli_nr_options; i++)
		if (cli_option_fits(&cli_all_options[i], command))
			print_option(out, &cli_all_options[i]);
	fputs(".SH EXAMPLES\n", out);
	print_example(out, desc->example);
	fputs(".SH SEE ALSO\n.BR pfnsim (1)\n", out);
}

static void print_main_page(FILE *out)
{
	print_title(out, NULL);
	fputs(".SH NAME\npfnsim \\- ", out);
	print_text(out, manual_summary);
	fputs(".SH SYNOPSIS\n"
	      "\\fBpfnsim\\fR \\fICOMMAND\\fR [\\fIOPTION\\fR]... "
	      "[\\fIFILE\\fR]...\n"
	      ".br\n"
	      "\\fBpfnsim\\fR \\fIFILE\\fR.yaml\n"
	      ".SH DESCRIPTION\n",
	      out);
	print_paragraphs(out, manual_about);
	fputs(".SH COMMANDS\n", out);
	for (size_t i = 0; i < NR_CLI_COMMANDS; i++) {
		fprintf(out, ".TP\n\\fBpfnsim\\-%s\\fR(1)\n",
			cli_commands[i].name);
		print_text(out, cli_commands[i].summary);
	}
	fputs(".SH EXIT STATUS\n", out);
	print_entries(out, manual_statuses);
	fputs(".SH ENVIRONMENT\n", out);
	print_entries(out, manual_environment);
	fputs(".SH FILES\n", out);
	print_entries(out, manual_files);
	fputs(".SH EXAMPLES\n", out);
	print_example(out, manual_example);
}

void cli_print_man(FILE *out, enum cli_command command)
{
	if (command == NR_CLI_COMMANDS)
		print_main_page(out);
	else
		print_command_page(out, command);
}
