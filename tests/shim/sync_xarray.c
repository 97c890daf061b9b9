// SPDX-License-Identifier: GPL-2.0-only
/*
 * The xarray, whichever the kernel has: our own or the tree's.
 */
#include <linux/slab.h>
#include <linux/xarray.h>
#include "shim_test.h"

static struct xarray xa;
static int things[4];

static void init(void)
{
	xa_init(&xa);
}

static void values(void)
{
	void *entry = xa_mk_value(8);

	CHECK(xa_is_value(entry) && xa_to_value(entry) == 8);
	CHECK(!xa_is_value(&things[0]) && !xa_is_err(entry));
	CHECK(xa_empty(&xa));
	CHECK(!xa_err(xa_store(&xa, 5, entry, GFP_KERNEL)));
	CHECK(xa_load(&xa, 5) == entry && !xa_load(&xa, 4));
	CHECK(xa_store(&xa, 5, &things[1], GFP_KERNEL) == entry);
	CHECK(xa_erase(&xa, 5) == &things[1]);
	CHECK(xa_empty(&xa) && !xa_load(&xa, 5));
	xa_destroy(&xa);
}

static void many(void)
{
	unsigned long index;
	void *entry;
	int seen = 0;

	for (int i = 39; i >= 0; i--)
		CHECK(!xa_err(
			xa_store(&xa, i * 3, xa_mk_value(i), GFP_KERNEL)));
	xa_for_each(&xa, index, entry) {
		CHECK(xa_to_value(entry) == (unsigned long)seen);
		CHECK(index == seen * 3UL);
		seen++;
	}
	CHECK(seen == 40);
	index = 4;
	CHECK(xa_to_value(xa_find(&xa, &index, 100, XA_PRESENT)) == 2);
	CHECK(index == 6);
	CHECK(xa_to_value(xa_find_after(&xa, &index, 100, XA_PRESENT)) == 3);
	index = 7;
	CHECK(!xa_find(&xa, &index, 8, XA_PRESENT));
	xa_destroy(&xa);
}

static void ranges(void)
{
	unsigned long index, covered = 0;
	void *entry;

	CHECK(!xa_err(xa_store_range(&xa, 4, 7, &things[0], GFP_KERNEL)));
	CHECK(!xa_err(xa_store_range(&xa, 8, 11, &things[1], GFP_KERNEL)));
	CHECK(!xa_load(&xa, 3) && xa_load(&xa, 4) == &things[0]);
	CHECK(xa_load(&xa, 7) == &things[0] && xa_load(&xa, 8) == &things[1]);
	xa_for_each_range(&xa, index, entry, 5, 9)
		covered |= entry == &things[0] ? 1 : 2;
	CHECK(covered == 3);
	CHECK(!xa_err(xa_store_range(&xa, 4, 7, NULL, GFP_KERNEL)));
	CHECK(!xa_load(&xa, 5) && xa_load(&xa, 9) == &things[1]);
	index = 0;
	CHECK(xa_find(&xa, &index, 20, XA_PRESENT) == &things[1]);
	xa_destroy(&xa);
	CHECK(xa_empty(&xa));
}

static void reserved(void)
{
	unsigned long index = 0;

	CHECK(!xa_reserve(&xa, 9, GFP_KERNEL));
	CHECK(!xa_load(&xa, 9) && !xa_find(&xa, &index, 20, XA_PRESENT));
	CHECK(!xa_err(xa_store(&xa, 9, xa_mk_value(1), GFP_KERNEL)));
	CHECK(xa_to_value(xa_load(&xa, 9)) == 1);
	CHECK(!xa_reserve(&xa, 9, GFP_KERNEL));
	CHECK(xa_to_value(xa_load(&xa, 9)) == 1);
	CHECK(xa_insert(&xa, 9, xa_mk_value(2), GFP_KERNEL) == -EBUSY);
	CHECK(!xa_err(xa_store(&xa, 9, NULL, GFP_KERNEL)));
	CHECK(xa_empty(&xa));
	xa_destroy(&xa);
}

static void storer(void)
{
	for (unsigned long i = 0; i < 12; i++)
		CHECK(!xa_err(xa_store(&xa, i * 4 + host_task,
				       xa_mk_value(host_task), GFP_KERNEL)));
}

static void check_stored(void)
{
	unsigned long index;
	void *entry;
	int seen = 0;

	xa_for_each(&xa, index, entry) {
		CHECK(xa_to_value(entry) == index % 4);
		seen++;
	}
	CHECK(seen == 36);
	xa_destroy(&xa);
}

#define ONE(text, names, source, user)                                         \
	{                                                                      \
		.name = text, .of = names, .follows = source, .tasks = 1,      \
		.setup = init, .task = { user }, .expect = NO_VIOLATION        \
	}

DEFINE_SHIM_TESTS(
	xarray,
	ONE("xarray/values",
	    "xa_store xa_load xa_erase xa_empty xa_init xa_mk_value xa_to_value xa_is_value xa_is_err xa_err xa_destroy",
	    "Documentation/core-api/xarray.rst: entries are pointers or values; storing returns the old one",
	    values),
	ONE("xarray/many", "xa_find xa_find_after xa_for_each xa_store",
	    "Documentation/core-api/xarray.rst, xa_for_each(): present entries in the order of their indices",
	    many),
	ONE("xarray/ranges", "xa_store_range xa_load xa_for_each_range",
	    "lib/xarray.c, xa_store_range(): each index of the range gives the entry; NULL takes it away",
	    ranges),
	ONE("xarray/reserved", "xa_reserve xa_insert xa_store",
	    "Documentation/core-api/xarray.rst, reserved entries: read as NULL, and are there for xa_insert()",
	    reserved),
	{ .name = "xarray/tasks-store",
	  .of = "xa_store",
	  .follows =
		  "Documentation/core-api/xarray.rst, locking: the array takes its own lock",
	  .tasks = 3,
	  .setup = init,
	  .task = { storer, storer, storer },
	  .check = check_stored,
	  .expect = NO_VIOLATION });
