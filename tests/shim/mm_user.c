// SPDX-License-Identifier: GPL-2.0-only
/* Memory of the process and MMU notifiers, after mm/memory.c, mm/madvise.c,
 * mm/mmu_notifier.c and mm/migrate.c.
 */
#include <linux/uaccess.h>

#include "mm_fixture.h"

static struct mmu_notifier notifier;
static char bytes[8];

static void map_anon(void)
{
	mm_test_map_anon();
}

static void map_and_write(void)
{
	mm_test_map_anon();
	mm_test_write(MM_TEST_UVA, "old");
	mm_test_notifier(&notifier);
}

static void zero_fill(void)
{
	CHECK(mm_view_pte(MM_TEST_UVA) == HOST_NO_PFN);
	CHECK(mm_test_zero(MM_TEST_UVA));
	mm_test_write(MM_TEST_UVA + 1, "text");
	CHECK(mm_test_sees(MM_TEST_UVA + 1, "text"));
	mm_test_write(MM_TEST_UVA + PAGE_SIZE - 2, "over");
	CHECK(mm_test_sees(MM_TEST_UVA + PAGE_SIZE - 2, "over"));
}

static void zero_page(void)
{
	mm_test_notifier(&notifier);
	CHECK(mm_test_zero(MM_TEST_UVA));
	CHECK(is_zero_pfn(mm_view_pte(MM_TEST_UVA)) && !mm_log[0]);
	mm_test_write(MM_TEST_UVA, "new");
	CHECK(!strcmp(mm_log, "SpEp"));
	CHECK(!is_zero_pfn(mm_view_pte(MM_TEST_UVA)));
}

static void outside(void)
{
	CHECK(user_read(MM_TEST_UVA - 1, bytes, 1) == -EFAULT);
	CHECK(user_read(MM_TEST_UVA + MM_TEST_SIZE, bytes, 1) == -EFAULT);
	CHECK(user_read(-8UL, bytes, 8) == -EFAULT);
	CHECK(user_write(MM_TEST_UVA + MM_TEST_SIZE - 2, "four", 4) == -EFAULT);
}

static void read_only(void)
{
	CHECK(!mm_mmap(MM_TEST_UVA, PAGE_SIZE, NULL, 0, MM_MMAP_READONLY));
	CHECK(!user_read(MM_TEST_UVA, bytes, 1));
	CHECK(user_write(MM_TEST_UVA, "x", 1) == -EFAULT);
}

static void beyond_file(void)
{
	CHECK(!mm_mmap(MM_TEST_UVA, 2 * PAGE_SIZE, mm_test_file(),
		       (MM_TEST_PAGES - 1) * PAGE_SIZE, 0));
	CHECK(!user_read(MM_TEST_UVA, bytes, 1));
	CHECK(user_read(MM_TEST_UVA + PAGE_SIZE, bytes, 1) == -EFAULT);
}

static void munmap_order(void)
{
	unsigned long pfn = mm_view_pte(MM_TEST_UVA);

	CHECK(!mm_munmap(MM_TEST_UVA, MM_TEST_SIZE));
	/* The area is gone before the notifiers run. */
	CHECK(!strcmp(mm_log, "S-E-"));
	CHECK(page_count(pfn_to_page(pfn)) == 0);
	CHECK(user_read(MM_TEST_UVA, bytes, 1) == -EFAULT);
}

static void munmap_part(void)
{
	unsigned long last = MM_TEST_UVA + 3 * PAGE_SIZE;

	mm_test_write(last, "last");
	CHECK(!mm_munmap(MM_TEST_UVA + PAGE_SIZE, PAGE_SIZE));
	CHECK(mm_test_sees(MM_TEST_UVA, "old") && mm_test_sees(last, "last"));
	CHECK(user_read(MM_TEST_UVA + PAGE_SIZE, bytes, 1) == -EFAULT);
	CHECK(!user_read(MM_TEST_UVA + 2 * PAGE_SIZE, bytes, 1));
	CHECK(!mm_munmap(MM_TEST_UVA + 8 * PAGE_SIZE, PAGE_SIZE));
	CHECK(mm_munmap(MM_TEST_UVA + 1, PAGE_SIZE) == -EINVAL);
}

static void dontneed(void)
{
	CHECK(!mm_dontneed(MM_TEST_UVA, PAGE_SIZE));
	CHECK(!strcmp(mm_log, "SpE-"));
	CHECK(mm_test_zero(MM_TEST_UVA));
	CHECK(mm_dontneed(MM_TEST_UVA + MM_TEST_SIZE, PAGE_SIZE) == -ENOMEM);
}

