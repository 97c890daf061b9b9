// SPDX-License-Identifier: GPL-2.0-only
#include "kernelbuild.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "engine.h"
#include "folder.h"
#include "process.h"
#include "session.h"
#include "toolbox.h"

#define POLL_NS 10000000
/* How long what was told to end is waited for, in polls. */
#define PATIENCE 500

size_t kernel_build_processors(void)
{
	cpu_set_t set;

	if (sched_getaffinity(0, sizeof(set), &set))
		return sysconf(_SC_NPROCESSORS_ONLN);
	return CPU_COUNT(&set);
}

/* ---- The toolchain ------------------------------------------------------- */

static bool is_there(const char *path)
{
	if (!access(path, R_OK))
		return true;
	fprintf(stderr,
		"pfnsim: cannot build kernels: this program was built with %s, "
		"which is gone\n",
		path);
	return false;
}

/* Whether the program that is called so runs; says so where it does not. */
static char *version_of(const char *program)
{
	const char *const argv[] = { program, "--version", NULL };
	struct process process = { .argv = argv };
	char *version = process_read(&process);

	if (!version)
		fprintf(stderr,
			"pfnsim: cannot build kernels: %s does not run: is it "
			"installed?\n",
			program);
	return version;
}

char *kernel_build_toolchain(void)
{
	const struct toolbox *box = toolbox();
	char *rules = text_of("%s/CMakeLists.txt", box->sources);
	bool good = is_there(rules) && is_there(box->settings);
	char *cmake = good ? version_of(box->cmake) : NULL;
	char *compiler = cmake ? version_of(box->compiler) : NULL;
	char *settings = compiler ? process_file(box->settings) : NULL;
	char *text = settings ? text_of("%s\n%s\n%s\n%s", box->sources,
					box->generator, compiler, settings) :
				NULL;

	free(rules);
	free(cmake);
	free(compiler);
	free(settings);
	return text;
}

/* ---- Folders ------------------------------------------------------------- */

static bool write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "we");
	bool good = file && fputs(text, file) >= 0;

	return file && !fclose(file) && good;
}

/*
 * Empties the folder where something else was built in it than @toolchain would,
 * or not to its end: the file `toolchain` is not there while a build runs.
 */
static int prepare_folder(const char *folder, const char *toolchain)
{
	char *path = text_of("%s/toolchain", folder);
	char *before = process_file(path);
	int err = strcmp(before, toolchain) ? folder_remove(folder) : 0;

	if (!err && mkdir(folder, 0777) && errno != EEXIST)
		err = -errno;
	if (!err && unlink(path) && errno != ENOENT)
		err = -errno;
	if (err)
		fprintf(stderr, "pfnsim: %s: %s\n", folder, strerror(-err));
	free(before);
	free(path);
	return err;
}

/* ---- Steps --------------------------------------------------------------- */

static bool configure(const struct kernel_build *build, int log)
{
	const struct toolbox *box = toolbox();
	char *only = text_of("-DPFNSIM_ONLY=%s=%s", build->name, build->tree);
	char *revision = text_of("-DPFNSIM_ONLY_REVISION=%s",
				 build->revision ? build->revision : "");
	const char *const argv[] = {
		box->cmake,
		"-S",
		box->sources,
		"-B",
		build->folder,
		"-G",
		box->generator,
		"-C",
		box->settings,
		only,
		revision,
		build->hooks ? "-DPFNSIM_HOOKS=ON" : "-DPFNSIM_HOOKS=OFF",
		build->native ? "-DPFNSIM_NATIVE=ON" : "-DPFNSIM_NATIVE=OFF",
		build->sanitized ? "-DPFNSIM_SANITIZED=ON" :
				   "-DPFNSIM_SANITIZED=OFF",
		build->code_only ? "-DPFNSIM_CODE_ONLY=ON" : NULL,
		NULL,
	};
	struct process process = { .argv = argv, .out = log, .err = log };
	bool good = process_run(&process);

	free(only);
	free(revision);
	return good;
}

