// SPDX-License-Identifier: GPL-2.0-only
/*
 * MMU notifiers: what each invalidation tells them, in which order, and who may
 * refuse; after mm/mmu_notifier.c.
 */
#include <linux/rmap.h>
#include <linux/spinlock.h>

#include "mm_fixture.h"

static struct mmu_notifier_range last;
static struct page *watched;
static int starts, ends, start_result, refs_at_start, refs_at_end;
static bool pte_at_start, pte_at_end;
static DEFINE_SPINLOCK(lock);

static int log_start(struct mmu_notifier *notifier,
		     const struct mmu_notifier_range *range)
{
	last = *range;
	starts++;
	refs_at_start = watched ? page_count(watched) : 0;
	pte_at_start = mm_view_pte(MM_TEST_UVA) != HOST_NO_PFN;
	return 0;
}

static void log_end(struct mmu_notifier *notifier,
		    const struct mmu_notifier_range *range)
{
	CHECK(range->start == last.start && range->end == last.end);
	ends++;
	refs_at_end = watched ? page_count(watched) : 0;
	pte_at_end = mm_view_pte(MM_TEST_UVA) != HOST_NO_PFN;
}

static const struct mmu_notifier_ops log_ops = {
	.invalidate_range_start = log_start,
	.invalidate_range_end = log_end,
};

static int refuse(struct mmu_notifier *notifier,
		  const struct mmu_notifier_range *range)
{
	return start_result;
}

static const struct mmu_notifier_ops refusing_ops = {
	.invalidate_range_start = refuse,
};

static const struct mmu_notifier_ops refusing_with_end_ops = {
	.invalidate_range_start = refuse,
	.invalidate_range_end = log_end,
};

static struct mmu_notifier logging = { .ops = &log_ops };
static struct mmu_notifier refusing = { .ops = &refusing_ops };
static struct mmu_notifier inconsistent = { .ops = &refusing_with_end_ops };

static void subscribe(void)
{
	mm_test_map_anon();
	mm_test_write(MM_TEST_UVA, "old");
	watched = pfn_to_page(mm_view_pte(MM_TEST_UVA));
	CHECK(!mmu_notifier_register(&logging, current->mm));
}

static void init_range(struct mmu_notifier_range *range)
{
	mmu_notifier_range_init(range, MMU_NOTIFY_CLEAR, 0, current->mm,
				MM_TEST_UVA, MM_TEST_UVA + PAGE_SIZE);
}

/* ---- Refusal ------------------------------------------------------------- */

static void range_is_blockable(void)
{
	struct mmu_notifier_range range;

	init_range(&range);
	CHECK(range.mm == current->mm && range.event == MMU_NOTIFY_CLEAR);
	CHECK(!mmu_notifier_range_blockable(&range));
	mmu_notifier_invalidate_range_start(&range);
	CHECK(mmu_notifier_range_blockable(&last));
	mmu_notifier_invalidate_range_end(&range);
	init_range(&range);
	CHECK(!mmu_notifier_invalidate_range_start_nonblock(&range));
	CHECK(!mmu_notifier_range_blockable(&last));
	mmu_notifier_invalidate_range_end(&range);
	CHECK(starts == 2 && ends == 2);
}

static void refused_nonblock(void)
{
	struct mmu_notifier_range range;

	start_result = -EAGAIN;
	CHECK(!mmu_notifier_register(&refusing, current->mm));
	init_range(&range);
	CHECK(mmu_notifier_invalidate_range_start_nonblock(&range) == -EAGAIN);
	CHECK(starts == 1 && ends == 1);
}

static void refused_blockable(void)
{
	struct mmu_notifier_range range;

	start_result = -EAGAIN;
	CHECK(!mmu_notifier_register(&refusing, current->mm));
	init_range(&range);
	mmu_notifier_invalidate_range_start(&range);
}

