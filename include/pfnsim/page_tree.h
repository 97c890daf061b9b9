/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A sparse array of unsigned long, indexed by unsigned long.
 *
 * One kind of tree serves page caches (index to pfn), page tables (page offset
 * to entry) and kernel mappings (number of the address to its record).  Nodes
 * come from the heap and are never given back: they go with the execution.
 *
 * Locking: none; no function switches to another task.
 *
 * Fidelity: EMULATED - stands in for the page cache's xarray and for the page
 * table's levels.  Emptied nodes stay, so memory is only ever added.
 */
#ifndef PFNSIM_PAGE_TREE_H
#define PFNSIM_PAGE_TREE_H

#include <linux/types.h>

struct page_tree_node;

/* All zeros is an empty tree. */
struct page_tree {
	struct page_tree_node *root;
	unsigned int height;
	unsigned int used; /* entries that are not zero */
};

/* The entry at @index; 0 where there is none. */
unsigned long page_tree_load(const struct page_tree *tree, unsigned long index);
/* Sets the entry at @index; @entry 0 removes it. */
void page_tree_store(struct page_tree *tree, unsigned long index,
		     unsigned long entry);
/*
 * The first entry that is not zero in [*@index, @last]; *@index becomes its
 * index.  Returns 0 and leaves *@index alone where there is none.
 */
unsigned long page_tree_next(const struct page_tree *tree, unsigned long *index,
			     unsigned long last);

#endif /* PFNSIM_PAGE_TREE_H */