static void invalidate_keeps(void)
{
	unsigned long pfn = mm_view_pte(MM_TEST_UVA);

	CHECK(!mm_invalidate(MM_TEST_UVA, PAGE_SIZE));
	CHECK(!strcmp(mm_log, "SpE-"));
	CHECK(mm_view_user_page(MM_TEST_UVA) == pfn);
	CHECK(mm_test_sees(MM_TEST_UVA, "old"));
	CHECK(mm_view_pte(MM_TEST_UVA) == pfn);
}

static void migrate_moves(void)
{
	unsigned long old = mm_view_pte(MM_TEST_UVA);

	CHECK(!mm_migrate(MM_TEST_UVA));
	CHECK(!strcmp(mm_log, "SpE-"));
	CHECK(mm_view_pte(MM_TEST_UVA) != old);
	CHECK(mm_test_sees(MM_TEST_UVA, "old"));
	CHECK(page_count(pfn_to_page(old)) == 0);
	CHECK(mm_migrate(MM_TEST_UVA + PAGE_SIZE) == -EFAULT);
}

static void migrate_refuses(void)
{
	struct page *page = pfn_to_page(mm_view_pte(MM_TEST_UVA));

	get_page(page);
	CHECK(mm_migrate(MM_TEST_UVA) == -EAGAIN);
	CHECK(mm_view_pte(MM_TEST_UVA) == page_to_pfn(page));
	put_page(page);
}

/* A fault waits for a migration and then finds the new page. */
static void migrate(void)
{
	CHECK(!mm_migrate(MM_TEST_UVA));
}

static void migrate_or_not(void)
{
	long ret = mm_migrate(MM_TEST_UVA);

	CHECK(!ret || ret == -EAGAIN || ret == -EFAULT);
}

static unsigned long first_pfn;

static void map_and_remember(void)
{
	mm_test_map_anon();
	mm_test_write(MM_TEST_UVA, "old");
	first_pfn = mm_view_pte(MM_TEST_UVA);
}

static void drop_first(void)
{
	CHECK(!mm_dontneed(MM_TEST_UVA, PAGE_SIZE));
}

static void nothing_is_left(void)
{
	CHECK(page_count(pfn_to_page(first_pfn)) == 0);
	CHECK(mm_test_zero(MM_TEST_UVA));
}

static void load_old(void)
{
	CHECK(mm_test_sees(MM_TEST_UVA, "old"));
}

static void store_new(void)
{
	mm_test_write(MM_TEST_UVA, "new");
}

static void sees_new(void)
{
	CHECK(mm_test_sees(MM_TEST_UVA, "new"));
}

static void fault_both(void)
{
	char byte;

	CHECK(!user_read(MM_TEST_UVA, &byte, 1));
	mm_test_write(MM_TEST_UVA, "new");
}

static void unmap_all(void)
{
	CHECK(!mm_munmap(MM_TEST_UVA, MM_TEST_SIZE));
}

static void load_any(void)
{
	char byte;

	user_read(MM_TEST_UVA, &byte, 1);
}

static void check_unmapped(void)
{
	CHECK(mm_view_pte(MM_TEST_UVA) == HOST_NO_PFN);
}

/* ---- copy_from_user() ------------------------------------------------- */

static void copies(void)
{
	struct {
		int a, b;
	} argument = { 1, 2 }, copy;
	int value;

	CHECK(!copy_from_user(bytes, (void *)MM_TEST_UVA, 3));
	CHECK(!memcmp(bytes, "old", 3));
	CHECK(copy_from_user(bytes, (void *)(MM_TEST_UVA - 8), 8) == 8);
	CHECK(copy_to_user((void *)(MM_TEST_UVA + MM_TEST_SIZE - 2), "four",
			   4) == 2);
	CHECK(!put_user(7, (int *)MM_TEST_UVA));
	CHECK(!get_user(value, (int *)MM_TEST_UVA) && value == 7);
	CHECK(copy_from_user(&copy, &argument, sizeof(copy)));
	mm_set_ioctl_buffer(&argument, sizeof(argument));
	CHECK(!copy_from_user(&copy, &argument, sizeof(copy)) && copy.b == 2);
	CHECK(!get_user(value, &argument.b) && value == 2);
	mm_set_ioctl_buffer(NULL, 0);
}

static void no_fault_in_atomic(void)
{
	unsigned long second = MM_TEST_UVA + PAGE_SIZE;

	pagefault_disable();
	CHECK(!__copy_from_user_inatomic(bytes, (void *)MM_TEST_UVA, 3));
	CHECK(__copy_from_user_inatomic(bytes, (void *)second, 3) == 3);
	pagefault_enable();
	CHECK(!__copy_from_user_inatomic(bytes, (void *)second, 3));
}

/* ---- Notifiers -------------------------------------------------------- */

