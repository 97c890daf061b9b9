// SPDX-License-Identifier: GPL-2.0-only
/*
 * Lists, hash tables, bitmaps and the xarray: what walks see, also while others
 * change them.
 */
#include <linux/bitmap.h>
#include <linux/hash.h>
#include <linux/hashtable.h>
#include <linux/list.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/xarray.h>
#include "shim_test.h"

struct item {
	unsigned long key;
	struct list_head node;
	struct hlist_node hash;
};

static LIST_HEAD(list);
static DEFINE_HASHTABLE(table, 3);
static struct item items[4];
static struct xarray xa;
static spinlock_t lock;
static int things[4];

static void init(void)
{
	spin_lock_init(&lock);
	INIT_LIST_HEAD(&list);
	hash_init(table);
	xa_init_flags(&xa, XA_FLAGS_ACCOUNT);
	for (int i = 0; i < 4; i++)
		items[i] = (struct item){ .key = i + 1 };
}

/* ---- Lists --------------------------------------------------------------- */

/* The keys in the order of the list, as digits of a number. */
static unsigned long keys(void)
{
	unsigned long number = 0;
	struct item *item;

	list_for_each_entry(item, &list, node)
		number = number * 10 + item->key;
	return number;
}

static void list_order(void)
{
	struct item *item, *next;

	list_add(&items[0].node, &list);
	list_add(&items[1].node, &list);
	list_add_tail(&items[2].node, &list);
	CHECK(keys() == 213);
	list_del(&items[0].node);
	CHECK(keys() == 23 && !list_empty(&list));
	list_for_each_entry_safe(item, next, &list, node)
		list_del(&item->node);
	CHECK(list_empty(&list));
}

/* A reader that stands on an entry that is removed still finds the rest. */
static void rcu_removal(void)
{
	struct item *at;

	for (int i = 3; i >= 0; i--)
		list_add_rcu(&items[i].node, &list);
	at = &items[1];
	list_del_rcu(&items[1].node);
	CHECK(keys() == 134);
	at = list_entry(at->node.next, struct item, node);
	CHECK(at == &items[2]);
}

static void hlist_removal(void)
{
	struct hlist_head head = HLIST_HEAD_INIT;
	struct item *at;
	int seen = 0;

	CHECK(hlist_empty(&head) && hlist_unhashed(&items[0].hash));
	for (int i = 2; i >= 0; i--)
		hlist_add_head_rcu(&items[i].hash, &head);
	hlist_del_init_rcu(&items[1].hash);
	CHECK(hlist_unhashed(&items[1].hash));
	CHECK(items[1].hash.next == &items[2].hash);
	hlist_del_init_rcu(&items[1].hash);
	hlist_for_each_entry_rcu(at, &head, hash) seen = seen * 10 + at->key;
	CHECK(seen == 13);
	hlist_del_init(&items[0].hash);
	CHECK(hlist_unhashed(&items[0].hash) && !items[0].hash.next);
}

static void remover(void)
{
	spin_lock(&lock);
	list_del_rcu(&items[1].node);
	spin_unlock(&lock);
	synchronize_rcu();
	items[1].key = 0;
}

static void reader(void)
{
	struct list_head *at;

	rcu_read_lock();
	for (at = READ_ONCE(list.next); at != &list; at = READ_ONCE(at->next)) {
		CHECK(list_entry(at, struct item, node)->key);
		smp_rmb();
	}
	rcu_read_unlock();
}

static void fill_list(void)
{
	init();
	for (int i = 0; i < 4; i++)
		list_add_tail(&items[i].node, &list);
}

/* ---- Hash tables --------------------------------------------------------- */

static void hash_values(void)
{
	CHECK(hash_32(1, 32) == 0x61c88647 && hash_32(1, 4) == 6);
	CHECK(hash_long(1UL, 32) == 0x61c88646 && hash_long(1UL, 4) == 6);
	CHECK(hash_min((u32)3, 8) == hash_32(3, 8));
	CHECK(hash_min((u64)3, 8) == hash_long(3UL, 8));
}

