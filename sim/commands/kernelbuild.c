// SPDX-License-Identifier: GPL-2.0-only
#include "kernelbuild.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "engine.h"
#include "escape.h"
#include "session.h"

/* Of a failed build, so many lines are shown. */
#define MAX_LINES 12

/* ---- Children ------------------------------------------------------------ */

static void become(const char *const *argv, int log)
{
	int null = open("/dev/null", O_RDONLY);

	dup2(null, STDIN_FILENO);
	dup2(log, STDOUT_FILENO);
	dup2(log, STDERR_FILENO);
	/* Its words are searched for errors; nobody's make is its parent. */
	setenv("LC_ALL", "C", 1);
	unsetenv("MAKEFLAGS");
	unsetenv("MAKELEVEL");
	execv(argv[0], (char *const *)argv);
	dprintf(STDERR_FILENO, "error: %s: %s\n", argv[0], strerror(errno));
	_exit(127);
}

/* Runs argv with its output in @log; whether it succeeded. */
static bool run(const char *const *argv, int log)
{
	pid_t pid, ended;
	int status;

	fflush(NULL);
	pid = fork();
	if (!pid)
		become(argv, log);
	do {
		ended = pid < 0 ? pid : waitpid(pid, &status, 0);
	} while (ended < 0 && pid >= 0 && errno == EINTR);
	return ended > 0 && WIFEXITED(status) && !WEXITSTATUS(status);
}

static bool configure(const struct kernel_build *build, int log)
{
	char *only = text_of("-DPFNSIM_ONLY=%s=%s", build->name, build->tree);
	char *revision = text_of("-DPFNSIM_ONLY_REVISION=%s",
				 build->revision ? build->revision : "");
	const char *argv[] = { PFNSIM_CMAKE,	"-S", PFNSIM_SOURCE_DIR, "-B",
			       build->folder,	"-G", PFNSIM_GENERATOR,	 "-C",
			       PFNSIM_SETTINGS, only, revision,		 NULL };
	bool good = run(argv, log);

	free(only);
	free(revision);
	return good;
}

static bool compile(const struct kernel_build *build, int log)
{
	char *jobs = text_of("%ld", sysconf(_SC_NPROCESSORS_ONLN));
	const char *argv[] = { PFNSIM_CMAKE, "--build", build->folder,
			       "--parallel", jobs,	NULL };
	bool good = run(argv, log);

	free(jobs);
	return good;
}

/* ---- Errors -------------------------------------------------------------- */

static void show(const char *line)
{
	struct buf safe = { 0 };

	escape_terminal(&safe, line, false);
	fprintf(stderr, "  %s", buf_get(&safe));
	buf_deinit(&safe);
}

/* What CMake says of a message() is indented, between these two lines. */
static bool show_configure_error(const char *line, bool *inside)
{
	bool shown = *inside;

	if (!strncmp(line, "CMake Error", 11)) {
		*inside = true;
		return false;
	}
	if (!strncmp(line, "Call Stack", 10) ||
	    !strncmp(line, "-- Configuring incomplete", 25))
		*inside = shown = false;
	if (!shown || !line[strspn(line, " \n")])
		return false;
	show(line + strspn(line, " "));
	return true;
}

/* Compilers, linkers, check-kernel and CMake itself. */
static bool show_compile_error(const char *line)
{
	if (!strstr(line, "error:") && !strstr(line, "reached but neither") &&
	    !strstr(line, "undefined reference") && *line != '\t')
		return false;
	show(line);
	return true;
}

static void explain(const char *path, bool configured)
{
	FILE *log = fopen(path, "r");
	char *line = NULL;
	bool inside = false;
	size_t size = 0;
	int shown = 0;

	while (log && shown < MAX_LINES && getline(&line, &size, log) >= 0)
		shown += configured ? show_compile_error(line) :
				      show_configure_error(line, &inside);
	free(line);
	if (log)
		fclose(log);
	fprintf(stderr, "pfnsim: all that was said: %s\n", path);
}

/* ---- Builds -------------------------------------------------------------- */

static bool can_build(void)
{
	static const char *const needs[] = {
		PFNSIM_SOURCE_DIR "/CMakeLists.txt",
		PFNSIM_SETTINGS,
		PFNSIM_CMAKE,
	};

	for (size_t i = 0; i < sizeof(needs) / sizeof(*needs); i++) {
		if (!access(needs[i], R_OK))
			continue;
		fprintf(stderr,
			"pfnsim: cannot build kernels: this program was built "
			"with %s, which is gone\n",
			needs[i]);
		return false;
	}
	return true;
}

static int build_logged(const struct kernel_build *build, const char *path,
			int log)
{
	bool configured = configure(build, log);

	if (configured && compile(build, log))
		return 0;
	if (engine.interrupted)
		return 3;
	fprintf(stderr, "pfnsim: kernel %s: %s does not build:\n", build->name,
		build->tree);
	explain(path, configured);
	return 1;
}

int kernel_build(const struct kernel_build *build)
{
	char *path = text_of("%s/log", build->folder);
	int log = -1, status = 4;

	if (can_build()) {
		mkdir(build->folder, 0777);
		log = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
			   0666);
		if (log < 0)
			fprintf(stderr, "pfnsim: %s: %s\n", path,
				strerror(errno));
	}
	if (log >= 0) {
		status = build_logged(build, path, log);
		close(log);
	}
	free(path);
	return status;
}
