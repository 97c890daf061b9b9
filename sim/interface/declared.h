/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the headers of a tree declare that no object sees, because pfnsim's
 * include/ stands in their place.
 */
#ifndef PFNSIM_INTERFACE_DECLARED_H
#define PFNSIM_INTERFACE_DECLARED_H

#include <stddef.h>

#include "source.h"

struct declared_file {
	char *path; /* from the top of the tree */
	struct source source;
};

/* Headers of a tree, each read once. */
struct declared {
	const char *root;
	struct declared_file *files;
	size_t nr;
};

struct declaration {
	const char *text, *path; /* valid until the next look-up */
	unsigned int line;
};

void declared_init(struct declared *declared, const char *root);
void declared_deinit(struct declared *declared);

/*
 * Finds the declaration or inline definition of the function @name in @header of
 * the tree.  Returns 0, or -ENOENT where there is none.
 */
int declared_find_in(struct declared *declared, const char *header,
		     const char *name, struct declaration *found);

/*
 * The same in the header that stands for @ours, a path in pfnsim's include/, and
 * in those that a tree may have moved it to.
 */
int declared_find(struct declared *declared, const char *ours, const char *name,
		  struct declaration *found);

/* The same in all headers of the folders that hold interfaces of the kernel. */
int declared_search(struct declared *declared, const char *name,
		    struct declaration *found);

#endif /* PFNSIM_INTERFACE_DECLARED_H */