static void hash_table(void)
{
	struct hlist_node *next;
	struct item *item;
	unsigned int bkt;
	int seen = 0;

	CHECK(HASH_SIZE(table) == 8 && HASH_BITS(table) == 3);
	for (int i = 0; i < 4; i++) {
		CHECK(!hash_hashed(&items[i].hash));
		hash_add(table, &items[i].hash, items[i].key);
		CHECK(hash_hashed(&items[i].hash));
	}
	hash_for_each(table, bkt, item, hash) seen |= 1 << item->key;
	CHECK(seen == 0x1e);
	seen = 0;
	hash_for_each_possible(table, item, hash, 3)
		seen += item->key == 3;
	CHECK(seen == 1);
	hash_del(&items[2].hash);
	CHECK(!hash_hashed(&items[2].hash));
	hash_for_each_possible(table, item, hash, 3)
		CHECK(item->key != 3);
	hash_for_each_safe(table, bkt, next, item, hash) hash_del(&item->hash);
	hash_for_each(table, bkt, item, hash) CHECK(false);
	hash_add_rcu(table, &items[0].hash, 1);
	hash_for_each_possible_rcu(table, item, hash, 1)
		CHECK(item == &items[0]);
	hash_del_rcu(&items[0].hash);
}

/* ---- Bitmaps ------------------------------------------------------------- */

static void bitmap_edges(void)
{
	DECLARE_BITMAP(map, 130);
	unsigned long bit, sum = 0;

	bitmap_zero(map, 130);
	CHECK(bitmap_empty(map, 130) && BITS_TO_LONGS(130) == 3);
	CHECK(find_next_bit(map, 130, 0) == 130);
	bitmap_set(map, 62, 5);
	CHECK(map[0] == 3UL << 62 && map[1] == 7);
	for_each_set_bit(bit, map, 130)
		sum += bit;
	CHECK(sum == 62 + 63 + 64 + 65 + 66);
	CHECK(find_next_bit(map, 130, 64) == 64);
	CHECK(find_next_bit(map, 130, 67) == 130);
	CHECK(find_next_bit(map, 64, 64) == 64);
	bitmap_clear(map, 63, 2);
	CHECK(map[0] == 1UL << 62 && map[1] == 6);
	bitmap_fill(map, 130);
	CHECK(bitmap_weight(map, 130) == 130 && !bitmap_empty(map, 130));
	bitmap_clear(map, 0, 130);
	CHECK(bitmap_empty(map, 130));
	bitmap_set(map, 5, 0);
	CHECK(bitmap_empty(map, 130));
}

/* ---- The xarray ---------------------------------------------------------- */

static unsigned int count_range(unsigned long first, unsigned long last)
{
	unsigned long index;
	unsigned int nr = 0;

	for (index = first; index <= last; index++)
		nr += !!xa_load(&xa, index);
	return nr;
}

static void range_edges(void)
{
	unsigned long index = 0;

	CHECK(xa_err(xa_store_range(&xa, 5, 4, &things[0], GFP_KERNEL)) ==
	      -EINVAL);
	CHECK(!xa_err(xa_store_range(&xa, 3, 3, &things[0], GFP_KERNEL)));
	CHECK(count_range(0, 9) == 1 && xa_load(&xa, 3) == &things[0]);
	CHECK(!xa_err(xa_store_range(&xa, 4, 200, &things[1], GFP_KERNEL)));
	CHECK(count_range(0, 300) == 198);
	CHECK(!xa_err(xa_store_range(&xa, 4, 200, NULL, GFP_KERNEL)));
	CHECK(count_range(0, 300) == 1);
	CHECK(xa_find(&xa, &index, ULONG_MAX, XA_PRESENT) == &things[0]);
	CHECK(index == 3);
	CHECK(!xa_find_after(&xa, &index, ULONG_MAX, XA_PRESENT));
	CHECK(xa_erase(&xa, 3) == &things[0] && xa_empty(&xa));
}