static void unregister(void)
{
	mmu_notifier_unregister(&notifier, current->mm);
	CHECK(!strcmp(mm_log, "R"));
	mm_dontneed(MM_TEST_UVA, PAGE_SIZE);
	CHECK(!strcmp(mm_log, "R"));
}

static bool callback_runs;

static int slow_start(struct mmu_notifier *subscription,
		      const struct mmu_notifier_range *range)
{
	callback_runs = true;
	shim_step(0);
	shim_wait_step(2);
	callback_runs = false;
	return 0;
}

static const struct mmu_notifier_ops slow_ops = {
	.invalidate_range_start = slow_start,
};

static void map_slow(void)
{
	mm_test_map_anon();
	notifier.ops = &slow_ops;
	CHECK(!mmu_notifier_register(&notifier, current->mm));
}

static void drop_pages(void)
{
	mm_dontneed(MM_TEST_UVA, PAGE_SIZE);
}

static void unregister_slow(void)
{
	shim_wait_step(1);
	mmu_notifier_unregister(&notifier, current->mm);
	CHECK(!callback_runs);
}

static void let_go(void)
{
	shim_step(1);
}

static void release_first(void)
{
	mmgrab(current->mm);
	mm_exit(current->mm);
	CHECK(!strcmp(mm_log, "R"));
	CHECK(user_read(MM_TEST_UVA, bytes, 1) == -EFAULT);
}

