// SPDX-License-Identifier: GPL-2.0-only
/* What a command line means, and the one line that a wrong one gets. */
#include <stdlib.h>
#include <string.h>

#include <criterion/criterion.h>

#include "cli.h"

#define MAX_WORDS 32

struct outcome_of_parsing {
	struct cli_options options;
	char *words, *argv[MAX_WORDS + 2];
	char *out, *err;
	size_t out_len, err_len;
	int status;
};

/* Splits @line at '|' and parses it behind the program's name. */
static void parse(struct outcome_of_parsing *got, const char *line)
{
	FILE *out, *err;
	int argc = 1;

	memset(got, 0, sizeof(*got));
	got->words = strdup(line);
	got->argv[0] = "pfnsim";
	for (char *rest = got->words, *word; *line && rest; argc++) {
		word = strsep(&rest, "|");
		cr_assert_lt(argc, MAX_WORDS);
		got->argv[argc] = word;
	}
	out = open_memstream(&got->out, &got->out_len);
	err = open_memstream(&got->err, &got->err_len);
	got->status = cli_parse_to(argc, got->argv, &got->options, out, err);
	fclose(out);
	fclose(err);
}

static void forget(struct outcome_of_parsing *got)
{
	cli_options_deinit(&got->options);
	free(got->words);
	free(got->out);
	free(got->err);
}

static void expect_error(const char *line, const char *want)
{
	struct outcome_of_parsing got;

	parse(&got, line);
	cr_assert_eq(got.status, 2, "%s: status %d", line, got.status);
	cr_assert_str_eq(got.out, "", "%s: '%s' on stdout", line, got.out);
	cr_assert(!strcmp(got.err, want), "%s:\n%s\ninstead of\n%s", line,
		  got.err, want);
	forget(&got);
}

/* Parses a line that must be right. */
static void parse_good(struct outcome_of_parsing *got, const char *line)
{
	parse(got, line);
	cr_assert_eq(got->status, CLI_GO, "%s: %s", line, got->err);
	cr_assert_str_eq(got->out, "");
	cr_assert_str_eq(got->err, "");
}

Test(cli_parse, a_command_and_its_operands)
{
	struct outcome_of_parsing got;

	parse_good(&got, "lint|a.yaml|b.yaml");
	cr_assert_eq(got.options.command, CLI_LINT);
	cr_assert_eq(got.options.nr_operands, 2);
	cr_assert_str_eq(got.options.operands[1], "b.yaml");
	forget(&got);
}

Test(cli_parse, a_file_alone_is_run)
{
	struct outcome_of_parsing got;

	parse_good(&got, "a.yaml");
	cr_assert_eq(got.options.command, CLI_RUN);
	cr_assert_str_eq(got.options.operands[0], "a.yaml");
	forget(&got);
	parse_good(&got, "-v|-k|reference|dir/");
	cr_assert_eq(got.options.command, CLI_RUN);
	cr_assert(got.options.verbose);
	forget(&got);
}

Test(cli_parse, options_and_operands_mix)
{
	struct outcome_of_parsing got;

	parse_good(&got, "run|a|--table|b|-k|one|--kernel=two|-kthree|c");
	cr_assert_eq(got.options.nr_operands, 3);
	cr_assert_str_eq(got.options.operands[2], "c");
	cr_assert(got.options.table);
	cr_assert_eq(got.options.nr_kernels, 3);
	cr_assert_str_eq(got.options.kernels[0], "one");
	cr_assert_str_eq(got.options.kernels[1], "two");
	cr_assert_str_eq(got.options.kernels[2], "three");
	forget(&got);
}

Test(cli_parse, two_dashes_end_the_options)
{
	struct outcome_of_parsing got;

	parse_good(&got, "run|-q|--|-v|--|--table");
	cr_assert(got.options.quiet);
	cr_assert(!got.options.verbose);
	cr_assert_eq(got.options.nr_operands, 3);
	cr_assert_str_eq(got.options.operands[0], "-v");
	cr_assert_str_eq(got.options.operands[1], "--");
	forget(&got);
}

Test(cli_parse, one_dash_is_an_operand)
{
	struct outcome_of_parsing got;

	parse_good(&got, "run|-");
	cr_assert_str_eq(got.options.operands[0], "-");
	forget(&got);
}

Test(cli_parse, defaults)
{
	struct outcome_of_parsing got;

	unsetenv("PFNSIM_KERNELS");
	parse_good(&got, "run|a");
	cr_assert_eq(got.options.format, FORMAT_TEXT);
	cr_assert_eq(got.options.color, COLOR_AUTO);
	cr_assert_eq(got.options.nr_kernels, 0);
	cr_assert_eq(got.options.seconds, 0);
	cr_assert(strstr(got.options.kernel_dir, "/kernels"));
	forget(&got);
	parse_good(&got, "schema");
	cr_assert_eq(got.options.format, FORMAT_JSON);
	forget(&got);
}

Test(cli_parse, environment_names_the_kernel_directory)
{
	struct outcome_of_parsing got;

	setenv("PFNSIM_KERNELS", "/elsewhere", 1);
	parse_good(&got, "kernels");
	cr_assert_str_eq(got.options.kernel_dir, "/elsewhere");
	forget(&got);
	parse_good(&got, "kernels|--kernel-dir|here|--kernel-dir=there");
	cr_assert_str_eq(got.options.kernel_dir, "there");
	forget(&got);
}