static void neighbours(void)
{
	unsigned long index;
	void *entry;

	CHECK(!xa_err(xa_store_range(&xa, 0, 63, &things[0], GFP_KERNEL)));
	CHECK(!xa_err(xa_store_range(&xa, 64, 127, &things[1], GFP_KERNEL)));
	CHECK(!xa_err(xa_store_range(&xa, 64, 127, NULL, GFP_KERNEL)));
	CHECK(count_range(0, 200) == 64);
	xa_for_each_range(&xa, index, entry, 10, 200)
		CHECK(entry == &things[0] && index < 64);
	xa_for_each_start(&xa, index, entry, 64) CHECK(false);
	xa_destroy(&xa);
	CHECK(xa_empty(&xa) && !xa_load(&xa, 0));
}

static void extremes(void)
{
	CHECK(!xa_err(xa_store(&xa, ULONG_MAX, &things[0], GFP_KERNEL)));
	CHECK(!xa_err(xa_store(&xa, 0, &things[1], GFP_KERNEL)));
	CHECK(xa_load(&xa, ULONG_MAX) == &things[0]);
	CHECK(xa_store(&xa, 0, NULL, GFP_KERNEL) == &things[1]);
	CHECK(!xa_load(&xa, 0) && !xa_empty(&xa));
	CHECK(!xa_store(&xa, 7, NULL, GFP_KERNEL));
	CHECK(xa_erase(&xa, ULONG_MAX) == &things[0] && xa_empty(&xa));
	CHECK(xa_err(xa_mk_value(5)) == 0 && !xa_is_err(NULL));
	CHECK(xa_to_value(xa_mk_value(LONG_MAX)) == LONG_MAX);
}

/* More than the heap has: every allocation fails from here on. */
static void exhaust(void)
{
	while (kmalloc(1 << 20, GFP_KERNEL))
		;
	while (kmalloc(4096, GFP_KERNEL))
		;
	while (kmalloc(16, GFP_KERNEL))
		;
}

static void no_memory(void)
{
	unsigned long first = 1 << 20;
	int err = 0;

	CHECK(!xa_err(xa_store(&xa, 1, &things[0], GFP_KERNEL)));
	exhaust();
	for (int i = 0; i < 40 && !err; i++, first *= 2)
		err = xa_err(xa_store_range(&xa, first, first + 100, &things[1],
					    GFP_KERNEL));
	CHECK(err == -ENOMEM);
	CHECK(xa_load(&xa, 1) == &things[0]);
	CHECK(!xa_err(xa_store(&xa, 1, &things[2], GFP_KERNEL)));
	CHECK(xa_load(&xa, 1) == &things[2]);
}

static void store_in_atomic(void)
{
	spin_lock(&lock);
	xa_store(&xa, 1, &things[0], GFP_KERNEL);
	spin_unlock(&lock);
}

static void range_storer(void)
{
	unsigned long first = 100UL * host_task;

	for (int i = 0; i < 3; i++) {
		CHECK(!xa_err(xa_store_range(&xa, first, first + 49,
					     &things[host_task], GFP_KERNEL)));
		CHECK(xa_load(&xa, first + 49) == &things[host_task]);
		CHECK(!xa_err(xa_store_range(&xa, first, first + 49, NULL,
					     GFP_KERNEL)));
		CHECK(!xa_load(&xa, first));
	}
}

static void array_is_empty(void)
{
	CHECK(xa_empty(&xa));
}

#define STRUCTURE(title, names, source, function)                              \
	LONE_TEST(title, names, source, init, function)

