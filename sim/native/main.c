// SPDX-License-Identifier: GPL-2.0-only
/*
 * pfnsim-soak: what `pfnsim soak` runs.  Its options are those of that command,
 * but that the kernel is given by its path and folders have been looked into.
 */
#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "known.h"
#include "native.h"
#include "points.h"
#include "reader.h"
#include "soak.h"
#include "symbols.h"

#define MAX_THREADS 1100
#define DEFAULT_SECONDS 10
#define DEFAULT_PATIENCE 20
/* Times that a file's process is started again after its kernel died. */
#define MAX_DEATHS 200
/* How often to look whether a file's process has ended. */
#define MIN_PAUSE_US 500
#define MAX_PAUSE_US 16000
#define PROGRESS_NS 500000000UL

static volatile sig_atomic_t interrupted;

static void on_interrupt(int sig)
{
	(void)sig;
	interrupted = 1;
	soak_stop = 1;
}

/* ---- Which files, and what is known of them ---------------------------------- */

static const char *missing(const struct scenario *scn,
			   const struct kernel_desc *kernel)
{
	unsigned long lacks = scn->needs & ~kernel->caps;
	char text[160] = "needs";
	size_t used = strlen(text);

	for (int i = 0; i < NR_KERNEL_CAPS; i++)
		if (lacks >> i & 1)
			used += snprintf(text + used, sizeof(text) - used,
					 " %s", kernel_cap_name(i));
	return lacks ? strdup(text) : NULL;
}

static const char *reason_to_skip(const struct scenario *scn,
				  const struct kernel_desc *kernel,
				  const struct known_ends *known)
{
	if (scn->needs & ~kernel->caps)
		return missing(scn, kernel);
	if (known)
		return known->nr_states ? NULL : "no execution came to its end";
	return soak_repeats(scn) ? NULL :
				   "has no operation that can be repeated";
}

/* @ends is NULL for loops. */
static void read_file(struct soak_file *file, const char *path,
		      const struct loaded_kernel *kernel,
		      const struct ends *ends)
{
	static const struct known_ends nothing;
	struct diags diags;

	file->path = path;
	if (ends)
		file->known = ends_of(ends, path);
	if (ends && !file->known)
		file->known = &nothing;
	diags_init(&diags);
	file->scenario = scenario_read(path, &diags);
	if (!file->scenario)
		diags_print(&diags, stderr);
	else
		file->skipped = reason_to_skip(file->scenario, kernel->desc,
					       file->known);
	diags_deinit(&diags);
	file->figures = mmap(NULL, sizeof(*file->figures),
			     PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
			     -1, 0);
	if (file->figures == MAP_FAILED)
		abort();
}

/* ---- Processes ----------------------------------------------------------------- */

/* A task alone meets nobody: two do the same. */
static unsigned int threads_of(const struct soak_file *file,
			       const struct soak_options *o)
{
	unsigned int tasks = file->scenario->nr_task;

	if (file->known)
		return tasks;
	if (o->threads)
		return o->threads;
	return tasks < 2 ? 2 : tasks;
}

static int child(const struct soak_file *file, const struct soak_options *o,
		 const struct loaded_kernel *kernel, uint64_t until,
		 unsigned int deaths)
{
	struct soak soak = {
		.scenario = file->scenario,
		.kernel = kernel,
		.options = o,
		.known = file->known,
		.threads = threads_of(file, o),
		.until = until,
		.seed = o->seed * 1000003 + deaths * 1009,
		.expected = known_violations(file->scenario, kernel,
					     file->known),
	};
	int err;

	prctl(PR_SET_PDEATHSIG, SIGKILL);
	soak_figures = file->figures;
	err = native_init();
	if (err) {
		fprintf(stderr, "pfnsim-soak: cannot set up the machine: %s\n",
			strerror(-err));
		return 4;
	}
	return soak_run(&soak);
}

