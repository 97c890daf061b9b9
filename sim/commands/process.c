// SPDX-License-Identifier: GPL-2.0-only
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session.h"
#include "text.h"

static const char *const unwanted[] = {
	"MAKEFLAGS",
	"MAKELEVEL",
	"CPATH",
	"C_INCLUDE_PATH",
	/* `git rev-parse --local-env-vars` */
	"GIT_ALTERNATE_OBJECT_DIRECTORIES",
	"GIT_CONFIG",
	"GIT_CONFIG_PARAMETERS",
	"GIT_CONFIG_COUNT",
	"GIT_OBJECT_DIRECTORY",
	"GIT_DIR",
	"GIT_WORK_TREE",
	"GIT_IMPLICIT_WORK_TREE",
	"GIT_GRAFT_FILE",
	"GIT_INDEX_FILE",
	"GIT_NO_REPLACE_OBJECTS",
	"GIT_REPLACE_REF_BASE",
	"GIT_PREFIX",
	"GIT_SHALLOW_FILE",
	"GIT_COMMON_DIR",
};

/* An open file that holds @text, or -1. */
static int file_of(const char *text)
{
	size_t len = strlen(text), at = 0;
	int fd = memfd_create("input", MFD_CLOEXEC);

	while (fd >= 0 && at < len) {
		ssize_t nr = write(fd, text + at, len - at);

		if (nr < 0 && errno != EINTR) {
			close(fd);
			return -1;
		}
		at += nr > 0 ? nr : 0;
	}
	if (fd >= 0)
		lseek(fd, 0, SEEK_SET);
	return fd;
}

static void become(const struct process *process, int input)
{
	int null = open("/dev/null", O_RDWR);

	for (size_t i = 0; i < sizeof(unwanted) / sizeof(*unwanted); i++)
		unsetenv(unwanted[i]);
	setenv("LC_ALL", "C", 1);
	for (size_t i = 0; process->env && process->env[i]; i++)
		putenv((char *)process->env[i]);
	dup2(input >= 0 ? input : null, STDIN_FILENO);
	dup2(process->out ? process->out : null, STDOUT_FILENO);
	dup2(process->err ? process->err : null, STDERR_FILENO);
	execvp(process->argv[0], (char *const *)process->argv);
	dprintf(STDERR_FILENO, "error: %s: %s\n", process->argv[0],
		strerror(errno));
	_exit(127);
}

bool process_run(const struct process *process)
{
	int input = process->input ? file_of(process->input) : -1;
	pid_t pid = -1, ended;
	int status = 0;

	fflush(NULL);
	if (!process->input || input >= 0)
		pid = fork();
	if (!pid)
		become(process, input);
	if (input >= 0)
		close(input);
	do {
		ended = pid < 0 ? pid : waitpid(pid, &status, 0);
	} while (ended < 0 && pid >= 0 && errno == EINTR);
	return ended > 0 && WIFEXITED(status) && !WEXITSTATUS(status);
}

/* All of the file behind @fd, with a NUL at the end. */
static char *read_all(int fd, size_t *len)
{
	struct stat st = { 0 };
	size_t at = 0;
	char *text;

	fstat(fd, &st);
	text = text_alloc(st.st_size + 1);
	while (at < (size_t)st.st_size) {
		ssize_t nr = pread(fd, text + at, st.st_size - at, at);

		if (!nr || (nr < 0 && errno != EINTR))
			break;
		at += nr > 0 ? nr : 0;
	}
	*len = at;
	return text;
}

char *process_read(const struct process *process)
{
	struct process reading = *process;
	char *text = NULL;
	size_t len;

	reading.out = memfd_create("output", MFD_CLOEXEC);
	if (reading.out < 0)
		return NULL;
	if (process_run(&reading)) {
		text = read_all(reading.out, &len);
		if (len && text[len - 1] == '\n')
			text[len - 1] = '\0';
	}
	close(reading.out);
	return text;
}

char *process_file(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	size_t len;
	char *text;

	if (fd < 0)
		return text_of("%s", "");
	text = read_all(fd, &len);
	close(fd);
	return text;
}
