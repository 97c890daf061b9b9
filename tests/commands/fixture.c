// SPDX-License-Identifier: GPL-2.0-only
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <criterion/criterion.h>

/* Far beyond what any command takes: a child that hangs fails its test. */
#define PATIENCE_MS 60000

/* ---- Folders and files ------------------------------------------------- */

static char folder[] = "/tmp/pfnsim-test-XXXXXX";

void folder_enter(void)
{
	cr_assert_not_null(mkdtemp(folder));
	cr_assert_eq(chdir(folder), 0);
}

static int remove_entry(const char *path, const struct stat *st, int type,
			struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void folder_leave(void)
{
	cr_assert_eq(chdir("/"), 0);
	nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	cr_assert_not_null(file, "%s: %s", path, strerror(errno));
	fputs(text, file);
	cr_assert_eq(fclose(file), 0);
}

char *read_whole(const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = NULL;
	size_t size = 0;

	cr_assert_not_null(file, "%s: %s", path, strerror(errno));
	if (getdelim(&text, &size, '\0', file) < 0)
		text = strdup("");
	fclose(file);
	return text;
}

void need_variant(const char *name)
{
	char file[512];

	snprintf(file, sizeof(file), "%s/reference+%s.so", KERNELS_DIR, name);
	if (access(file, R_OK))
		cr_skip_test("%s is not built here", name);
}

void link_kernels(const char *const *names)
{
	mkdir("kernels", 0777);
	for (; *names; names++) {
		char target[512], link[512];

		snprintf(target, sizeof(target), "%s/%s.so", KERNELS_DIR,
			 *names);
		if (access(target, R_OK))
			snprintf(target, sizeof(target), "%s/%s.so",
				 TEST_KERNELS_DIR, *names);
		snprintf(link, sizeof(link), "kernels/%s.so", *names);
		cr_assert_eq(symlink(target, link), 0, "%s: %s", link,
			     strerror(errno));
	}
}

/* ---- Scenarios --------------------------------------------------------- */

const char case_good[] = "  - name: good\n"
			 "    order:\n"
			 "      - vmm: end\n"
			 "      - vcpu0: end\n"
			 "    expect:\n"
			 "      refresh: {ret: 0}\n";
const char case_wrong[] = "  - name: wrong\n"
			  "    order:\n"
			  "      - vmm: end\n"
			  "      - vcpu0: end\n"
			  "    expect:\n"
			  "      refresh: {ret: -EFAULT}\n";
const char case_explore[] = "  - name: search\n"
			    "    explore: {preemptions: 1}\n"
			    "    expect:\n"
			    "      never: [deadlock]\n";
const char case_never_passed[] = "  - name: never-passed\n"
				 "    order:\n"
				 "      - vmm: end\n"
				 "      - vcpu0: gpc.refresh/retry\n"
				 "      - vcpu0: end\n"
				 "    expect:\n"
				 "      refresh: {ret: 0}\n";
const char case_blocks[] = "  - name: blocks\n"
			   "    order:\n"
			   "      - vcpu0: gpc.read/locked\n"
			   "      - vmm: end\n"
			   "      - vcpu0: end\n"
			   "    expect:\n"
			   "      refresh: {ret: 0}\n";

void write_scenario(const char *name, const char *top, const char *refresh,
		    const char *cases)
{
	char path[128], *text;

	cr_assert_geq(asprintf(&text,
			       "# SPDX-License-Identifier: GPL-2.0-only\n"
			       "scenario: 1\n"
			       "name: %s\n"
			       "title: A cache is refreshed and read\n"
			       "%s"
			       "vm:\n"
			       "  mm:\n"
			       "    anon: {pages: 4, hva: 0x7f0000000000}\n"
			       "  slots:\n"
			       "    ram: {gpa: 0x0, pages: 4, hva: anon}\n"
			       "  caches:\n"
			       "    clock: {gpa: 0x1000, len: 32}\n"
			       "setup:\n"
			       "  - gpc.activate: clock\n"
			       "tasks:\n"
			       "  vcpu0:\n"
			       "    - gpc.refresh: %s\n"
			       "      id: refresh\n"
			       "    - gpc.read: {cache: clock, len: 3}\n"
			       "  vmm:\n"
			       "    - mm.invalidate: anon/1\n"
			       "cases:\n"
			       "%s",
			       name, top, refresh, cases),
		      0);
	snprintf(path, sizeof(path), "%s.yaml", name);
	write_file(path, text);
	free(text);
}

/* ---- Children ---------------------------------------------------------- */

static void become_program(const char *const *arguments)
{
	const char *argv[32] = { PFNSIM_PROGRAM };
	int nr = 1;

	while (*arguments && nr < 31)
		argv[nr++] = *arguments++;
	argv[nr] = NULL;
	setenv("LC_ALL", "C", 1);
	unsetenv("COLUMNS");
	unsetenv("PFNSIM_KERNELS");
	execv(PFNSIM_PROGRAM, (char **)argv);
	_exit(127);
}

static struct child start(const char *const *arguments, const char *command)
{
	struct child child;
	int out[2], err[2];

	cr_assert_eq(pipe2(out, O_CLOEXEC) | pipe2(err, O_CLOEXEC), 0);
	child.pid = fork();
	cr_assert_geq(child.pid, 0);
	if (!child.pid) {
		dup2(open("/dev/null", O_RDONLY), 0);
		dup2(out[1], 1);
		dup2(err[1], 2);
		if (arguments)
			become_program(arguments);
		execl("/bin/sh", "sh", "-c", command, PFNSIM_PROGRAM, NULL);
		_exit(127);
	}
	close(out[1]);
	close(err[1]);
	child.out = out[0];
	child.err = err[0];
	return child;
}

struct child child_start(const char *const *arguments)
{
	return start(arguments, NULL);
}

/* Appends what can be read; false at the end of the file. */
static bool read_more(int fd, char **text, size_t *len)
{
	char bytes[4096];
	ssize_t nr = read(fd, bytes, sizeof(bytes));

	if (nr <= 0)
		return false;
	*text = realloc(*text, *len + nr + 1);
	memcpy(*text + *len, bytes, nr);
	*len += nr;
	(*text)[*len] = '\0';
	return true;
}

struct outcome child_end(struct child *child)
{
	struct outcome outcome = { .out = strdup(""), .err = strdup("") };
	char **texts[2] = { &outcome.out, &outcome.err };
	struct pollfd fds[2] = { { child->out, POLLIN, 0 },
				 { child->err, POLLIN, 0 } };
	size_t len[2] = { 0, 0 };
	int status;

	while (fds[0].fd >= 0 || fds[1].fd >= 0) {
		if (poll(fds, 2, PATIENCE_MS) <= 0) {
			kill(child->pid, SIGKILL);
			cr_assert_fail("the program hangs");
		}
		for (int i = 0; i < 2; i++)
			if (fds[i].revents &&
			    !read_more(fds[i].fd, texts[i], &len[i]))
				fds[i].fd = -1;
	}
	close(child->out);
	close(child->err);
	cr_assert_eq(waitpid(child->pid, &status, 0), child->pid);
	outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) :
					     128 + WTERMSIG(status);
	return outcome;
}