static void refused_otherwise(void)
{
	struct mmu_notifier_range range;

	start_result = -EBUSY;
	CHECK(!mmu_notifier_register(&refusing, current->mm));
	init_range(&range);
	CHECK(mmu_notifier_invalidate_range_start_nonblock(&range) == -EBUSY);
}

static void refused_with_end(void)
{
	struct mmu_notifier_range range;

	start_result = -EAGAIN;
	CHECK(!mmu_notifier_register(&inconsistent, current->mm));
	init_range(&range);
	mmu_notifier_invalidate_range_start_nonblock(&range);
}

static void start_in_atomic(void)
{
	struct mmu_notifier_range range;

	init_range(&range);
	spin_lock(&lock);
	mmu_notifier_invalidate_range_start(&range);
	spin_unlock(&lock);
	mmu_notifier_invalidate_range_end(&range);
}

/* ---- Order --------------------------------------------------------------- */

static void start_clear_free_end(void)
{
	CHECK(!mm_dontneed(MM_TEST_UVA, PAGE_SIZE));
	CHECK(starts == 1 && ends == 1);
	CHECK(pte_at_start && refs_at_start == 1);
	CHECK(!pte_at_end && !refs_at_end);
}

static void range_of_dontneed(void)
{
	CHECK(!mm_dontneed(MM_TEST_UVA + PAGE_SIZE, 2 * PAGE_SIZE));
	CHECK(last.start == MM_TEST_UVA + PAGE_SIZE);
	CHECK(last.end == MM_TEST_UVA + 3 * PAGE_SIZE);
	CHECK(starts == 1 && ends == 1);
}

static void unpopulated(void)
{
	unsigned long second = MM_TEST_UVA + PAGE_SIZE;

	CHECK(mm_view_pte(second) == HOST_NO_PFN);
	CHECK(!mm_dontneed(second, PAGE_SIZE) && starts == 1);
	CHECK(!mm_munmap(second, PAGE_SIZE) && starts == 2);
	CHECK(!mm_munmap(second, PAGE_SIZE) && starts == 2);
	CHECK(starts == ends);
}

static void zap_area(void)
{
	struct vm_area_struct *vma;

	mmap_read_lock(current->mm);
	vma = vma_lookup(current->mm, MM_TEST_UVA);
	zap_vma_ptes(vma, MM_TEST_UVA, PAGE_SIZE);
	mmap_read_unlock(current->mm);
	CHECK(starts == 1 && ends == 1 && !pte_at_end);
}

static void faults_of_new_pages_are_silent(void)
{
	mm_test_write(MM_TEST_UVA + PAGE_SIZE, "new");
	CHECK(!starts && !ends);
}

static void held_page(void)
{
	get_page(watched);
	CHECK(!mm_dontneed(MM_TEST_UVA, PAGE_SIZE));
	CHECK(refs_at_start == 2 && refs_at_end == 1);
	put_page(watched);
}

static int count_start(struct mmu_notifier *notifier,
		       const struct mmu_notifier_range *range)
{
	starts++;
	return 0;
}

static void count_end(struct mmu_notifier *notifier,
		      const struct mmu_notifier_range *range)
{
	ends++;
}

static const struct mmu_notifier_ops count_ops = {
	.invalidate_range_start = count_start,
	.invalidate_range_end = count_end,
};

/* ---- Subscriptions ------------------------------------------------------- */

static struct mmu_notifier second = { .ops = &count_ops };

static void all_are_told(void)
{
	CHECK(!mmu_notifier_register(&second, current->mm));
	CHECK(!mm_dontneed(MM_TEST_UVA, PAGE_SIZE));
	CHECK(starts == 2 && ends == 2);
	mmu_notifier_unregister(&second, current->mm);
	CHECK(!mm_dontneed(MM_TEST_UVA, PAGE_SIZE));
	CHECK(starts == 3 && ends == 3);
}

