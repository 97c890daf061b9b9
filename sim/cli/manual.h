/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the manual says that belongs to no one command.  Paragraphs end with a
 * newline but for the last one; `so` marks what is typed.
 */
#ifndef PFNSIM_CLI_MANUAL_H
#define PFNSIM_CLI_MANUAL_H

struct manual_entry {
	const char *name, *text;
};

extern const char manual_summary[], manual_about[], manual_example[];

/* Each ends with a NULL name. */
extern const struct manual_entry manual_statuses[], manual_environment[],
	manual_files[];

#endif /* PFNSIM_CLI_MANUAL_H */