struct outcome run_program(const char *const *arguments)
{
	struct child child = start(arguments, NULL);

	return child_end(&child);
}

struct outcome run_shell(const char *command)
{
	struct child child = start(NULL, command);

	return child_end(&child);
}

void outcome_free(struct outcome *outcome)
{
	free(outcome->out);
	free(outcome->err);
}

/* ---- Expectations ------------------------------------------------------ */

/* No report of a sanitizer hides behind an expected exit status. */
void expect_status(const struct outcome *outcome, int status)
{
	cr_assert_eq(outcome->status, status, "status %d, not %d:\n%s%s",
		     outcome->status, status, outcome->out, outcome->err);
	cr_assert_null(strstr(outcome->err, "Sanitizer"), "%s", outcome->err);
}

void expect_out(const struct outcome *outcome, const char *text)
{
	cr_assert(strstr(outcome->out, text), "'%s' is not in\n%s", text,
		  outcome->out);
}

void expect_err(const struct outcome *outcome, const char *text)
{
	cr_assert(strstr(outcome->err, text), "'%s' is not in\n%s", text,
		  outcome->err);
}

void expect_no_out(const struct outcome *outcome)
{
	cr_assert_eq(*outcome->out, '\0', "unexpected:\n%s", outcome->out);
}

char *last_line(const struct outcome *outcome)
{
	size_t len = strlen(outcome->out), start;

	cr_assert(len && outcome->out[len - 1] == '\n', "no last line in\n%s",
		  outcome->out);
	start = --len;
	while (start && outcome->out[start - 1] != '\n')
		start--;
	return strndup(outcome->out + start, len - start);
}
