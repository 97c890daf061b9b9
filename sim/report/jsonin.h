/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * JSON that is read: tables say which keys an object has and where their values
 * go.  It is parsed as YAML, which it is, so that each error has its line.
 *
 * Errors are added to the diags and reading goes on: all come at once.
 */
#ifndef PFNSIM_REPORT_JSONIN_H
#define PFNSIM_REPORT_JSONIN_H

#include "tree.h"

/* Texts that are read live in the obstack, like everything in a tree. */
struct jsonin {
	struct diags diags;
	struct obstack *memory;
};

enum field_kind {
	FIELD_TEXT,   /* const char * */
	FIELD_NUMBER, /* int or long, by its size */
	FIELD_FLAG,   /* bool */
	FIELD_WORD,   /* int, by find */
	FIELD_PART,   /* by read, which gets the object */
};

/* At most 64 of them for one object. */
struct field {
	const char *key;
	enum field_kind kind;
	size_t offset, size;
	int (*find)(const char *word); /* -1: none */
	void (*read)(struct jsonin *json, struct node *node, void *object);
	bool needed;
};

#define FIELD_AT(type, member)                                                 \
	.offset = offsetof(type, member), .size = sizeof(((type *)0)->member)
#define TEXT(name, type, member)                                               \
	{                                                                      \
		.key = name, .kind = FIELD_TEXT, FIELD_AT(type, member)        \
	}
#define NUMBER(name, type, member)                                             \
	{                                                                      \
		.key = name, .kind = FIELD_NUMBER, FIELD_AT(type, member)      \
	}
#define FLAG(name, type, member)                                               \
	{                                                                      \
		.key = name, .kind = FIELD_FLAG, FIELD_AT(type, member)        \
	}
#define WORD(name, type, member, finder)                                       \
	{                                                                      \
		.key = name, .kind = FIELD_WORD, FIELD_AT(type, member),       \
		.find = finder                                                 \
	}
#define PART(name, reader)                                                     \
	{                                                                      \
		.key = name, .kind = FIELD_PART, .read = reader                \
	}
#define NEEDED_PART(name, reader)                                              \
	{                                                                      \
		.key = name, .kind = FIELD_PART, .read = reader,               \
		.needed = true                                                 \
	}

/* Adds an error about @node. */
#define jsonin_wrong(json, node, ...)                                          \
	diag_add(&(json)->diags, DIAG_ERROR, (node)->pos, __VA_ARGS__)

/* Fills @object by the table @fields, an array. */
#define jsonin_object(json, node, fields, object)                              \
	jsonin_fields(json, node, fields,                                      \
		      sizeof(fields) / sizeof((fields)[0]), object)
void jsonin_fields(struct jsonin *json, struct node *node,
		   const struct field *fields, size_t nr, void *object);

/* A string, or NULL where it is null or, behind an error, anything else. */
const char *jsonin_string(struct jsonin *json, struct node *node);

/* A whole number of @size bytes; one of an int is not negative. */
void jsonin_number(struct jsonin *json, struct node *node, void *to,
		   size_t size);

/*
 * Zeroed room for the elements of a list, of @size bytes each, into *@array.
 * Returns how many there are; 0, behind an error, where it is no list.
 */
size_t jsonin_list(struct jsonin *json, struct node *node, size_t size,
		   void *array);

#endif /* PFNSIM_REPORT_JSONIN_H */
