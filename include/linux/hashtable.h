/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hash tables of fixed size.
 *
 * Fidelity: EMULATED - same results as the kernel's.
 */
#ifndef PFNSIM_LINUX_HASHTABLE_H
#define PFNSIM_LINUX_HASHTABLE_H

#include <linux/hash.h>
#include <linux/kernel.h>
#include <linux/list.h>
#include <linux/log2.h>
#include <linux/rculist.h>
#include <linux/types.h>

#define DECLARE_HASHTABLE(name, bits) struct hlist_head name[1 << (bits)]
#define DEFINE_HASHTABLE(name, bits)                                           \
	struct hlist_head name[1 << (bits)] = { { NULL } }
#define HASH_SIZE(name) (ARRAY_SIZE(name))
#define HASH_BITS(name) ilog2(HASH_SIZE(name))
#define hash_min(value, bits)                                                  \
	(sizeof(value) <= 4 ? hash_32(value, bits) : hash_long(value, bits))

static inline void __hash_init(struct hlist_head *table, unsigned int size)
{
	while (size--)
		INIT_HLIST_HEAD(&table[size]);
}

#define hash_init(table) __hash_init(table, HASH_SIZE(table))
#define __hash_bucket(table, key) (&(table)[hash_min(key, HASH_BITS(table))])
#define hash_add(table, node, key)                                             \
	hlist_add_head(node, __hash_bucket(table, key))
#define hash_add_rcu(table, node, key)                                         \
	hlist_add_head_rcu(node, __hash_bucket(table, key))

static inline bool hash_hashed(struct hlist_node *node)
{
	return !hlist_unhashed(node);
}

static inline void hash_del(struct hlist_node *node)
{
	hlist_del_init(node);
}

static inline void hash_del_rcu(struct hlist_node *node)
{
	hlist_del_init_rcu(node);
}

#define hash_for_each(name, bkt, obj, member)                                  \
	for ((bkt) = 0, obj = NULL; !obj && (bkt) < HASH_SIZE(name); (bkt)++)  \
		hlist_for_each_entry(obj, &name[bkt], member)
#define hash_for_each_safe(name, bkt, tmp, obj, member)                        \
	for ((bkt) = 0, obj = NULL; !obj && (bkt) < HASH_SIZE(name); (bkt)++)  \
		hlist_for_each_entry_safe(obj, tmp, &name[bkt], member)
#define hash_for_each_possible(name, obj, member, key)                         \
	hlist_for_each_entry(obj, __hash_bucket(name, key), member)
#define hash_for_each_possible_rcu(name, obj, member, key)                     \
	hlist_for_each_entry_rcu(obj, __hash_bucket(name, key), member)

#endif /* PFNSIM_LINUX_HASHTABLE_H */
