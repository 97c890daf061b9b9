/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A YAML document as a tree of nodes with positions, built from libyaml's
 * events.  Refuses what the format does without (anchors, aliases, tags,
 * several documents, merge keys) and what a hostile file is made of (deep
 * nesting, endless input).
 *
 * Nodes and their texts live in the obstack that the caller gives.
 */
#ifndef PFNSIM_SCENARIO_TREE_H
#define PFNSIM_SCENARIO_TREE_H

#include <obstack.h>
#include <stdbool.h>
#include <stddef.h>
#include <urcu/list.h>

#include "diag.h"

#define TREE_MAX_BYTES (1024 * 1024)
#define TREE_MAX_DEPTH 16
#define TREE_MAX_NODES 65536

/* How large a file may be, and how many values it may have. */
struct tree_limits {
	size_t bytes, nodes;
};
extern const struct tree_limits tree_scenario_limits; /* the two above */

/* Keys of one mapping; sequences are bounded by the limits. */
#define TREE_MAX_KEYS 256

enum node_kind { NODE_SCALAR, NODE_LIST, NODE_MAP };

/*
 * In a mapping, children alternate between keys (always scalars) and values.
 * nr counts the elements of a list and the pairs of a mapping.
 */
struct node {
	enum node_kind kind;
	struct pos pos;
	const char *text; /* NUL-terminated, without other NULs */
	size_t len;
	bool plain; /* neither quoted nor a block scalar */
	bool flow;  /* written with braces or brackets */
	size_t nr;
	struct cds_list_head children;
	struct cds_list_head sibling;
};

/* Zeroed memory in @mem, aligned for anything. */
void *tree_alloc(struct obstack *mem, size_t size);

/* Set diags->source, without a byte order mark. */
void tree_set_source(struct diags *diags, const char *text, size_t len);

/*
 * Read a whole file, within @limits, into diags->source.
 * Returns 0, or a negative errno after adding an error to @diags.
 */
int tree_load(const char *path, struct diags *diags,
	      const struct tree_limits *limits);

/*
 * Parse diags->source.  Returns the root, or NULL after adding an error to
 * @diags.  Further errors may be added even where a root is returned.
 */
struct node *tree_parse(struct diags *diags, struct obstack *mem,
			const struct tree_limits *limits);

/* The position of @len characters that start @offset bytes into a scalar. */
struct pos node_part(const struct node *node, size_t offset, size_t len);

/* "a list", "a mapping" or "a plain value", for messages. */
const char *node_kind_name(const struct node *node);

#define node_for_each(child, node)                                             \
	cds_list_for_each_entry(child, &(node)->children, sibling)

/* The first child, or NULL; and the one behind @child, or NULL. */
struct node *node_first(const struct node *node);
struct node *node_next(const struct node *node, const struct node *child);

/* Visit the pairs of a mapping. */
#define node_for_each_pair(key, value, node)                                   \
	for ((key) = node_first(node);                                         \
	     (key) && ((value) = node_next(node, key));                        \
	     (key) = node_next(node, value))

#endif /* PFNSIM_SCENARIO_TREE_H */
