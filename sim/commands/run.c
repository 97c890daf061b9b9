// SPDX-License-Identifier: GPL-2.0-only
/*
 * `pfnsim run`: every case of every file on every kernel.  A case is run to its
 * verdict before the next one starts; what is printed depends on nothing but
 * the files, the kernels and the options.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "commands.h"
#include "engine.h"
#include "inputs.h"
#include "output.h"
#include "runner.h"
#include "variants.h"

struct run {
	const struct cli_options *options;
	struct scenario_files files;
	struct kernels kernels;
	struct output *output;
	struct run_table table;
};

static bool wanted_case(const struct run *run, const struct case_desc *desc)
{
	return !run->options->case_name ||
	       !strcmp(run->options->case_name, desc->name);
}

static enum verdict run_here(struct run *run, const struct scenario *scenario,
			     const struct case_desc *desc,
			     const struct loaded_kernel *kernel)
{
	struct case_result result;
	enum verdict verdict;

	run_case(scenario, desc, kernel, &result);
	verdict = result.verdict;
	output_case(run->output, &result);
	case_result_deinit(&result);
	return verdict;
}

#ifdef PFNSIM_COVERAGE
/*
 * Counters lie in the data that a reset restores: give each case a process of
 * its own, which is never reset.
 */
static enum verdict run_one(struct run *run, const struct scenario *scenario,
			    const struct case_desc *desc,
			    const struct loaded_kernel *kernel)
{
	int status;
	pid_t pid;

	fflush(stdout);
	pid = fork();
	if (pid < 0)
		return VERDICT_ERROR;
	if (!pid) {
		/* A process does not inherit the watchdog's timer. */
		if (engine_init())
			abort();
		exit(run_here(run, scenario, desc, kernel));
	}
	if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status) ||
	    WEXITSTATUS(status) > VERDICT_ERROR)
		return VERDICT_ERROR;
	return WEXITSTATUS(status);
}
#else
static enum verdict run_one(struct run *run, const struct scenario *scenario,
			    const struct case_desc *desc,
			    const struct loaded_kernel *kernel)
{
	return run_here(run, scenario, desc, kernel);
}
#endif

static size_t count_cases(const struct run *run,
			  const struct scenario *scenario)
{
	size_t nr = 0;

	for (size_t i = 0; i < scenario->nr_cases; i++)
		nr += wanted_case(run, &scenario->cases[i]);
	return nr * run->kernels.nr;
}

static void run_file(struct run *run, const struct scenario *scenario)
{
	output_file_begin(run->output, scenario->name,
			  count_cases(run, scenario));
	for (size_t k = 0; k < run->kernels.nr; k++) {
		const struct loaded_kernel *kernel = &run->kernels.kernel[k];

		for (size_t i = 0; i < scenario->nr_cases; i++) {
			const struct case_desc *desc = &scenario->cases[i];
			enum verdict verdict;

			if (!wanted_case(run, desc))
				continue;
			if (engine.interrupted)
				return;
			verdict = run_one(run, scenario, desc, kernel);
			run_table_add(&run->table, scenario->name, kernel->name,
				      verdict);
		}
	}
	output_file_end(run->output, scenario->name);
}

static void end(struct run *run)
{
	struct output *output = run->output;

	output_end(output);
	if (run->options->format != FORMAT_TEXT)
		return;
	if (run->options->table) {
		fputc('\n', stdout);
		report_table(stdout, &run->table, &output->style);
		fputc('\n', stdout);
	}
	if (engine.interrupted)
		puts("interrupted: what is above is all that ran");
	report_totals(stdout, &output->totals, &output->style);
}

static int run_files(struct run *run)
{
	for (size_t i = 0; i < run->files.nr && !engine.interrupted; i++)
		run_file(run, run->files.files[i].scenario);
	end(run);
	return output_exit_status(run->output);
}

/* Shared with the processes of a coverage build, which print and count. */
static struct output *shared_output(void)
{
	struct output *output = mmap(NULL, sizeof(*output),
				     PROT_READ | PROT_WRITE,
				     MAP_SHARED | MAP_ANONYMOUS, -1, 0);

	if (output == MAP_FAILED)
		abort();
	return output;
}

static int begin(struct run *run)
{
	/* Who names one file wants to see what happens in it. */
	bool page = run->options->nr_operands == 1 && run->files.nr == 1 &&
		    run->kernels.nr == 1 && !run->options->variants;

	return output_begin(run->output, run->options, run->files.nr, page);
}

int command_run(const struct cli_options *options)
{
	struct run run = { .options = options, .output = shared_output() };
	int status = files_read(options, &run.files);

	if (!status && run.files.nr_bad)
		status = 2;
	if (!status)
		status = files_have_case(&run.files, options->case_name);
	if (!status)
		status = kernels_load(options, options->variants, &run.kernels);
	if (!status)
		status = begin(&run);
	if (!status)
		status = options->variants ?
				 run_variants(&run.files, &run.kernels,
					      run.output) :
				 run_files(&run);
	run_table_deinit(&run.table);
	kernels_deinit(&run.kernels);
	files_deinit(&run.files);
	munmap(run.output, sizeof(*run.output));
	return status;
}