/* All of @target that can be built is: every error is worth its line. */
static bool compile(const struct kernel_build *build, const char *target,
		    int log)
{
	char *jobs = text_of("%zu", build->jobs);
	bool ninja = !strncmp(toolbox()->generator, "Ninja", 5);
	const char *const argv[] = {
		toolbox()->cmake,
		"--build",
		build->folder,
		"--parallel",
		jobs,
		"--target",
		target,
		"--",
		"-k",
		ninja ? "0" : NULL,
		NULL,
	};
	struct process process = { .argv = argv, .out = log, .err = log };
	bool good = process_run(&process);

	free(jobs);
	return good;
}

/*
 * The kernel as it is comes first: what is wrong with the tree shows there, and what
 * it is built again for, with hooks and for threads, takes three times as long.
 */
static int compile_all(const struct kernel_build *build, int log)
{
	char *target = text_of(build->code_only ? "%s.code" : "kernel.%s",
			       build->name);
	bool good = compile(build, target, log);

	free(target);
	if (build->code_only)
		return 0;
	if (!good)
		return 1;
	if (build->check && !build->check(build))
		return 5;
	return compile(build, "all", log) ? 0 : 1;
}

/* ---- The process --------------------------------------------------------- */

static volatile sig_atomic_t told_to_end;

/*
 * For all in the group: what CMake runs would outlive it.  Every second signal is
 * the one that came from here.
 */
static void end_group(int sig)
{
	if (++told_to_end % 2)
		kill(0, sig);
}

/* With the subreaper's children too: nobody is to write any more. */
static void wait_for_all(void)
{
	const struct timespec pause = { .tv_nsec = POLL_NS };
	pid_t pid = 0;

	for (int i = 0; i < PATIENCE && pid >= 0; i++) {
		pid = waitpid(-1, NULL, WNOHANG);
		if (!pid)
			nanosleep(&pause, NULL);
	}
}

static int build_in_folder(const struct kernel_build *build)
{
	char *toolchain = kernel_build_toolchain();
	char *path = text_of("%s/log", build->folder);
	char *stamp = text_of("%s/toolchain", build->folder);
	int log = -1, status = 4;

	if (toolchain && !prepare_folder(build->folder, toolchain)) {
		log = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
			   0666);
		if (log < 0)
			fprintf(stderr, "pfnsim: %s: %s\n", path,
				strerror(errno));
	}
	if (log >= 0) {
		status = configure(build, log) ? compile_all(build, log) : 1;
		close(log);
	}
	if (status != 4 && !told_to_end && !write_text(stamp, toolchain))
		unlink(stamp);
	free(toolchain);
	free(path);
	free(stamp);
	return status;
}

static _Noreturn void be_build(const struct kernel_build *build, pid_t parent)
{
	int status;

	signal(SIGTERM, end_group);
	signal(SIGINT, end_group);
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != parent)
		_exit(3);
	status = build_in_folder(build);
	if (told_to_end) {
		wait_for_all();
		status = 3;
	}
	_exit(status);
}

/* Out of reach of the terminal: what Ctrl-C ends is for the parent to say. */
pid_t kernel_build_start(const struct kernel_build *build)
{
	pid_t parent = getpid(), pid;

	fflush(NULL);
	pid = fork();
	if (!pid) {
		setpgid(0, 0);
		be_build(build, parent);
	}
	if (pid < 0)
		fprintf(stderr, "pfnsim: cannot build: %s\n", strerror(errno));
	else
		setpgid(pid, pid);
	return pid;
}

static void end_builds(const pid_t *builds, size_t nr)
{
	for (size_t i = 0; i < nr; i++)
		if (builds[i] > 0)
			kill(builds[i], SIGTERM);
}

size_t kernel_build_wait(pid_t *builds, size_t nr, int *status)
{
	const struct timespec pause = { .tv_nsec = POLL_NS };
	int how;

	for (;;) {
		if (engine.interrupted)
			end_builds(builds, nr);
		for (size_t i = 0; i < nr; i++) {
			if (builds[i] <= 0 ||
			    waitpid(builds[i], &how, WNOHANG) != builds[i])
				continue;
			builds[i] = 0;
			*status = WIFEXITED(how) ? WEXITSTATUS(how) : 4;
			if (engine.interrupted && *status)
				*status = 3;
			return i;
		}
		nanosleep(&pause, NULL);
	}
}
