// SPDX-License-Identifier: GPL-2.0-only
/*
 * `pfnsim soak`: a program of its own carries it out, as tasks are threads there;
 * this one finds the files, the kernels and the program.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
#include <sys/wait.h>
#include <unistd.h>

#include "commands.h"
#include "inputs.h"
#include "kernelupdate.h"
#include "places.h"
#include "session.h"
#include "soakstates.h"

#define MAX_WORDS 16

/* What is called after the kind of kernel that it takes. */
static const struct {
	const char *folder, *suffix, *option;
} kinds[] = {
	[SANITIZE_NOTHING] = { "native", "", "" },
	[SANITIZE_THREAD] = { "tsan", "-tsan", " built for ThreadSanitizer" },
	[SANITIZE_ADDRESS] = { "asan", "-asan", " built for AddressSanitizer" },
};

/* The path of the program that soaks, or NULL after an error. */
static char *find_program(const struct cli_options *options)
{
	char *name = text_of("pfnsim-soak%s", kinds[options->sanitizer].suffix);
	char *path = cli_program(name);

	if (!path || access(path, X_OK)) {
		fprintf(stderr,
			"pfnsim: there is no %s: it is built on x86-64, with "
			"sanitizers by gcc, and not for coverage\n",
			path ? path : name);
		free(path);
		path = NULL;
	}
	free(name);
	return path;
}

/* Kernels that were added are built with sanitizers once that is wanted. */
static char *find_kernel(const struct cli_options *options, const char *name)
{
	const char *folder = kinds[options->sanitizer].folder;
	char *file = text_of("%s/%s.so", folder, name);
	char *path = kernel_path(options, file);
	int status = 0;

	if (access(path, R_OK) && options->sanitizer != SANITIZE_NOTHING) {
		status = kernel_sanitize(options, name);
		free(path);
		path = kernel_path(options, file);
	}
	free(file);
	if (!access(path, R_OK))
		return path;
	if (!status)
		fprintf(stderr,
			"pfnsim: there is no kernel '%s' for threads%s: no %s\n",
			name, kinds[options->sanitizer].option, path);
	free(path);
	return NULL;
}

struct words {
	const char **word;
	size_t nr;
};

static void add_word(struct words *words, const char *option, const char *value)
{
	words->word[words->nr++] = option;
	if (value)
		words->word[words->nr++] = value;
}

static void add_number(struct words *words, const char *option,
		       unsigned long value)
{
	if (value)
		add_word(words, option, text_of("%lu", value));
}

/*
 * The command line of the program; what it points to lives on.  Without @files it
 * measures, with @states it compares with them.
 */
static char **command_line(const struct cli_options *options,
			   const char *program, const char *kernel,
			   const struct scenario_files *files, FILE *states)
{
	size_t nr = files ? files->nr : 0;
	struct words words = { 0 };

	words.word = calloc(nr + 2 * MAX_WORDS, sizeof(*words.word));
	if (!words.word)
		abort();
	add_word(&words, program, NULL);
	add_word(&words, "--kernel", kernel);
	if (place_of_data())
		add_word(&words, "--sources", place_of_sources());
	add_number(&words, "--threads", options->threads);
	add_number(&words, "--seconds", options->seconds);
	add_number(&words, "--operations", options->operations);
	add_number(&words, "--patience", options->patience);
	add_number(&words, "--seed", options->seed);
	if (options->format == FORMAT_JSON)
		add_word(&words, "--json", NULL);
	if (options->quiet)
		add_word(&words, "--quiet", NULL);
	if (!files)
		add_word(&words, "--scale", NULL);
	if (states)
		add_word(&words, "--states",
			 text_of("/dev/fd/%d", fileno(states)));
	add_word(&words, "--", NULL);
	for (size_t i = 0; i < nr; i++)
		add_word(&words, files->files[i].path, NULL);
	return (char **)words.word;
}

