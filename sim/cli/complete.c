// SPDX-License-Identifier: GPL-2.0-only
/* Completion: what could stand where the cursor is. */
#include <stdlib.h>
#include <string.h>

#include "command_table.h"
#include "diag.h"
#include "help.h"
#include "loader.h"
#include "options.h"
#include "operations.h"
#include "places.h"
#include "points.h"
#include "reader.h"

static void offer(FILE *out, const char *before, const char *name,
		  const char *word)
{
	if (!strncmp(name, word, strlen(word)))
		fprintf(out, "%s%s\n", before, name);
}

static void offer_commands(FILE *out, const char *word)
{
	for (size_t i = 0; i < NR_CLI_COMMANDS; i++)
		offer(out, "", cli_commands[i].name, word);
}

static void offer_options(FILE *out, enum cli_command command, const char *word)
{
	for (size_t i = 0; i < cli_nr_options; i++) {
		const struct cli_option *option = &cli_all_options[i];

		if (cli_option_fits(option, command) &&
		    !strncmp(word, "--", strnlen(word, 2)))
			offer(out, "--", option->name,
			      strlen(word) > 2 ? word + 2 : "");
	}
}

static void offer_kernels(FILE *out, const char *before, const char *word)
{
	char *dir = cli_kernel_dir(), *also = cli_installed_kernels();
	char **names = NULL;
	int nr = dir ? loader_list(dir, also, true, &names) : 0;

	for (int i = 0; i < nr; i++) {
		offer(out, before, names[i], word);
		free(names[i]);
	}
	free(names);
	free(dir);
	free(also);
}

static void offer_violations(FILE *out, const char *before, const char *word)
{
	for (int i = 0; i < NR_VIOLATIONS; i++)
		offer(out, before, violation_name(i), word);
}

/* Of the scenario files that stand on the line. */
static void offer_cases(FILE *out, const char *before, int nr, char **words)
{
	const char *word = words[nr - 1];

	for (int i = 0; i < nr - 1; i++) {
		size_t len = strlen(words[i]);
		struct scenario *scenario;
		struct diags diags;

		if (len < 5 || strcmp(words[i] + len - 5, ".yaml"))
			continue;
		diags_init(&diags);
		scenario = scenario_read(words[i], &diags);
		for (size_t c = 0; scenario && c < scenario->nr_cases; c++)
			offer(out, before, scenario->cases[c].name, word);
		scenario_destroy(scenario);
		diags_deinit(&diags);
	}
}

/* The last of @words is the value so far, with @before before it. */
static void offer_values(FILE *out, const struct cli_option *option,
			 const char *before, int nr, char **words)
{
	const char *word = words[nr - 1];

	if (option->kind == KIND_KERNEL)
		offer_kernels(out, before, word);
	else if (!strcmp(option->name, "case"))
		offer_cases(out, before, nr, words);
	else if (!strcmp(option->name, "find"))
		offer_violations(out, before, word);
	for (const struct cli_choice *choice = option->choices;
	     choice && choice->name; choice++)
		offer(out, before, choice->name, word);
}

static void offer_operations(FILE *out, const char *word)
{
	for (int i = 0; i < NR_SCENARIO_OPS; i++)
		offer(out, "", scenario_op_name(i), word);
}

/* What each verb of `kernel` may take as its operands; the rest are files. */
static void offer_kernel_operand(FILE *out, int nr, char **words)
{
	static const char *const verbs[] = { "add",   "update", "remove",
					     "prune", "show",	"diff",
					     "check" };
	const char *verb = words[1], *word = words[nr - 1];

	if (nr == 2)
		for (size_t i = 0; i < sizeof(verbs) / sizeof(*verbs); i++)
			offer(out, "", verbs[i], word);
	else if (!strcmp(verb, "diff") || !strcmp(verb, "update") ?
			 nr <= 4 :
			 nr == 3 && strcmp(verb, "add"))
		offer_kernels(out, "", word);
}

/* Where nothing is offered, shells complete the names of files. */
static void offer_operand(FILE *out, enum cli_command command, int nr,
			  char **words)
{
	const char *word = words[nr - 1];

	switch (command) {
	case CLI_KERNEL:
		offer_kernel_operand(out, nr, words);
		break;
	case CLI_POINTS:
		offer_operations(out, word);
		break;
	case CLI_BENCH:
		if (nr > 2)
			break;
		offer(out, "", "replay", word);
		offer(out, "", "search", word);
		break;
	default:
		break;
	}
}

/* The option that waits for @previous's next word as its argument, or NULL. */
static const struct cli_option *waiting_option(enum cli_command command,
					       const char *previous)
{
	const struct cli_option *option = NULL;

	if (!strncmp(previous, "--", 2))
		option = cli_find_option(command, previous + 2,
					 strlen(previous + 2));
	for (size_t i = 0; !option && i < cli_nr_options; i++) {
		const struct cli_option *candidate = &cli_all_options[i];

		if (candidate->letter && previous[0] == '-' &&
		    previous[1] == candidate->letter && !previous[2] &&
		    cli_option_fits(candidate, command))
			option = candidate;
	}
	return option && option->arg ? option : NULL;
}

void cli_complete(FILE *out, int nr, char **words)
{
	const char *word = nr > 0 ? words[nr - 1] : "";
	enum cli_command command = CLI_RUN;
	const struct cli_option *option;
	char *value;

	if (nr <= 1) {
		if (*word != '-')
			offer_commands(out, word);
		else
			offer_options(out, CLI_RUN, word);
		return;
	}
	if (cli_find_command(words[0]) != NR_CLI_COMMANDS)
		command = cli_find_command(words[0]);
	option = waiting_option(command, words[nr - 2]);
	if (option) {
		offer_values(out, option, "", nr, words);
		return;
	}
	if (*word != '-') {
		offer_operand(out, command, nr, words);
		return;
	}
	value = strchr(word, '=');
	if (!value || strncmp(word, "--", 2)) {
		offer_options(out, command, word);
		return;
	}
	option = cli_find_option(command, word + 2, value - word - 2);
	words[nr - 1] = value + 1;
	if (option)
		offer_values(out, option, "", nr, words);
}
