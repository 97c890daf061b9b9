// SPDX-License-Identifier: GPL-2.0-only
/*
 * Atomics, reference counts, bits, warnings, and small things of the library.
 */
#include <linux/atomic.h>
#include <linux/bitmap.h>
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/nospec.h>
#include <linux/refcount.h>
#include <linux/sort.h>
#include <linux/string.h>
#include "shim_test.h"

static atomic_t counter;
static atomic_long_t long_counter;
static refcount_t refs;
static unsigned long bits[2];

static void init(void)
{
	atomic_set(&counter, 0);
	refcount_set(&refs, 1);
	memset(bits, 0, sizeof(bits));
}

static void incrementer(void)
{
	for (int i = 0; i < SHIM_TIMES; i++)
		atomic_inc(&counter);
	set_bit(host_task % 64, bits);
}

static void check_sum(void)
{
	CHECK(atomic_read(&counter) == 3 * SHIM_TIMES);
	CHECK(bitmap_weight(bits, 128) == 3);
}

static void operations(void)
{
	int want = 5;

	atomic_set(&counter, 5);
	CHECK(atomic_add_return(2, &counter) == 7);
	CHECK(atomic_fetch_sub(2, &counter) == 7);
	CHECK(atomic_cmpxchg(&counter, 4, 9) == 5);
	CHECK(atomic_try_cmpxchg(&counter, &want, 1));
	CHECK(!atomic_try_cmpxchg(&counter, &want, 2) && want == 1);
	CHECK(!atomic_add_unless(&counter, 1, 1));
	CHECK(atomic_dec_and_test(&counter));
	CHECK(!atomic_inc_not_zero(&counter));
	CHECK(atomic_dec_if_positive(&counter) == -1);
	CHECK(!atomic_read(&counter));
	atomic_long_set(&long_counter, 1L << 40);
	CHECK(atomic_long_inc_return(&long_counter) == (1L << 40) + 1);
	CHECK(xchg(&want, 3) == 1 && want == 3);
	CHECK(cmpxchg(&want, 3, 4) == 3 && want == 4);
}

static void references(void)
{
	refcount_inc(&refs);
	CHECK(!refcount_dec_and_test(&refs));
	CHECK(refcount_dec_and_test(&refs));
	CHECK(!refcount_inc_not_zero(&refs));
	CHECK(!refcount_read(&refs));
}

static void inc_from_zero(void)
{
	refcount_set(&refs, 0);
	refcount_inc(&refs);
}

static void underflow(void)
{
	CHECK(refcount_dec_and_test(&refs));
	CHECK(!refcount_dec_and_test(&refs));
	/* Saturated: silent, and never zero again. */
	CHECK(!refcount_dec_and_test(&refs));
	CHECK(refcount_inc_not_zero(&refs));
}

static void overflow(void)
{
	refcount_set(&refs, REFCOUNT_MAX);
	refcount_inc(&refs);
	CHECK(refcount_read(&refs) == (unsigned int)REFCOUNT_SATURATED);
}

static void leaking_dec(void)
{
	refcount_dec(&refs);
}

static void bit_operations(void)
{
	CHECK(!test_and_set_bit(70, bits));
	CHECK(test_bit(70, bits));
	CHECK(find_first_bit(bits, 128) == 70);
	CHECK(find_next_bit(bits, 128, 71) == 128);
	__set_bit(127, bits);
	CHECK(find_next_bit(bits, 128, 71) == 127);
	CHECK(find_next_bit(bits, 100, 71) == 100);
	CHECK(test_and_clear_bit(70, bits));
	CHECK(find_last_bit(bits, 128) == 127);
	bitmap_set(bits, 0, 127);
	CHECK(bitmap_full(bits, 128));
	CHECK(find_first_zero_bit(bits, 128) == 128);
	bitmap_clear(bits, 3, 2);
	CHECK(find_first_zero_bit(bits, 128) == 3);
	CHECK(bitmap_weight(bits, 128) == 126);
}

