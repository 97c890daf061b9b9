/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one table of the format: every key, where it may stand, what its value
 * is.  The reader checks a file against it, and the JSON schema and the
 * reference manual are printed from it.  All of it is static and read-only.
 */
#ifndef PFNSIM_SCENARIO_SCHEMA_H
#define PFNSIM_SCENARIO_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "model.h"

/* Largest number of fixed keys in one mapping. */
#define SCHEMA_MAX_KEYS 16

/* What a plain value is; in a list, each of its elements. */
enum value_type {
	VALUE_NOTHING, /* no plain value may stand here */
	VALUE_VERSION,
	VALUE_TEXT,
	VALUE_NAME, /* defines a name */
	VALUE_NUMBER,
	VALUE_ADDRESS,
	VALUE_BOOL,
	VALUE_NULL,
	VALUE_URL,
	VALUE_GLOB,
	VALUE_CAP,
	VALUE_HAZARD,
	VALUE_FAILS,
	VALUE_GMEM_FLAG,
	VALUE_SLOT_FLAG,
	VALUE_XEN_FLAG,
	VALUE_EXTENSION,
	VALUE_AGEING,
	VALUE_REUSE,
	VALUE_USE,
	VALUE_MAPPED_BY,
	VALUE_CACHE,
	VALUE_GMEM,
	VALUE_REGION,
	VALUE_SLOT,
	VALUE_VM,
	VALUE_ALL,
	VALUE_KVM,
	VALUE_PAGE,  /* one page */
	VALUE_PAGES, /* a range of pages */
	VALUE_UVA,
	VALUE_BYTES,
	VALUE_RET,
	VALUE_RANGE,
	VALUE_REPEAT,
	VALUE_POINT,
	VALUE_UNTIL,
	VALUE_FAULT,
	VALUE_CASE,
	NR_VALUE_TYPES
};

/* The YAML kinds that a value may have. */
enum { AS_PLAIN = 1, AS_LIST = 2, AS_MAP = 4 };

struct schema_map;

struct schema_key {
	const char *name;
	unsigned int as; /* AS_* */
	enum value_type type;
	bool required;
	/* Of the value where it is a mapping, of the elements of a list. */
	const struct schema_map *map;
	const char *doc;
};

/*
 * A mapping with fixed keys, or with names that the user chooses (names set),
 * or both; names come before the fixed keys where the order is fixed.
 */
struct schema_map {
	const char *id;	  /* unique, names it in the JSON schema */
	const char *what; /* "a step" */
	const struct schema_key *keys;
	size_t nr;
	bool any_order;	   /* keys are arguments, in any order */
	const char *names; /* what the user's names stand for, or NULL */
	const struct schema_key *named; /* the values of these */
};

/* An operation and its arguments. */
struct schema_op {
	struct schema_map args;
	/*
	 * The argument that may be given alone (`gpc.check: clock`), or NULL;
	 * where only_alone is set, the mapping is not an option.
	 */
	const char *alone;
	bool only_alone;
	bool reads; /* `sees` may follow */
	const char *doc;
};

extern const struct schema_map schema_top, schema_xfail, schema_vm,
	schema_region, schema_gmem, schema_slot, schema_cache, schema_step,
	schema_case, schema_explore, schema_stop, schema_expect, schema_want,
	schema_final, schema_outcome, schema_gpc, schema_counters, schema_bytes,
	schema_page_text, schema_tasks, schema_regions, schema_gmems,
	schema_slots, schema_caches, schema_order_line, schema_allow,
	schema_when;

/* All of them in the manual's order; NULL behind the last one. */
extern const struct schema_map *const schema_maps[];

/* The operation's entry; NULL where @op is out of range. */
const struct schema_op *schema_op(enum scenario_op op);

/* The index of @name in map->keys, or map->nr. */
size_t schema_find(const struct schema_map *map, const char *name);

/* "a number"; how a value of that type is called in messages. */
const char *value_type_name(enum value_type type);
/* How it is written, for the manual. */
const char *value_type_doc(enum value_type type);
/* A regular expression for the JSON schema, or NULL. */
const char *value_type_pattern(enum value_type type);
/* The names that a value may have, by index; NULL behind the last one. */
const char *value_type_word(enum value_type type, size_t index);

/* Print the JSON schema of a scenario file, or the manual's reference. */
void schema_print_json(FILE *out);
void schema_print_markdown(FILE *out);

#endif /* PFNSIM_SCENARIO_SCHEMA_H */