static void holds_the_mm(void)
{
	int count = current->mm->mm_count;

	CHECK(!mmu_notifier_register(&second, current->mm));
	CHECK(current->mm->mm_count == count + 1);
	CHECK(current->mm->mm_users == 1);
	mmu_notifier_unregister(&second, current->mm);
	CHECK(current->mm->mm_count == count);
	mmgrab(current->mm);
	mmdrop(current->mm);
	CHECK(current->mm->mm_count == count);
}

static void register_without_lock(void)
{
	__mmu_notifier_register(&second, current->mm);
}

static void unregister_in_atomic(void)
{
	spin_lock(&lock);
	mmu_notifier_unregister(&logging, current->mm);
	spin_unlock(&lock);
}

/* A start that was told is told of the end, too, or of neither. */
static void zap(void)
{
	mm_dontneed(MM_TEST_UVA, PAGE_SIZE);
}

static void subscribe_late(void)
{
	mm_test_map_anon();
	mm_test_write(MM_TEST_UVA, "old");
}

static void register_logging(void)
{
	CHECK(!mmu_notifier_register(&logging, current->mm));
}

static struct file *file;

/* Gives others time between start and end. */
static int slow_start(struct mmu_notifier *notifier,
		      const struct mmu_notifier_range *range)
{
	shim_step(0);
	for (int i = 0; i < 20; i++)
		smp_mb();
	return 0;
}

static const struct mmu_notifier_ops slow_ops = {
	.invalidate_range_start = slow_start,
};

static struct mmu_notifier slow = { .ops = &slow_ops };

static void register_within(void)
{
	shim_wait_step(1);
	register_logging();
}

static void subscribe_late_to_file(void)
{
	file = mm_test_map_file();
	mm_test_write(MM_TEST_UVA, "old");
	CHECK(!mmu_notifier_register(&slow, current->mm));
}

static void truncate(void)
{
	truncate_inode_pages(file->f_mapping, 0);
}

static void paired(void)
{
	CHECK(starts == ends);
}

#define NOTIFIER(title, names, source, function)                               \
	LONE_TEST(title, names, source, subscribe, function)
#define BAD_NOTIFIER(title, names, source, function, violation)                \
	BAD_TEST(title, names, source, subscribe, function, violation)