/* Both sanitizers want to know more than a user has to. */
static void prepare(const struct cli_options *options)
{
	if (options->sanitizer != SANITIZE_NOTHING)
		personality(ADDR_NO_RANDOMIZE);
	setenv("TSAN_OPTIONS",
	       "symbolize=0:report_signal_unsafe=0:exitcode=0:"
	       "log_path=/dev/null:history_size=4",
	       0);
	setenv("ASAN_OPTIONS",
	       "handle_segv=0:allow_user_segv_handler=1:detect_leaks=0:"
	       "exitcode=72",
	       0);
}

static volatile pid_t running;

/* It ends with its figures then; a terminal's interrupt it has got itself. */
static void pass_on(int sig)
{
	if (running > 0)
		kill(running, sig);
}

static int run_program(const struct cli_options *options, char **argv)
{
	struct sigaction pass = { .sa_handler = pass_on,
				  .sa_flags = SA_RESTART };
	struct sigaction interrupt, terminate;
	int status;

	fflush(NULL);
	running = 0;
	sigaction(SIGINT, &pass, &interrupt);
	sigaction(SIGTERM, &pass, &terminate);
	running = fork();
	if (!running) {
		sigaction(SIGINT, &interrupt, NULL);
		sigaction(SIGTERM, &terminate, NULL);
		prepare(options);
		execv(argv[0], argv);
		fprintf(stderr, "pfnsim: cannot run %s: %s\n", argv[0],
			strerror(errno));
		_exit(4);
	}
	if (running < 0 || waitpid(running, &status, 0) != running)
		return 4;
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGTERM, &terminate, NULL);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 4;
}

/* What searches find on the kernel @name or on that of --against. */
static int find_states(const struct cli_options *options, const char *name,
		       const struct scenario_files *files, FILE **states)
{
	int status;

	*states = NULL;
	if (!files || !options->once)
		return 0;
	*states = tmpfile();
	if (!*states) {
		fprintf(stderr, "pfnsim: no temporary file: %s\n",
			strerror(errno));
		return 4;
	}
	status = soak_states(options,
			     options->against ? options->against : name, files,
			     *states);
	rewind(*states);
	return status;
}

static int soak_kernel(const struct cli_options *options, const char *program,
		       const char *name, const struct scenario_files *files)
{
	char *kernel = find_kernel(options, name);
	FILE *states;
	char **argv;
	int status;

	if (!kernel)
		return 2;
	status = find_states(options, name, files, &states);
	if (!status) {
		argv = command_line(options, program, kernel, files, states);
		status = run_program(options, argv);
		free(argv);
	}
	if (states)
		fclose(states);
	free(kernel);
	return status;
}

/* The worst decides; 77 where nothing was soaked at all. */
static int worse(int a, int b)
{
	static const int order[] = { 4, 2, 1, 3, 0, 77 };

	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++)
		if (a == order[i] || b == order[i])
			return order[i];
	return 4;
}

static int soak_kernels(const struct cli_options *options,
			const struct scenario_files *files)
{
	static const char *const reference[] = { "reference" };
	const char *const *names = options->nr_kernels ? options->kernels :
							 reference;
	size_t nr = options->nr_kernels ? options->nr_kernels : 1;
	char *program = find_program(options);
	int status = program ? 77 : 2;

	for (size_t i = 0; program && i < nr; i++)
		status = worse(status,
			       soak_kernel(options, program, names[i], files));
	free(program);
	return status;
}

/* Returns 0, or 2 after an error. */
static int check_once(const struct cli_options *options)
{
	if (options->once && options->threads) {
		fprintf(stderr, "pfnsim: --threads does not go with --once: "
				"each task has a thread\n");
		return 2;
	}
	if (options->against && !options->once) {
		fprintf(stderr, "pfnsim: --against is for --once\n");
		return 2;
	}
	return 0;
}

int command_soak(const struct cli_options *options)
{
	struct scenario_files files;
	int status = check_once(options);

	if (!status)
		status = files_find(options, &files);
	if (status)
		return status;
	status = soak_kernels(options, &files);
	files_deinit(&files);
	return status;
}

int bench_scale(const struct cli_options *options)
{
	return soak_kernels(options, NULL);
}