DEFINE_SHIM_TESTS(
	mm_user,
	{ .name = "mm/anonymous-memory-is-zero-filled",
	  .of = "handle_mm_fault",
	  .follows =
		  "mm/memory.c, do_anonymous_page(): a page of zeros at the first store",
	  .tasks = 1,
	  .setup = map_anon,
	  .task = { zero_fill },
	  .expect = NO_VIOLATION },
	{ .name = "mm/wp_page_copy-notifies-of-the-zero-page",
	  .of = "mmu_notifier_invalidate_range_start mmu_notifier_invalidate_range_end handle_mm_fault",
	  .follows =
		  "mm/memory.c, wp_page_copy(): start, replace the entry, end; also where the old page is the zero page",
	  .tasks = 1,
	  .setup = map_anon,
	  .task = { zero_page },
	  .expect = NO_VIOLATION },
	{ .name = "mm/access-outside-of-areas-is-EFAULT",
	  .of = "access_ok",
	  .follows =
		  "include/asm-generic/access_ok.h and mm/memory.c, handle_mm_fault(): no area, no access",
	  .tasks = 1,
	  .setup = map_anon,
	  .task = { outside },
	  .expect = NO_VIOLATION },
	{ .name = "mm/store-to-a-read-only-area-is-EFAULT",
	  .of = "handle_mm_fault",
	  .follows =
		  "arch/x86/mm/fault.c, access_error(): a store needs VM_WRITE",
	  .tasks = 1,
	  .task = { read_only },
	  .expect = NO_VIOLATION },
	{ .name = "mm/access-beyond-the-file-is-SIGBUS",
	  .of = "handle_mm_fault",
	  .follows =
		  "mm/filemap.c, filemap_fault(): VM_FAULT_SIGBUS beyond the end of the file",
	  .tasks = 1,
	  .task = { beyond_file },
	  .expect = NO_VIOLATION },
	{ .name = "mm/munmap-starts-clears-ends",
	  .of = "mmu_notifier_invalidate_range_start mmu_notifier_invalidate_range_end",
	  .follows =
		  "mm/memory.c, unmap_vmas(): start, clear the entries, end; the areas were detached before",
	  .tasks = 1,
	  .setup = map_and_write,
	  .task = { munmap_order },
	  .expect = NO_VIOLATION },
	{ .name = "mm/munmap-splits-areas",
	  .of = "vma_lookup",
	  .follows =
		  "mm/vma.c, vms_gather_munmap_vmas(): areas are split at both ends of the range",
	  .tasks = 1,
	  .setup = map_and_write,
	  .task = { munmap_part },
	  .expect = NO_VIOLATION },
	{ .name = "mm/MADV_DONTNEED-gives-zero-fill-on-demand-pages",
	  .of = "mmu_notifier_invalidate_range_start",
	  .follows =
		  "mm/madvise.c, madvise_dontneed_single_vma(): private pages go; later accesses see zeros",
	  .tasks = 1,
	  .setup = map_and_write,
	  .task = { dontneed },
	  .expect = NO_VIOLATION },
	{ .name = "mm/hinting-faults-keep-the-page",
	  .of = "handle_mm_fault",
	  .follows =
		  "mm/mprotect.c, change_prot_numa(): entries become PROT_NONE under the notifiers, the pages stay",
	  .tasks = 1,
	  .setup = map_and_write,
	  .task = { invalidate_keeps },
	  .expect = NO_VIOLATION },
	{ .name = "mm/migration-replaces-the-page",
	  .of = "mmu_notifier_invalidate_range_start",
	  .follows =
		  "mm/migrate.c, migrate_pages(): entries become migration entries, then entries of the new page",
	  .tasks = 1,
	  .setup = map_and_write,
	  .task = { migrate_moves },
	  .expect = NO_VIOLATION },
	{ .name = "mm/migration-fails-for-a-pinned-page",
	  .of = "folio_ref_count",
	  .follows =
		  "mm/migrate.c, folio_migrate_mapping(): -EAGAIN where references are left that it did not expect",
	  .tasks = 1,
	  .setup = map_and_write,
	  .task = { migrate_refuses },
	  .expect = NO_VIOLATION },
	{ .name = "mm/faults-wait-for-migration",
	  .of = "folio_wait_locked handle_mm_fault",
	  .follows =
		  "mm/memory.c, do_swap_page(): a migration entry is waited for until the folio is unlocked",
	  .tasks = 2,
	  .setup = map_and_write,
	  .task = { migrate, load_old },
	  .check = load_old,
	  .expect = NO_VIOLATION },
	{ .name = "mm/stores-survive-migration",
	  .of = "handle_mm_fault",
	  .follows =
		  "mm/migrate.c, migrate_folio(): the contents are copied while no entry allows a store",
	  .tasks = 2,
	  .setup = map_and_write,
	  .task = { migrate, store_new },
	  .check = sees_new,
	  .expect = NO_VIOLATION },
	{ .name = "mm/zap-beside-migration",
	  .of = "zap_vma_ptes",
	  .follows =
		  "mm/memory.c, zap_nonpresent_ptes(): a migration entry can be zapped, with the reference that it holds",
	  .tasks = 2,
	  .setup = map_and_remember,
	  .task = { migrate_or_not, drop_first },
	  .check = nothing_is_left,
	  .expect = NO_VIOLATION },
	{ .name = "mm/two-faults-install-one-page",
	  .of = "handle_mm_fault",
	  .follows =
		  "mm/memory.c, do_anonymous_page(): under the page table lock the entry is looked at again",
	  .tasks = 3,
	  .setup = map_anon,
	  .task = { fault_both, fault_both, fault_both },
	  .check = sees_new,
	  .expect = NO_VIOLATION },
	{ .name = "mm/munmap-against-faults",
	  .of = "mmap_read_lock",
	  .follows =
		  "mm/vma.c, vms_complete_munmap_vmas(): the areas are taken out under mmap_lock for write, zapped under it for read",
	  .tasks = 3,
	  .setup = map_and_write,
	  .task = { unmap_all, load_any, load_any },
	  .check = check_unmapped,
	  .expect = NO_VIOLATION },
	{ .name = "mm/copy_from_user-returns-what-could-not-be-copied",
	  .of = "copy_from_user copy_to_user get_user put_user",
	  .follows =
		  "include/linux/uaccess.h, copy_from_user(): the number of bytes that could not be copied",
	  .tasks = 1,
	  .setup = map_and_write,
	  .task = { copies },
	  .expect = NO_VIOLATION },
	{ .name = "mm/pagefault_disable-makes-faults-fail",
	  .of = "pagefault_disable pagefault_enable __copy_from_user_inatomic",
	  .follows =
		  "include/linux/uaccess.h, pagefault_disable(): a fault is not handled, the copy comes out short",
	  .tasks = 1,
	  .setup = map_and_write,
	  .task = { no_fault_in_atomic },
	  .expect = NO_VIOLATION },
	{ .name = "mm/mmu_notifier_unregister-calls-release",
	  .of = "mmu_notifier_unregister mmu_notifier_register",
	  .follows =
		  "mm/mmu_notifier.c, mmu_notifier_unregister(): release() runs before the subscription goes",
	  .tasks = 1,
	  .setup = map_and_write,
	  .task = { unregister },
	  .expect = NO_VIOLATION },
	{ .name = "mm/mmu_notifier_unregister-waits-for-running-methods",
	  .of = "mmu_notifier_unregister",
	  .follows =
		  "mm/mmu_notifier.c, mmu_notifier_unregister(): waits for the SRCU readers that may run a method",
	  .tasks = 3,
	  .setup = map_slow,
	  .task = { drop_pages, unregister_slow, let_go },
	  .expect = NO_VIOLATION },
	{ .name = "mm/release-runs-before-all-pages-are-freed",
	  .of = "mmu_notifier_release mmgrab",
	  .follows =
		  "include/linux/mmu_notifier.h, release: called when the mm goes, before all pages are freed",
	  .tasks = 1,
	  .setup = map_and_write,
	  .task = { release_first },
	  .expect = NO_VIOLATION });
