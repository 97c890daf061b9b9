// SPDX-License-Identifier: GPL-2.0-only
/*
 * Sparse arrays of unsigned long: a tree of 16-way nodes that grows upwards.
 *
 *   height 1: root -> 16 entries          covers indices 0 .. 0xf
 *   height 2: root -> 16 nodes of height 1           0 .. 0xff
 *   height 16                                        0 .. ~0UL
 *
 * Fidelity: EMULATED - see pfnsim/page_tree.h.
 */
#include <pfnsim/page_tree.h>

#include "mm_internal.h"

#define NODE_BITS 4
#define NODE_SLOTS (1UL << NODE_BITS)
#define MAX_HEIGHT (BITS_PER_LONG / NODE_BITS)

struct page_tree_node {
	unsigned long slots[NODE_SLOTS];
};

static struct page_tree_node *node_alloc(void)
{
	return heap_alloc(sizeof(struct page_tree_node), sizeof(long));
}

static bool covers(const struct page_tree *tree, unsigned long index)
{
	return tree->height == MAX_HEIGHT ||
	       !(index >> tree->height * NODE_BITS);
}

static unsigned long *node_slot(struct page_tree_node *node, unsigned int level,
				unsigned long index)
{
	return &node->slots[index >> level * NODE_BITS & (NODE_SLOTS - 1)];
}

/*
 * The slot of @index, or NULL with *@level the level whose node is missing.
 */
static unsigned long *find_slot(const struct page_tree *tree,
				unsigned long index, unsigned int *level)
{
	struct page_tree_node *node = tree->root;
	unsigned int at = tree->height;

	while (node && at > 1)
		node = (void *)*node_slot(node, --at, index);
	*level = at;
	return node ? node_slot(node, 0, index) : NULL;
}

unsigned long page_tree_load(const struct page_tree *tree, unsigned long index)
{
	unsigned int level;
	unsigned long *slot;

	if (!tree->root || !covers(tree, index))
		return 0;
	slot = find_slot(tree, index, &level);
	return slot ? *slot : 0;
}

static void grow(struct page_tree *tree, unsigned long index)
{
	while (!tree->root || !covers(tree, index)) {
		struct page_tree_node *node = node_alloc();

		node->slots[0] = (unsigned long)tree->root;
		tree->root = node;
		tree->height++;
	}
}

void page_tree_store(struct page_tree *tree, unsigned long index,
		     unsigned long entry)
{
	struct page_tree_node *node;
	unsigned long *slot;
	unsigned int level;

	if (!entry && !page_tree_load(tree, index))
		return;
	grow(tree, index);
	node = tree->root;
	for (level = tree->height - 1; level; level--) {
		slot = node_slot(node, level, index);
		if (!*slot)
			*slot = (unsigned long)node_alloc();
		node = (void *)*slot;
	}
	slot = node_slot(node, 0, index);
	tree->used += !!entry - !!*slot;
	*slot = entry;
}

unsigned long page_tree_next(const struct page_tree *tree, unsigned long *index,
			     unsigned long last)
{
	unsigned long at = *index;

	while (tree->used && at <= last && covers(tree, at)) {
		unsigned int level;
		unsigned long *slot = find_slot(tree, at, &level);

		if (slot && *slot) {
			*index = at;
			return *slot;
		}
		if (!slot)
			at |= (1UL << level * NODE_BITS) - 1;
		if (++at == 0)
			break;
	}
	return 0;
}