static void show_progress(const struct soak_options *o,
			  const struct soak_file *files, size_t nr, size_t at)
{
	uint64_t operations = 0, found = 0;

	if (!o->progress)
		return;
	for (size_t i = 0; i <= at; i++) {
		operations += files[i].figures->operations;
		for (unsigned int j = 0; j < files[i].figures->nr_found; j++)
			found += files[i].figures->found[j].count;
	}
	fprintf(stderr,
		"\r%zu of %zu: %.40s, %lu operations, %lu violations\033[K",
		at + 1, nr, files[at].scenario->name, (unsigned long)operations,
		(unsigned long)found);
}

/* Waits for @pid; returns its wait status. */
static int await(pid_t pid, const struct soak_options *o,
		 const struct soak_file *files, size_t nr, size_t at)
{
	uint64_t shown = native_now();
	unsigned int pause = MIN_PAUSE_US;
	bool told = false;
	int status;

	while (!waitpid(pid, &status, WNOHANG)) {
		usleep(pause);
		if (pause < MAX_PAUSE_US)
			pause *= 2;
		if (native_now() - shown > PROGRESS_NS) {
			show_progress(o, files, nr, at);
			shown = native_now();
		}
		if (interrupted && !told) {
			kill(pid, SIGINT);
			told = true;
		}
	}
	return status;
}

static bool more(const struct soak_options *o, const struct soak_file *file,
		 uint64_t until, unsigned int deaths)
{
	if (interrupted || deaths > MAX_DEATHS ||
	    (until && native_now() >= until))
		return false;
	return !o->operations || file->figures->operations < o->operations;
}

static void soak_file(const struct soak_options *o,
		      const struct loaded_kernel *kernel,
		      struct soak_file *files, size_t nr, size_t at,
		      double seconds)
{
	struct soak_file *file = &files[at];
	uint64_t until = seconds ? native_now() + seconds * 1e9 : 0;
	unsigned int deaths = 0;

	do {
		pid_t pid;
		int status;

		fflush(NULL);
		pid = fork();
		if (pid < 0) {
			perror("pfnsim-soak: fork");
			exit(4);
		}
		if (!pid)
			_exit(child(file, o, kernel, until, deaths));
		status = await(pid, o, files, nr, at);
		if (WIFEXITED(status) && !WEXITSTATUS(status))
			return;
		file->died = !file->figures->why[0];
		if (!WIFEXITED(status) ||
		    (WEXITSTATUS(status) != NATIVE_FATAL &&
		     WEXITSTATUS(status) != NATIVE_HANG))
			return;
	} while (more(o, file, until, ++deaths));
}

static size_t to_run(const struct soak_file *files, size_t nr)
{
	size_t run = 0;

	for (size_t i = 0; i < nr; i++)
		run += files[i].scenario && !files[i].skipped;
	return run;
}

/* Each file has an equal part of the time that is left. */
static void soak_files(const struct soak_options *o,
		       const struct loaded_kernel *kernel,
		       struct soak_file *files, size_t nr)
{
	uint64_t end = native_now() + o->seconds * 1e9;
	size_t left = to_run(files, nr);

	for (size_t i = 0; i < nr; i++) {
		double seconds = 0;

		if (!files[i].scenario || files[i].skipped)
			continue;
		if (interrupted) {
			files[i].skipped = "interrupted before it came";
			continue;
		}
		if (o->seconds) {
			seconds = (double)(int64_t)(end - native_now()) / 1e9 /
				  left;
			if (seconds < 0.05)
				seconds = 0.05;
		}
		soak_file(o, kernel, files, nr, i, seconds);
		left--;
	}
	if (o->progress)
		fprintf(stderr, "\r\033[K");
}

/* ---- Command line --------------------------------------------------------------- */

