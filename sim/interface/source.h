/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a C source says at file scope, by its tokens alone: for headers that are
 * not compiled and for the bodies of functions, neither of which debug
 * information holds.  Conditional parts are all read.  Comments and white space
 * do not count: the same tokens are the same text.
 */
#ifndef PFNSIM_INTERFACE_SOURCE_H
#define PFNSIM_INTERFACE_SOURCE_H

#include <stddef.h>

enum source_kind { SOURCE_FUNCTION, SOURCE_DECLARATION, SOURCE_MACRO };

struct source_item {
	enum source_kind kind;
	char *name;
	char *text; /* up to the body or the semicolon; of a macro, its value */
	char *body; /* of a function, with its braces; else NULL */
	unsigned int line;
};

struct source {
	struct source_item *items; /* in the order of the file */
	size_t nr;
};

/* Returns 0, or a negative errno where the file cannot be read. */
int source_read(const char *path, struct source *source);

/* The same of @text. */
void source_parse(const char *text, struct source *source);
void source_deinit(struct source *source);

/* The last function or declaration of that name, or NULL. */
const struct source_item *source_find(const struct source *source,
				      const char *name);

/*
 * The type that @declaration gives the function @name, as a declaration again:
 * without storage class, attributes and names of parameters, integers by their
 * shortest names.  Equal for equal prototypes.  free() it.
 */
char *source_prototype(const char *declaration, const char *name);

#endif /* PFNSIM_INTERFACE_SOURCE_H */