DEFINE_SHIM_TESTS(
	structures,
	STRUCTURE(
		"list/add-to-both-ends",
		"list_add list_del list_empty INIT_LIST_HEAD list_for_each_entry list_for_each_entry_safe",
		"Documentation/core-api/kernel-api.rst, list_add(): after the head; list_add_tail(): before it",
		list_order),
	STRUCTURE(
		"list/a-removed-entry-still-leads-on",
		"list_add_rcu list_del_rcu list_entry",
		"Documentation/RCU/listRCU.rst: list_del_rcu() leaves the forward pointer intact for readers",
		rcu_removal),
	STRUCTURE(
		"hlist/removed-twice-and-still-leading-on",
		"hlist_add_head_rcu hlist_del_init_rcu hlist_for_each_entry_rcu hlist_del_init hlist_unhashed hlist_empty",
		"include/linux/rculist.h, hlist_del_init_rcu(): unhashed afterwards, the next pointer stays for readers; nothing where it was",
		hlist_removal),
	{ .name = "list/readers-never-see-what-was-reclaimed",
	  .of = "list_del_rcu synchronize_rcu",
	  .follows =
		  "Documentation/RCU/listRCU.rst: remove, wait for a grace period, reclaim",
	  .tasks = 3,
	  .setup = fill_list,
	  .task = { reader, remover, reader },
	  .expect = NO_VIOLATION },
	STRUCTURE(
		"hash/values-are-the-kernel's", "hash_32 hash_long hash_min",
		"include/linux/hash.h: the product with the golden ratio, of which the highest bits count",
		hash_values),
	STRUCTURE(
		"hash/tables",
		"hash_init hash_add hash_del hash_hashed hash_for_each hash_for_each_possible hash_for_each_safe hash_add_rcu hash_del_rcu hash_for_each_possible_rcu HASH_SIZE HASH_BITS DEFINE_HASHTABLE",
		"include/linux/hashtable.h: walks see each entry once; _possible those of one bucket",
		hash_table),
	STRUCTURE(
		"bitmap/edges-of-words",
		"bitmap_set bitmap_clear bitmap_empty bitmap_fill find_next_bit for_each_set_bit BITS_TO_LONGS",
		"lib/bitmap.c: regions cross words; include/linux/find.h: a start at or beyond the size gives the size",
		bitmap_edges),
	STRUCTURE(
		"xarray/edges-of-ranges",
		"xa_store_range xa_find xa_find_after xa_erase xa_load xa_err",
		"lib/xarray.c, xa_store_range(): from the first to the last index, inclusive; -EINVAL where the last is below",
		range_edges),
	STRUCTURE(
		"xarray/neighbouring-ranges",
		"xa_store_range xa_for_each_range xa_for_each_start xa_destroy xa_empty",
		"lib/xarray.c, xa_store_range(): leaves the indices outside of the range alone",
		neighbours),
	STRUCTURE(
		"xarray/extreme-indices",
		"xa_store xa_load xa_erase xa_empty xa_is_err xa_mk_value",
		"Documentation/core-api/xarray.rst: any index; storing NULL is like erasing",
		extremes),
	STRUCTURE(
		"xarray/no-memory", "xa_store xa_store_range xa_err",
		"Documentation/core-api/xarray.rst: -ENOMEM where nodes are missing, and an entry that is there can be replaced without any",
		no_memory),
	BAD_TEST(
		"xarray/stores-may-sleep", "xa_store",
		"Documentation/core-api/xarray.rst: with GFP_KERNEL a store may sleep",
		init, store_in_atomic, V_SLEEP_IN_ATOMIC),
	{ .name = "xarray/ranges-of-several-tasks",
	  .of = "xa_store_range",
	  .follows =
		  "Documentation/core-api/xarray.rst, locking: stores take the array's lock",
	  .tasks = 3,
	  .setup = init,
	  .task = { range_storer, range_storer, range_storer },
	  .check = array_is_empty,
	  .expect = NO_VIOLATION });