static const struct option long_options[] = {
	{ "kernel", required_argument, NULL, 'k' },
	{ "sources", required_argument, NULL, 'S' },
	{ "threads", required_argument, NULL, 't' },
	{ "seconds", required_argument, NULL, 's' },
	{ "operations", required_argument, NULL, 'n' },
	{ "seed", required_argument, NULL, 'r' },
	{ "patience", required_argument, NULL, 'w' },
	{ "json", no_argument, NULL, 'j' },
	{ "quiet", no_argument, NULL, 'q' },
	{ "scale", no_argument, NULL, 'c' },
	{ "states", required_argument, NULL, 'e' },
	{ 0 },
};

static uint64_t number(const char *text, uint64_t max)
{
	char *end;
	uint64_t value;

	errno = 0;
	value = strtoull(text, &end, 10);
	if (errno || *end || !*text || *text == '-' || value > max) {
		fprintf(stderr, "pfnsim-soak: '%s' is no number up to %lu\n",
			text, (unsigned long)max);
		exit(2);
	}
	return value;
}

static void parse(int argc, char **argv, struct soak_options *o)
{
	int c;

	while ((c = getopt_long(argc, argv, "", long_options, NULL)) >= 0) {
		switch (c) {
		case 'k':
			o->kernel = optarg;
			break;
		case 'S':
			symbols_look_in(optarg);
			break;
		case 't':
			o->threads = number(optarg, MAX_THREADS);
			break;
		case 's':
			o->seconds = number(optarg, 1000000);
			break;
		case 'n':
			o->operations = number(optarg, 1UL << 60);
			break;
		case 'r':
			o->seed = number(optarg, 1UL << 60);
			break;
		case 'w':
			o->patience = number(optarg, 100000);
			break;
		case 'j':
			o->json = true;
			break;
		case 'q':
			o->quiet = true;
			break;
		case 'c':
			o->scale = true;
			break;
		case 'e':
			o->states = optarg;
			break;
		default:
			exit(2);
		}
	}
	if (!o->kernel || (optind == argc) != o->scale) {
		fprintf(stderr, "pfnsim-soak: is run by `pfnsim soak`\n");
		exit(2);
	}
	if (!o->seconds && !o->operations)
		o->seconds = DEFAULT_SECONDS;
}

static void read_ends(const char *path, struct ends *ends)
{
	FILE *in = fopen(path, "r");

	if (!in || ends_read(in, ends)) {
		fprintf(stderr, "pfnsim-soak: cannot read end states: %s\n",
			in ? "they are damaged" : strerror(errno));
		exit(4);
	}
	fclose(in);
}

static bool can_write_over(void)
{
	const char *term = getenv("TERM"), *ci = getenv("CI");

	return isatty(STDERR_FILENO) && term && strcmp(term, "dumb") &&
	       !(ci && *ci);
}

int main(int argc, char **argv)
{
	struct soak_options options = { .seed = 1,
					.patience = DEFAULT_PATIENCE };
	struct sigaction sa = { .sa_handler = on_interrupt,
				.sa_flags = SA_RESTART };
	struct loaded_kernel kernel;
	struct soak_file *files;
	struct ends ends;
	char why[512];
	size_t nr;

	parse(argc, argv, &options);
	options.progress = !options.quiet && can_write_over();
	if (loader_open(options.kernel, &kernel, why, sizeof(why))) {
		fprintf(stderr, "pfnsim-soak: %s\n", why);
		return 2;
	}
	if (options.scale)
		return scale_run(&options, &kernel);
	nr = argc - optind;
	files = calloc(nr, sizeof(*files));
	if (!files)
		abort();
	if (options.states)
		read_ends(options.states, &ends);
	for (size_t i = 0; i < nr; i++)
		read_file(&files[i], argv[optind + i], &kernel,
			  options.states ? &ends : NULL);
	sigaction(SIGINT, &sa, NULL);
	sigaction(SIGTERM, &sa, NULL);
	soak_files(&options, &kernel, files, nr);
	return soak_report(&options, kernel.name, files, nr, interrupted);
}
