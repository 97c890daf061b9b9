// SPDX-License-Identifier: GPL-2.0-only
/* Help and completion know every command and every option. */
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "help.h"
#include "options.h"

static char *parse_output(int argc, char **argv)
{
	struct cli_options options;
	char *text = NULL;
	size_t len;
	FILE *out = open_memstream(&text, &len);
	int status = cli_parse_to(argc, argv, &options, out, stderr);

	fclose(out);
	cli_options_deinit(&options);
	cr_assert_eq(status, 0, "status %d", status);
	return text;
}

static char *help_of(enum cli_command command, char *which)
{
	char *argv[] = { "pfnsim", (char *)cli_command_name(command), which,
			 NULL };

	return parse_output(3, argv);
}

static char *completion_of(const char *line)
{
	char *words = strdup(line), *rest = words;
	char *argv[16] = { "pfnsim", "--complete" };
	int argc = 2;
	char *text;

	while (rest)
		argv[argc++] = strsep(&rest, "|");
	text = parse_output(argc, argv);
	free(words);
	return text;
}

static void expect_completion(const char *line, const char *want)
{
	char *got = completion_of(line);

	cr_assert(!strcmp(got, want), "'%s' gives\n%s", line, got);
	free(got);
}

/* Whether @word stands in @text with no letter or dash behind it. */
static bool has_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (const char *at = text; (at = strstr(at, word)); at += len)
		if (!strchr("abcdefghijklmnopqrstuvwxyz-", at[len]) || !at[len])
			return true;
	return false;
}

static void expect_option(enum cli_command command,
			  const struct cli_option *option)
{
	const char *name = cli_command_name(command);
	char *screen = help_of(command, "-h");
	char *manual = help_of(command, "--help");
	char *words = NULL, *dashed = NULL, *completion;

	cr_assert_geq(asprintf(&words, "%s|--", name), 0);
	cr_assert_geq(asprintf(&dashed, "--%s", option->name), 0);
	completion = completion_of(words);
	cr_assert(has_word(screen, dashed), "%s -h lacks %s", name, dashed);
	cr_assert(has_word(manual, dashed), "%s --help lacks %s", name, dashed);
	cr_assert(has_word(completion, dashed), "%s does not complete %s", name,
		  dashed);
	free(screen);
	free(manual);
	free(words);
	free(dashed);
	free(completion);
}

Test(cli_help, every_option_is_in_both_helps_and_in_the_completion)
{
	for (enum cli_command c = 0; c < NR_CLI_COMMANDS; c++)
		for (size_t i = 0; i < cli_nr_options; i++)
			if (cli_option_fits(&cli_all_options[i], c))
				expect_option(c, &cli_all_options[i]);
}

Test(cli_help, names_and_letters_are_unique_in_a_command)
{
	for (enum cli_command c = 0; c < NR_CLI_COMMANDS; c++) {
		bool letters[256] = { false };

		for (size_t i = 0; i < cli_nr_options; i++) {
			const struct cli_option *o = &cli_all_options[i];
			unsigned char letter = o->letter;

			if (!cli_option_fits(o, c))
				continue;
			cr_assert_eq(cli_find_option(c, o->name,
						     strlen(o->name)),
				     o, "two --%s", o->name);
			cr_assert(!letter || !letters[letter], "two -%c",
				  letter);
			letters[letter] = true;
		}
	}
}

Test(cli_help, overview_fits_on_a_screen_and_names_every_command)
{
	char *argv[] = { "pfnsim", NULL };
	char *text = parse_output(1, argv);
	size_t lines = 0;

	for (enum cli_command c = 0; c < NR_CLI_COMMANDS; c++)
		cr_assert(has_word(text, cli_command_name(c)));
	for (const char *at = text; *at; at++)
		lines += *at == '\n';
	cr_assert_leq(lines, 28);
	free(text);
}

Test(cli_help, every_screen_is_one_with_an_example)
{
	for (enum cli_command c = 0; c < NR_CLI_COMMANDS; c++) {
		char *text = help_of(c, "-h");
		size_t lines = 0, width = 0;

		for (const char *at = text; *at; at += strcspn(at, "\n") + 1) {
			lines++;
			if (strcspn(at, "\n") > width)
				width = strcspn(at, "\n");
		}
		cr_assert(strstr(text, "\nExample:\n  pfnsim "));
		cr_assert_leq(lines, 36, "%s", text);
		cr_assert_leq(width, 80, "%s", text);
		free(text);
	}
}

Test(cli_help, help_needs_no_operands)
{
	char *argv[] = { "pfnsim", "replay", "-vh", NULL };
	char *text = parse_output(3, argv);

	cr_assert_eq(strncmp(text, "Usage: pfnsim replay ", 21), 0);
	free(text);
}

Test(cli_complete, commands)
{
	expect_completion("r", "run\nreplay\nreport\n");
	expect_completion("li", "lint\nlist\n");
	expect_completion("x", "");
}

Test(cli_complete, values)
{
	expect_completion("run|--format|", "text\nktap\njson\n");
	expect_completion("run|--format=k", "ktap\n");
	expect_completion("list|--format=", "plain\njson\nctest\n");
	expect_completion("run|a.yaml|--color|a", "auto\nalways\n");
}

Test(cli_complete, verbs_of_kernel)
{
	expect_completion("kernel|", "add\nupdate\nremove\nprune\n"
				     "show\ndiff\ncheck\n");
	expect_completion("kernel|r", "remove\n");
	expect_completion("kernel|add|", "");
}

Test(cli_complete, names_of_operations_subjects_and_violations)
{
	expect_completion("points|gpc.act", "gpc.activate\n");
	expect_completion("bench|", "replay\nsearch\n");
	expect_completion("bench|replay|", "");
	expect_completion("explore|--find|use", "use-after-free\n");
	expect_completion("run|scenarios/munmap-vs-refresh.yaml|--case|unm",
			  "unmapped-in-the-window\nunmapped-before\n"
			  "unmapped-after\n");
	expect_completion("run|scenarios/nowhere.yaml|--case=|", "");
}

Test(cli_help, help_is_a_word_too)
{
	char *argv[] = { "pfnsim", "help", "run", NULL };
	char *text = parse_output(3, argv);

	cr_assert(strstr(text, "SYNOPSIS\n  pfnsim run "));
	free(text);
}

Test(cli_complete, files_are_left_to_the_shell)
{
	expect_completion("run|", "");
	expect_completion("run|scen", "");
	expect_completion("replay|--trace|", "");
}

Test(cli_complete, options_of_the_command_only)
{
	expect_completion("replay|--o", "--order\n--out\n");
	expect_completion("lint|--o", "");
}