DEFINE_SHIM_TESTS(
	mm_notifier,
	NOTIFIER(
		"mm/notifiers-are-told-whether-they-may-block",
		"mmu_notifier_range_init mmu_notifier_range_blockable mmu_notifier_invalidate_range_start mmu_notifier_invalidate_range_start_nonblock",
		"include/linux/mmu_notifier.h, mmu_notifier_invalidate_range_start(): sets the range's flag, the other form clears it",
		range_is_blockable),
	NOTIFIER(
		"mm/a-refusal-ends-what-others-started",
		"mmu_notifier_invalidate_range_start_nonblock mmu_notifier_register",
		"mm/mmu_notifier.c, mn_hlist_invalidate_range_start(): whose start succeeded expects an end, before -EAGAIN is returned",
		refused_nonblock),
	BAD_NOTIFIER(
		"mm/no-refusal-where-notifiers-may-block",
		"mmu_notifier_invalidate_range_start",
		"mm/mmu_notifier.c, mn_hlist_invalidate_range_start(): a WARN where a start fails in a blockable range",
		refused_blockable, V_WARN),
	BAD_NOTIFIER(
		"mm/a-refusal-is-EAGAIN",
		"mmu_notifier_invalidate_range_start_nonblock",
		"mm/mmu_notifier.c, mn_hlist_invalidate_range_start(): a WARN where a start fails with anything else",
		refused_otherwise, V_WARN),
	BAD_NOTIFIER(
		"mm/who-may-refuse-has-no-end",
		"mmu_notifier_invalidate_range_start_nonblock",
		"mm/mmu_notifier.c, mn_hlist_invalidate_range_start(): a WARN where a notifier that refused has an invalidate_range_end()",
		refused_with_end, V_WARN),
	BAD_NOTIFIER(
		"mm/notifiers-may-sleep", "mmu_notifier_invalidate_range_start",
		"include/linux/mmu_notifier.h, mmu_notifier_invalidate_range_start(): might_sleep()",
		start_in_atomic, V_SLEEP_IN_ATOMIC),
	NOTIFIER(
		"mm/start-clear-free-end",
		"mmu_notifier_invalidate_range_start mmu_notifier_invalidate_range_end",
		"include/linux/mmu_notifier.h, invalidate_range_start: entries are there at start, none is left at end; pages are freed in between or after",
		start_clear_free_end),
	NOTIFIER(
		"mm/the-range-is-what-was-asked-for", "mmu_notifier_range_init",
		"mm/madvise.c, zap_page_range_single(): the range of the call within the area",
		range_of_dontneed),
	NOTIFIER(
		"mm/empty-ranges-are-told-and-holes-are-not",
		"mmu_notifier_invalidate_range_start",
		"mm/memory.c, unmap_vmas(): tells of the whole range, populated or not; mm/vma.c: without areas there is no unmap_vmas()",
		unpopulated),
	NOTIFIER("mm/zap_vma_ptes-tells-notifiers", "zap_vma_ptes vma_lookup",
		 "mm/memory.c, zap_page_range_single(): start, zap, end",
		 zap_area),
	NOTIFIER(
		"mm/a-first-fault-tells-nobody",
		"mmu_notifier_invalidate_range_start",
		"mm/memory.c, do_anonymous_page(): an entry that was empty needs no invalidation",
		faults_of_new_pages_are_silent),
	NOTIFIER(
		"mm/a-zap-leaves-others'-references", "get_page put_page",
		"mm/memory.c, zap_present_ptes(): drops the entry's reference and no other",
		held_page),
	NOTIFIER(
		"mm/all-subscriptions-are-told",
		"mmu_notifier_register mmu_notifier_unregister",
		"mm/mmu_notifier.c, mn_hlist_invalidate_range_start(): calls each subscription; none after it was unregistered",
		all_are_told),
	NOTIFIER(
		"mm/a-subscription-holds-the-mm",
		"mmu_notifier_register mmu_notifier_unregister mmgrab mmdrop",
		"mm/mmu_notifier.c, __mmu_notifier_register(): takes mm_count, not mm_users, until it is unregistered",
		holds_the_mm),
	BAD_NOTIFIER(
		"mm/__mmu_notifier_register-needs-mmap_lock",
		"__mmu_notifier_register",
		"mm/mmu_notifier.c, __mmu_notifier_register(): the caller holds mmap_lock for write",
		register_without_lock, V_CONTRACT),
	BAD_NOTIFIER(
		"mm/mmu_notifier_unregister-sleeps", "mmu_notifier_unregister",
		"mm/mmu_notifier.c, mmu_notifier_unregister(): waits for an SRCU grace period",
		unregister_in_atomic, V_SLEEP_IN_ATOMIC),
	{ .name = "mm/no-end-without-a-start",
	  .of = "mmu_notifier_register",
	  .follows =
		  "mm/mmu_notifier.c, mm_take_all_locks() in __mmu_notifier_register(): no invalidation is under way while a subscription is added",
	  .tasks = 3,
	  .setup = subscribe_late,
	  .task = { zap, register_logging, zap },
	  .check = paired,
	  .expect = NO_VIOLATION },
	{ .name = "mm/no-end-without-a-start-in-truncation-either",
	  .of = "mmu_notifier_register",
	  .follows =
		  "mm/vma.c, mm_take_all_locks(): holds off truncation, which takes i_mmap_rwsem and not mmap_lock",
	  .tasks = 2,
	  .setup = subscribe_late_to_file,
	  .task = { truncate, register_within },
	  .check = paired,
	  .expect = NO_VIOLATION });
