// SPDX-License-Identifier: GPL-2.0-only
/*
 * Ageing: which pages notifiers are asked for, how, and in which context; after
 * include/linux/mmu_notifier.h and mm/vmscan.c.
 */
#include <linux/mutex.h>

#include "mm_fixture.h"

static unsigned long first, last;
static unsigned int flushed, cleared, tested;
static bool young;
static DEFINE_MUTEX(mutex);

static mmu_young_t clear_flush(struct mmu_notifier *notifier,
			       struct mm_struct *mm, unsigned long start,
			       unsigned long end)
{
	first = start;
	last = end;
	flushed++;
	return young;
}

static mmu_young_t clear(struct mmu_notifier *notifier, struct mm_struct *mm,
			 unsigned long start, unsigned long end)
{
	first = start;
	last = end;
	cleared++;
	return young;
}

static mmu_young_t test(struct mmu_notifier *notifier, struct mm_struct *mm,
			unsigned long address)
{
	first = last = address;
	tested++;
	return young;
}

static mmu_young_t sleep(struct mmu_notifier *notifier, struct mm_struct *mm,
			 unsigned long address)
{
	mutex_lock(&mutex);
	mutex_unlock(&mutex);
	return false;
}

static const struct mmu_notifier_ops ops = {
	.clear_flush_young = clear_flush,
	.clear_young = clear,
	.test_young = test,
};
static const struct mmu_notifier_ops sleeping_ops = { .test_young = sleep };
static const struct mmu_notifier_ops no_ops;

static struct mmu_notifier one = { .ops = &ops };
static struct mmu_notifier another = { .ops = &ops };
static struct mmu_notifier sleeping = { .ops = &sleeping_ops };
static struct mmu_notifier silent = { .ops = &no_ops };

/* The first page is there, the second is not. */
static void subscribe(void)
{
	mm_test_map_anon();
	mm_test_write(MM_TEST_UVA, "old");
	CHECK(!mmu_notifier_register(&one, current->mm));
	CHECK(!mmu_notifier_register(&silent, current->mm));
}

static void each_has_its_callback(void)
{
	young = true;
	CHECK(mm_age(MM_TEST_UVA, PAGE_SIZE, AGE_CLEAR_FLUSH) == 1);
	CHECK(flushed == 1 && !cleared && !tested);
	CHECK(first == MM_TEST_UVA && last == MM_TEST_UVA + PAGE_SIZE);
	CHECK(mm_age(MM_TEST_UVA, PAGE_SIZE, AGE_CLEAR) == 1);
	CHECK(flushed == 1 && cleared == 1 && !tested);
	CHECK(mm_age(MM_TEST_UVA, PAGE_SIZE, AGE_TEST) == 1);
	CHECK(flushed == 1 && cleared == 1 && tested == 1);
	CHECK(first == MM_TEST_UVA);
	young = false;
	CHECK(!mm_age(MM_TEST_UVA, PAGE_SIZE, AGE_TEST));
}

/* A yes of the first does not spare the others, whose bits are to be cleared. */
static void all_are_asked(void)
{
	CHECK(!mmu_notifier_register(&another, current->mm));
	young = true;
	CHECK(mm_age(MM_TEST_UVA, PAGE_SIZE, AGE_CLEAR) == 1 && cleared == 2);
}

static void mapped_pages_only(void)
{
	unsigned long pfn = mm_view_pte(MM_TEST_UVA);

	young = true;
	CHECK(mm_age(MM_TEST_UVA, MM_TEST_SIZE, AGE_CLEAR) == 1);
	CHECK(cleared == 1 && first == MM_TEST_UVA);
	CHECK(!mm_age(MM_TEST_UVA + PAGE_SIZE, PAGE_SIZE, AGE_CLEAR));
	CHECK(!mm_age(MM_TEST_UVA + MM_TEST_SIZE, PAGE_SIZE, AGE_CLEAR));
	CHECK(cleared == 1 && mm_view_pte(MM_TEST_UVA) == pfn);
	CHECK(mm_age(MM_TEST_UVA + 1, PAGE_SIZE, AGE_CLEAR) == -EINVAL);
}

static void must_not_sleep(void)
{
	CHECK(!mmu_notifier_register(&sleeping, current->mm));
	mm_age(MM_TEST_UVA, PAGE_SIZE, AGE_TEST);
}

#define AGE(title, names, source, function)                                    \
	LONE_TEST(title, names, source, subscribe, function)

DEFINE_SHIM_TESTS(
	mm_age,
	AGE("mm/each-way-to-age-has-its-callback",
	    "mmu_notifier_clear_flush_young mmu_notifier_clear_young mmu_notifier_test_young",
	    "include/linux/mmu_notifier.h, clear_flush_young, clear_young, test_young: whether the secondary MMU accessed the pages",
	    each_has_its_callback),
	AGE("mm/all-subscriptions-are-aged", "mmu_notifier_clear_young",
	    "mm/mmu_notifier.c, __mmu_notifier_clear_young(): or of what each subscription says, none is left out",
	    all_are_asked),
	AGE("mm/pages-that-are-not-there-are-not-aged",
	    "mmu_notifier_clear_young",
	    "mm/vmscan.c, walk_pte_range(): entries that are not present are passed over; ageing takes none away",
	    mapped_pages_only),
	BAD_TEST(
		"mm/ageing-must-not-sleep", "mmu_notifier_test_young",
		"mm/vmscan.c, walk_pte_range(): callbacks run under the page table's lock",
		subscribe, must_not_sleep, V_SLEEP_IN_ATOMIC));