static int by_value(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void library(void)
{
	int numbers[] = { 3, 1, 2 };
	char text[4];

	sort(numbers, 3, sizeof(int), by_value, NULL);
	CHECK(numbers[0] == 1 && numbers[1] == 2 && numbers[2] == 3);
	CHECK(strscpy(text, "abc") == 3);
	CHECK(strscpy(text, "abcd") == -E2BIG && !strcmp(text, "abc"));
	CHECK(scnprintf(text, sizeof(text), "%d", 12345) == 3);
	CHECK(!memchr_inv("aaa", 'a', 3));
	CHECK(array_index_nospec(2, 3) == 2);
	CHECK(array_index_nospec(3, 3) == 0);
	CHECK(PTR_ERR(ERR_PTR(-EINVAL)) == -EINVAL && IS_ERR(ERR_PTR(-1)));
	CHECK(!IS_ERR(text) && IS_ERR_OR_NULL(NULL));
	CHECK(min(3, 2) == 2 && max_t(u8, 1, 2) == 2 && clamp(9, 1, 5) == 5);
	CHECK(round_up(5, 4) == 8 && ALIGN_DOWN(7, 4) == 4);
	CHECK(is_power_of_2(64) && roundup_pow_of_two(33) == 64);
	CHECK(ilog2(4096) == 12 && GENMASK(3, 1) == 0xe);
}

static void lists(void)
{
	struct item {
		int value;
		struct list_head node;
	} items[3], *at, *next;
	LIST_HEAD(list);
	int seen = 0;

	for (int i = 0; i < 3; i++) {
		items[i].value = i;
		list_add_tail(&items[i].node, &list);
	}
	list_for_each_entry(at, &list, node)
		CHECK(at->value == seen++);
	list_move(&items[2].node, &list);
	CHECK(list_first_entry(&list, struct item, node) == &items[2]);
	list_for_each_entry_safe(at, next, &list, node)
		list_del(&at->node);
	CHECK(list_empty(&list) && seen == 3);
}

static void warn(void)
{
	CHECK(WARN_ON(counter.counter == 0));
}

static void warn_is_silent(void)
{
	CHECK(!WARN_ON_ONCE(counter.counter));
	CHECK(!WARN_ONCE(counter.counter, "counter %d\n", counter.counter));
}

static void bug(void)
{
	BUG_ON(!counter.counter);
}

#define ONE(text, names, source, user, violation)                              \
	{                                                                      \
		.name = text, .of = names, .follows = source, .tasks = 1,      \
		.setup = init, .task = { user }, .expect = violation           \
	}

DEFINE_SHIM_TESTS(
	atomic,
	{ .name = "atomic/increments",
	  .of = "atomic_inc sim_atomic_enter sim_atomic_leave set_bit",
	  .follows =
		  "Documentation/atomic_t.txt: read-modify-write operations are atomic",
	  .tasks = 3,
	  .setup = init,
	  .task = { incrementer, incrementer, incrementer },
	  .check = check_sum,
	  .expect = NO_VIOLATION },
	ONE("atomic/operations",
	    "atomic_add_return atomic_cmpxchg atomic_try_cmpxchg atomic_add_unless atomic_dec_and_test atomic_inc_not_zero atomic_dec_if_positive xchg cmpxchg",
	    "Documentation/atomic_t.txt: what each form returns; a failed try_cmpxchg() stores the old value",
	    operations, NO_VIOLATION),
	ONE("refcount/operations",
	    "refcount_inc refcount_dec_and_test refcount_inc_not_zero refcount_read refcount_set sim_refcount_add sim_refcount_add_not_zero sim_refcount_sub_and_test",
	    "Documentation/core-api/refcount-vs-atomic.rst: the count does not leave zero again",
	    references, NO_VIOLATION),
	ONE("refcount/inc-from-zero", "refcount_inc",
	    "include/linux/refcount.h, refcount_inc(): a WARN where the count is zero, which would be a use after free",
	    inc_from_zero, V_REFCOUNT),
	ONE("refcount/underflow", "refcount_dec_and_test",
	    "include/linux/refcount.h, refcount_dec_and_test(): a WARN on underflow; the count saturates and stays there",
	    underflow, V_REFCOUNT),
	ONE("refcount/overflow", "refcount_inc",
	    "include/linux/refcount.h: above REFCOUNT_MAX the count becomes REFCOUNT_SATURATED",
	    overflow, V_REFCOUNT),
	ONE("refcount/leaking-dec", "refcount_dec",
	    "include/linux/refcount.h, refcount_dec(): a WARN where it reaches zero, nobody frees the object",
	    leaking_dec, V_REFCOUNT),
	ONE("bits/operations",
	    "test_bit find_next_bit find_first_bit find_last_bit bitmap_set bitmap_clear __set_bit test_and_set_bit test_and_clear_bit",
	    "include/linux/bitmap.h and find.h: bits are numbered through the words; a search that fails returns the size",
	    bit_operations, NO_VIOLATION),
	ONE("library/functions",
	    "sort strscpy scnprintf memchr_inv array_index_nospec ERR_PTR PTR_ERR IS_ERR min max_t clamp ALIGN_DOWN ilog2 GENMASK",
	    "Documentation/core-api/kernel-api.rst: the functions' own kernel-doc",
	    library, NO_VIOLATION),
	ONE("library/lists",
	    "list_add_tail list_move list_del list_empty list_for_each_entry list_for_each_entry_safe list_first_entry LIST_HEAD",
	    "include/linux/list.h: circular lists; _safe allows the removal of the entry",
	    lists, NO_VIOLATION),
	ONE("warn/fires", "WARN_ON sim_warn",
	    "include/asm-generic/bug.h, WARN_ON(): reports, goes on and returns the condition",
	    warn, V_WARN),
	ONE("warn/is-silent", "WARN_ON_ONCE WARN_ONCE",
	    "include/asm-generic/bug.h, WARN_ON_ONCE(): silent and false where the condition is",
	    warn_is_silent, NO_VIOLATION),
	ONE("bug/fires", "BUG_ON BUG sim_bug",
	    "include/asm-generic/bug.h, BUG_ON(): the kernel does not go on",
	    bug, V_WARN));