Test(cli_parse, values)
{
	struct outcome_of_parsing got;

	parse_good(&got, "run|a|--format=ktap|--color=never|--out|d|"
			 "--table|--case=c");
	cr_assert_eq(got.options.format, FORMAT_KTAP);
	cr_assert_eq(got.options.color, COLOR_NEVER);
	cr_assert_str_eq(got.options.out_dir, "d");
	cr_assert_str_eq(got.options.case_name, "c");
	cr_assert(got.options.table);
	forget(&got);
	parse_good(&got, "bench|replay|--seconds=4");
	cr_assert_eq(got.options.seconds, 4);
	forget(&got);
	parse_good(&got, "list|--format=ctest|a");
	cr_assert_eq(got.options.format, FORMAT_CTEST);
	forget(&got);
	parse_good(&got, "replay|a|--order|vmm:end vcpu0:end");
	cr_assert_str_eq(got.options.order, "vmm:end vcpu0:end");
	forget(&got);
}

Test(cli_parse, wrong_commands_get_the_nearest)
{
	expect_error("rnu|a.yaml",
		     "pfnsim: unknown command 'rnu'; did you mean 'run'?\n");
	expect_error("qqqqqqqq", "pfnsim: unknown command 'qqqqqqqq'; "
				 "'pfnsim' alone lists them\n");
}

Test(cli_parse, wrong_options_get_the_nearest)
{
	expect_error("run|--kernl=x|a", "pfnsim: run has no option '--kernl'; "
					"did you mean '--kernel'?\n");
	expect_error("run|--qqqqqqqq|a", "pfnsim: run has no option "
					 "'--qqqqqqqq'; 'pfnsim run -h' lists "
					 "them\n");
	expect_error("run|-vx|a", "pfnsim: run has no option '-x'; 'pfnsim run "
				  "-h' lists them\n");
}

Test(cli_parse, options_of_other_commands_are_wrong)
{
	expect_error("lint|--order=x|a",
		     "pfnsim: lint has no option '--order'; "
		     "'pfnsim lint -h' lists them\n");
}

Test(cli_parse, nothing_is_abbreviated)
{
	expect_error("run|--kern|x|a",
		     "pfnsim: run has no option '--kern'; did "
		     "you mean '--kernel'?\n");
	expect_error("run|--verbos|a", "pfnsim: run has no option '--verbos'; "
				       "did you mean '--verbose'?\n");
}

Test(cli_parse, wrong_values)
{
	expect_error("run|a|--format=ktp",
		     "pfnsim: --format=ktp is unknown; did "
		     "you mean 'ktap'?\n");
	expect_error("run|a|--color=purple",
		     "pfnsim: --color takes auto, always or never, not "
		     "'purple'\n");
	expect_error("bench|replay|--seconds=0",
		     "pfnsim: --seconds takes a number from 1 to 86400, "
		     "not '0'\n");
	expect_error("bench|replay|--seconds=4x",
		     "pfnsim: --seconds takes a number from 1 to "
		     "86400, not '4x'\n");
	expect_error("bench|replay|--seconds=-4",
		     "pfnsim: --seconds takes a number from 1 to "
		     "86400, not '-4'\n");
	expect_error("bench|replay|--seconds=99999999999999999999",
		     "pfnsim: --seconds takes a number from 1 to 86400, not "
		     "'99999999999999999999'\n");
}

Test(cli_parse, options_alone_ask_for_nothing)
{
	expect_error("-v", "pfnsim: neither a command nor a file; 'pfnsim' "
			   "alone lists commands\n");
	expect_error("--junit=a", "pfnsim: neither a command nor a file; "
				  "'pfnsim' alone lists commands\n");
}

Test(cli_parse, variants_have_one_form)
{
	expect_error("run|--variants|a|--format=json",
		     "pfnsim: --variants goes with --format=text only\n");
	expect_error("run|--variants|a|--junit=b",
		     "pfnsim: --variants and --junit exclude each other\n");
}

Test(cli_parse, missing_and_needless_arguments)
{
	expect_error("run|a|-k",
		     "pfnsim: --kernel needs an argument: KERNEL\n");
	expect_error("run|a|--case",
		     "pfnsim: --case needs an argument: CASE\n");
	expect_error("run|a|--case=",
		     "pfnsim: --case needs an argument: CASE\n");
	expect_error("run|a|--table=yes",
		     "pfnsim: --table takes no argument\n");
}

Test(cli_parse, operands_are_counted)
{
	expect_error("explore", "pfnsim: explore needs a scenario file or "
				"directory, or --all\n");
	expect_error("replay|a|b|--case=c", "pfnsim: replay: unexpected 'b'\n");
	expect_error("kernels|a", "pfnsim: kernels: unexpected 'a'\n");
	expect_error("compare|-k|a|b.yaml",
		     "pfnsim: compare needs at least two kernels: -k\n");
	expect_error("kernel|add|a|b|c", "pfnsim: kernel: unexpected 'c'\n");
}

Test(cli_parse, contradictions)
{
	expect_error("run|-v|-q|a",
		     "pfnsim: --verbose and --quiet exclude each other\n");
	expect_error("replay|a",
		     "pfnsim: replay needs --case, --order or --trace\n");
	expect_error("replay|a|--trace=t|--case=c",
		     "pfnsim: replay takes --trace or --case and --order, not "
		     "both\n");
}

Test(cli_parse, errors_are_one_safe_line)
{
	expect_error("x\033[2J\ny", "pfnsim: unknown command 'x\\x1b[2J y'; "
				    "'pfnsim' alone lists them\n");
}

Test(cli_parse, an_error_leaves_nothing_behind)
{
	struct outcome_of_parsing got;

	expect_error("run|-vx|a", "pfnsim: run has no option '-x'; 'pfnsim run "
				  "-h' lists them\n");
	parse_good(&got, "run|-q|a");
	cr_assert(got.options.quiet);
	cr_assert(!got.options.verbose);
	forget(&got);
}
