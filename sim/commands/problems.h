/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a failed build said: the interfaces that it failed by, in the words of
 * gcc, clang, CMake and check-kernel.
 */
#ifndef PFNSIM_COMMANDS_PROBLEMS_H
#define PFNSIM_COMMANDS_PROBLEMS_H

#include <stdbool.h>
#include <stddef.h>

enum problem_kind { UNKNOWN_FUNCTION, OTHER_PROTOTYPE, MISSING_HEADER };

struct problem {
	enum problem_kind kind;
	char *name;  /* of a function, or a header's as it is included */
	char *place; /* where it is used, or defined by pfnsim; "" unknown */
};

struct problems {
	const char *root; /* of the tree, from which places are told */
	struct problem *list;
	size_t nr, nr_lines;
	bool in_list, in_message;
};

/*
 * Reads the file at @path into @log, of which root is set and the rest zeroed.
 * Errors of other kinds go to stderr, the first of them.
 */
void problems_read(struct problems *log, const char *path);
void problems_deinit(struct problems *log);

#endif /* PFNSIM_COMMANDS_PROBLEMS_H */
