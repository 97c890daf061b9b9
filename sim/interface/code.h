/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the objects of a kernel say about its code: which functions are defined
 * where and by which prototype, what the code under test uses of others, and the
 * types of its tree.
 *
 * The build describes each kernel in a file objects.txt, a word and a path a line:
 * root (of the tree), probes (header), and one of code, lib and shim for each
 * object.  All else is read from these: debug information, relocations, symbols.  A place is "path:line", the path from the top of the
 * tree or of pfnsim.
 */
#ifndef PFNSIM_INTERFACE_CODE_H
#define PFNSIM_INTERFACE_CODE_H

#include <stdbool.h>
#include <stddef.h>

/* Which set of objects: see cmake/kernel.cmake. */
enum code_set { SET_CODE, SET_LIB, SET_SHIM };

struct code_function {
	char *name, *prototype, *place;
	enum code_set set; /* of the object that says so */
	bool defined;	   /* there, and not only declared */
	bool external;	   /* not static */
	bool in_tree;	   /* the place is in the tree, not in pfnsim */
};

/* A function or object of another set that the code under test refers to. */
struct code_use {
	char *name, *place; /* place of the reference; "" where unknown */
	char *by;	    /* function or object that refers to it */
	char *file;	    /* of the code under test, from the tree's top */
	bool inlined;	    /* an inline function of pfnsim's include/ */
	bool linked;	    /* what refers to it is part of the kernel */
};

struct code_type {
	char *name, *text, *place; /* "struct kvm" */
};

struct code {
	char *root, *folder; /* of the tree, of the description */
	struct code_function *functions;
	struct code_use *uses;
	struct code_type *types;
	char **features;
	char **headers; /* the tree's, that the code sees; from its top */
	char **missing; /* objects of the code under test that are not there */
	size_t nr_functions, nr_uses, nr_types, nr_features, nr_headers;
	size_t nr_missing;
};

/*
 * Reads what the file @description names.  Objects that are not there are an
 * error only where none of the code under test is.  @kernel: the shared
 * object made of them; where it cannot be read, all counts as linked.  Returns 0,
 * or a negative errno with a reason for a person in @why (of @size bytes).
 */
int code_load(const char *description, const char *kernel, struct code *code,
	      char *why, size_t size);
void code_deinit(struct code *code);

/* The description of the kernel @name in @dir; NULL: none. free() it. */
char *code_find(const char *dir, const char *name);

/* The definition of an external function, in any set but @except; or NULL. */
const struct code_function *code_definition(const struct code *code,
					    const char *name,
					    enum code_set except);

/*
 * How the code under test knows the function @name of another set: its
 * declaration, or the definition where it is inline in a header.  Or NULL.
 */
const struct code_function *code_seen(const struct code *code,
				      const char *name);

/*
 * The function of the code under test whose source the reference of @use stands
 * in, inlined or not; else what the object file says.
 */
const char *code_user(const struct code *code, const struct code_use *use);

/* Whether an object of the code under test defines @name. */
bool code_defines(const struct code *code, const char *name);

#endif /* PFNSIM_INTERFACE_CODE_H */
