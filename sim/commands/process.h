/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Programs that pfnsim runs: git, CMake, a compiler.
 *
 * A child never reads from the terminal, speaks the language C, and sees nothing
 * of the environment that names another repository (as git sets it for what
 * `git bisect run` runs), another make, or folders of headers.
 */
#ifndef PFNSIM_COMMANDS_PROCESS_H
#define PFNSIM_COMMANDS_PROCESS_H

#include <stdbool.h>
#include <stddef.h>

struct process {
	const char *const *argv; /* up to NULL; the path or name of a program */
	const char *const *env; /* NAME=VALUE to be added, up to NULL; or NULL */
	const char *input;	/* what it reads, or NULL: nothing */
	int out, err;		/* where its words go; 0: nowhere */
};

/* Runs it to its end.  Whether it succeeded: could be run and exited with 0. */
bool process_run(const struct process *process);

/*
 * The same with its standard output as text, without the last newline; NULL where
 * it does not succeed.  free() it.  A NUL in the output ends the text.
 */
char *process_read(const struct process *process);

/* The text of a file, "" where there is none to read.  free() it. */
char *process_file(const char *path);

#endif /* PFNSIM_COMMANDS_PROCESS_H */
