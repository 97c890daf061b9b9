// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a tree's own lib/xarray.c needs around it; linked with -Wl,--wrap= for
 * xa_load, xa_store and xa_store_range.
 *
 * Fidelity: EMULATED - the wrappers make these calls scheduling points, the
 * rest is the tree's.  Freed nodes wait for a grace period as in the kernel.
 */
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/xarray.h>
#include <border.h>
#include "../lib/lib.h"

void *__real_xa_store(struct xarray *xa, unsigned long index, void *entry,
		      gfp_t gfp);
void *__wrap_xa_store(struct xarray *xa, unsigned long index, void *entry,
		      gfp_t gfp);
void *__real_xa_store_range(struct xarray *xa, unsigned long first,
			    unsigned long last, void *entry, gfp_t gfp);
void *__wrap_xa_store_range(struct xarray *xa, unsigned long first,
			    unsigned long last, void *entry, gfp_t gfp);
void *__real_xa_load(struct xarray *xa, unsigned long index);
void *__wrap_xa_load(struct xarray *xa, unsigned long index);
void radix_tree_node_rcu_free(struct rcu_head *head);

struct kmem_cache *radix_tree_node_cachep;

/* As the kernel's: an allocated node is expected to be empty. */
static void node_init(void *object)
{
	struct xa_node *node = object;

	memset(node, 0, sizeof(*node));
	INIT_LIST_HEAD(&node->private_list);
}

void xarray_init(void)
{
	radix_tree_node_cachep = kmem_cache_create("radix_tree_node",
						   sizeof(struct xa_node), 0,
						   SLAB_PANIC, node_init);
}

void radix_tree_node_rcu_free(struct rcu_head *head)
{
	struct xa_node *node = container_of(head, struct xa_node, rcu_head);

	kmem_cache_free(radix_tree_node_cachep, node);
}

/* To a search each entry is an object: a loop that stores another gets on. */
static const void *entry_of(const struct xarray *xa, unsigned long index)
{
	return (const char *)xa + index;
}

void *__wrap_xa_store(struct xarray *xa, unsigned long index, void *entry,
		      gfp_t gfp)
{
	void *old;

	host_enter(CALL_XA_STORE, entry_of(xa, index), NULL);
	old = __real_xa_store(xa, index, entry, gfp);
	host_leave(CALL_XA_STORE, entry_of(xa, index), NULL);
	return old;
}

void *__wrap_xa_store_range(struct xarray *xa, unsigned long first,
			    unsigned long last, void *entry, gfp_t gfp)
{
	void *old;

	host_enter(CALL_XA_STORE, entry_of(xa, first), NULL);
	old = __real_xa_store_range(xa, first, last, entry, gfp);
	host_leave(CALL_XA_STORE, entry_of(xa, first), NULL);
	return old;
}

void *__wrap_xa_load(struct xarray *xa, unsigned long index)
{
	void *entry;

	host_enter(CALL_XA_LOAD, entry_of(xa, index), NULL);
	entry = __real_xa_load(xa, index);
	host_leave(CALL_XA_LOAD, entry_of(xa, index), NULL);
	return entry;
}
