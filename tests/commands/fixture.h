/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Runs the program as its users do: as a child, in a folder of the test's own.
 * The folder is made by folder_enter() and taken away by folder_leave(), which
 * a suite names as its .init and .fini; all other paths are relative to it.
 */
#ifndef PFNSIM_TESTS_COMMANDS_FIXTURE_H
#define PFNSIM_TESTS_COMMANDS_FIXTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

void folder_enter(void);
void folder_leave(void);

/* What a child printed, and how it ended. */
struct outcome {
	int status; /* exit status, or 128 + the signal that ended it */
	char *out, *err;
};

/* Runs pfnsim with the arguments, up to NULL, and without standard input. */
struct outcome run_program(const char *const *arguments);
#define PFNSIM(...) run_program((const char *const[]){ __VA_ARGS__, NULL })
void outcome_free(struct outcome *outcome);

/* The same for one behind `sh -c`, where $0 is pfnsim. */
struct outcome run_shell(const char *command);

/* A child that the test deals with while it runs. */
struct child {
	pid_t pid;
	int out, err;
};
struct child child_start(const char *const *arguments);
struct outcome child_end(struct child *child);

/* Asserts on a whole run; the message shows what was printed. */
void expect_status(const struct outcome *outcome, int status);
void expect_out(const struct outcome *outcome, const char *text);
void expect_err(const struct outcome *outcome, const char *text);
void expect_no_out(const struct outcome *outcome);

/* The last line of standard output, without its newline; free() it. */
char *last_line(const struct outcome *outcome);

void write_file(const char *path, const char *text);
char *read_whole(const char *path);

/*
 * Writes NAME.yaml: vcpu0 refreshes and reads a cache with @len, vmm invalidates
 * its page.  @top: keys before `vm:` ("" for none), @cases: the list of cases.
 */
void write_scenario(const char *name, const char *top, const char *refresh,
		    const char *cases);

/* Cases for write_scenario(). */
extern const char case_good[], case_wrong[], case_explore[],
	case_never_passed[], case_blocks[];

/* Makes the folder kernels/ with links to these kernels, up to NULL. */
void link_kernels(const char *const *names);
#define KERNELS(...) link_kernels((const char *const[]){ __VA_ARGS__, NULL })

/* Skips the test where the variant @name of the reference was not built. */
void need_variant(const char *name);

/* Whether the text is one valid JSON value (RFC 8259) and nothing else. */
bool json_is_valid(const char *text);

#endif /* PFNSIM_TESTS_COMMANDS_FIXTURE_H */
