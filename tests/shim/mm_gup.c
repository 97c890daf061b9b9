// SPDX-License-Identifier: GPL-2.0-only
/* get_user_pages(), memory errors and pfn mappings, after mm/gup.c,
 * mm/memory-failure.c and Documentation/core-api/pin_user_pages.rst.
 */
#include "mm_fixture.h"

#define DEVICE_PFN 0x100000UL

static struct mmu_notifier notifier;
static struct file *file;
static struct page *page;
static char bytes[8];

static void map_anon(void)
{
	mm_test_map_anon();
}

static void map_file(void)
{
	file = mm_test_map_file();
	mm_test_write(MM_TEST_UVA, "old");
	mm_test_notifier(&notifier);
}

static void map_device(void)
{
	CHECK(!mm_mmap(MM_TEST_UVA, PAGE_SIZE, MM_DEVICE, 0, 0));
}

static bool fast(unsigned int flags)
{
	return get_user_page_fast_only(MM_TEST_UVA, flags, &page);
}

static long slow(unsigned int flags)
{
	return get_user_pages_unlocked(MM_TEST_UVA, 1, &page, flags);
}

static void fast_never_faults(void)
{
	CHECK(!fast(FOLL_WRITE));
	CHECK(mm_view_pte(MM_TEST_UVA) == HOST_NO_PFN);
	CHECK(slow(FOLL_WRITE) == 1);
	CHECK(page_to_pfn(page) == mm_view_pte(MM_TEST_UVA));
	CHECK(page_count(page) == 2);
	put_page(page);
	CHECK(fast(FOLL_WRITE) && page_count(page) == 2);
	put_page(page);
}

static void several_pages(void)
{
	struct page *pages[6];
	int i;

	CHECK(get_user_pages_fast(MM_TEST_UVA, 6, FOLL_WRITE, pages) == 4);
	for (i = 0; i < 4; i++)
		put_page(pages[i]);
	CHECK(get_user_pages_fast(MM_TEST_UVA + MM_TEST_SIZE, 1, 0, pages) ==
	      -EFAULT);
}

static void read_gets_zero_page(void)
{
	CHECK(slow(0) == 1 && is_zero_pfn(page_to_pfn(page)));
	put_page(page);
	CHECK(!fast(FOLL_WRITE) && slow(FOLL_WRITE) == 1);
	CHECK(!is_zero_pfn(page_to_pfn(page)));
}

static void read_only_area(void)
{
	CHECK(!mm_mmap(MM_TEST_UVA, PAGE_SIZE, NULL, 0, MM_MMAP_READONLY));
	CHECK(slow(FOLL_WRITE) == -EFAULT && slow(0) == 1);
}

static void refuses_pfnmap(void)
{
	CHECK(!fast(0) && slow(0) == -EFAULT);
}

static void refuses_no_direct_map(void)
{
	mapping_set_no_direct_map(file->f_mapping);
	CHECK(!fast(0) && slow(0) == -EFAULT);
	CHECK(mm_test_sees(MM_TEST_UVA, "old"));
}

static void not_after_invalidate(void)
{
	CHECK(fast(FOLL_WRITE));
	put_page(page);
	mm_invalidate(MM_TEST_UVA, PAGE_SIZE);
	CHECK(!fast(FOLL_WRITE) && slow(FOLL_WRITE) == 1);
	put_page(page);
}

static void needs_mmap_lock(void)
{
	get_user_pages(MM_TEST_UVA, 1, FOLL_WRITE, NULL);
}

static void with_mmap_lock(void)
{
	mmap_read_lock(current->mm);
	CHECK(get_user_pages(MM_TEST_UVA, 1, FOLL_WRITE, NULL) == 1);
	mmap_read_unlock(current->mm);
	CHECK(mm_view_pte(MM_TEST_UVA) != HOST_NO_PFN);
}

/* A lookup beside a zap gets a page that it may keep, or none. */
static void drop(void)
{
	mm_dontneed(MM_TEST_UVA, PAGE_SIZE);
}

static void look_up(void)
{
	struct page *mine;

	CHECK(get_user_pages_fast(MM_TEST_UVA, 1, FOLL_WRITE, &mine) == 1);
	CHECK(page_count(mine) >= 1);
	put_page(mine);
}

/* ---- Memory errors ---------------------------------------------------- */

static void poison_file_page(void)
{
	unsigned long pfn = mm_view_pte(MM_TEST_UVA);

	/* MF_DELAYED is no success of error_remove_folio(). */
	CHECK(memory_failure(pfn, 0) == -EBUSY);
	CHECK(!strcmp(mm_log, "SpE-X"));
	CHECK(PageHWPoison(pfn_to_page(pfn)));
	CHECK(user_read(MM_TEST_UVA, bytes, 1) == -EFAULT);
	CHECK(memory_failure(pfn, 0) == -EHWPOISON);
	CHECK(memory_failure(DEVICE_PFN, 0) == -ENXIO);
}

static void gup_of_poison(void)
{
	CHECK(slow(FOLL_WRITE) == 1);
	put_page(page);
	CHECK(!memory_failure(page_to_pfn(page), 0));
	CHECK(!fast(FOLL_WRITE) && slow(FOLL_WRITE) == -EFAULT);
	CHECK(slow(FOLL_WRITE | FOLL_HWPOISON) == -EHWPOISON);
}

static void poison_refaulted(void)
{
	unsigned long pfn = mm_view_pte(MM_TEST_UVA);

	memory_failure(pfn, 0);
	mm_munmap(MM_TEST_UVA, MM_TEST_SIZE);
	CHECK(!mm_mmap(MM_TEST_UVA, MM_TEST_SIZE, file, 0, 0));
	CHECK(slow(FOLL_HWPOISON) == -EHWPOISON);
	CHECK(filemap_lock_folio(file->f_mapping, 0) == pfn_folio(pfn));
}

/* ---- Pfn mappings ----------------------------------------------------- */

static int follow(unsigned long *pfn)
{
	struct follow_pfnmap_args args = {
		.vma = vma_lookup(current->mm, MM_TEST_UVA),
		.address = MM_TEST_UVA,
	};
	int ret = follow_pfnmap_start(&args);

	if (ret)
		return ret;
	*pfn = args.pfn;
	CHECK(args.writable);
	follow_pfnmap_end(&args);
	return 0;
}

static void follow_device(void)
{
	bool unlocked = false;
	unsigned long pfn;

	mmap_read_lock(current->mm);
	CHECK(!follow(&pfn) && pfn == DEVICE_PFN);
	mmap_read_unlock(current->mm);
	mm_invalidate(MM_TEST_UVA, PAGE_SIZE);
	mmap_read_lock(current->mm);
	CHECK(follow(&pfn) == -EINVAL);
	CHECK(!fixup_user_fault(current->mm, MM_TEST_UVA, FAULT_FLAG_WRITE,
				&unlocked));
	CHECK(!unlocked && !follow(&pfn) && pfn == DEVICE_PFN);
	mmap_read_unlock(current->mm);
	CHECK(mm_dontneed(MM_TEST_UVA, PAGE_SIZE) == -EINVAL);
}

static void follow_ordinary(void)
{
	unsigned long pfn;

	mm_test_write(MM_TEST_UVA, "x");
	mmap_read_lock(current->mm);
	CHECK(follow(&pfn) == -EINVAL);
	mmap_read_unlock(current->mm);
}

DEFINE_SHIM_TESTS(
	mm_gup,
	{ .name = "mm/get_user_page_fast_only-never-faults",
	  .of = "get_user_page_fast_only get_user_pages_fast_only get_user_pages_unlocked",
	  .follows =
		  "mm/gup.c, get_user_pages_fast_only(): never falls back to the path that takes mmap_lock",
	  .tasks = 1,
	  .setup = map_anon,
	  .task = { fast_never_faults },
	  .expect = NO_VIOLATION },
	{ .name = "mm/get_user_pages-returns-the-number-of-pages",
	  .of = "get_user_pages_fast",
	  .follows =
		  "mm/gup.c, get_user_pages_fast(): may return fewer pages than asked for; -errno only where it got none",
	  .tasks = 1,
	  .setup = map_anon,
	  .task = { several_pages },
	  .expect = NO_VIOLATION },
	{ .name = "mm/get_user_pages-for-read-gets-the-zero-page",
	  .of = "get_user_pages_unlocked is_zero_pfn",
	  .follows =
		  "mm/memory.c, do_anonymous_page(): a read fault maps the zero page",
	  .tasks = 1,
	  .setup = map_anon,
	  .task = { read_gets_zero_page },
	  .expect = NO_VIOLATION },
	{ .name = "mm/FOLL_WRITE-needs-VM_WRITE",
	  .of = "get_user_pages_unlocked",
	  .follows =
		  "mm/gup.c, check_vma_flags(): -EFAULT for a write to an area without VM_WRITE, unless forced",
	  .tasks = 1,
	  .task = { read_only_area },
	  .expect = NO_VIOLATION },
	{ .name = "mm/get_user_pages-refuses-VM_PFNMAP",
	  .of = "get_user_pages_unlocked get_user_page_fast_only",
	  .follows =
		  "mm/gup.c, check_vma_flags(): -EFAULT for VM_IO and VM_PFNMAP; pte_special() stops the fast walk",
	  .tasks = 1,
	  .setup = map_device,
	  .task = { refuses_pfnmap },
	  .expect = NO_VIOLATION },
	{ .name = "mm/get_user_pages-refuses-AS_NO_DIRECT_MAP",
	  .of = "get_user_pages_unlocked get_user_page_fast_only",
	  .follows =
		  "mm/gup.c, check_vma_flags() and gup_fast_folio_allowed(): memory without direct map is refused as secretmem is",
	  .tasks = 1,
	  .setup = map_file,
	  .task = { refuses_no_direct_map },
	  .expect = NO_VIOLATION },
	{ .name = "mm/get_user_pages_fast-needs-a-present-entry",
	  .of = "get_user_page_fast_only get_user_pages_unlocked",
	  .follows =
		  "mm/gup.c, gup_fast_pte_range(): an entry that is PROT_NONE goes to the slow path",
	  .tasks = 1,
	  .setup = map_file,
	  .task = { not_after_invalidate },
	  .expect = NO_VIOLATION },
	{ .name = "mm/get_user_pages-must-be-called-with-mmap_lock-held",
	  .of = "get_user_pages",
	  .follows =
		  "mm/gup.c, get_user_pages_remote(): must be called with mmap_lock held for read or write",
	  .tasks = 1,
	  .setup = map_anon,
	  .task = { needs_mmap_lock },
	  .expect = V_CONTRACT },
	{ .name = "mm/get_user_pages-without-pages-only-faults",
	  .of = "get_user_pages mmap_read_lock mmap_read_unlock",
	  .follows =
		  "mm/gup.c, get_user_pages_remote(): pages may be NULL, if the caller only intends to have the pages faulted in",
	  .tasks = 1,
	  .setup = map_anon,
	  .task = { with_mmap_lock },
	  .expect = NO_VIOLATION },
	{ .name = "mm/get_user_pages-against-a-zap",
	  .of = "get_user_pages_fast",
	  .follows =
		  "mm/gup.c, gup_fast_pte_range(): the entry is looked at again after the reference was taken",
	  .tasks = 3,
	  .setup = map_anon,
	  .task = { drop, look_up, look_up },
	  .expect = NO_VIOLATION },
	{ .name = "mm/memory_failure-unmaps-then-removes",
	  .of = "memory_failure",
	  .follows =
		  "mm/memory-failure.c, hwpoison_user_mappings() comes before me_pagecache_clean(): unmap, then ->error_remove_folio()",
	  .tasks = 1,
	  .setup = map_file,
	  .task = { poison_file_page },
	  .expect = NO_VIOLATION },
	{ .name = "mm/FOLL_HWPOISON-tells-EHWPOISON",
	  .of = "get_user_pages_unlocked",
	  .follows =
		  "include/linux/mm.h, vm_fault_to_errno(): -EHWPOISON with FOLL_HWPOISON, else -EFAULT",
	  .tasks = 1,
	  .setup = map_anon,
	  .task = { gup_of_poison },
	  .expect = NO_VIOLATION },
	{ .name = "mm/a-fault-of-a-poisoned-folio-is-refused",
	  .of = "memory_failure",
	  .follows =
		  "mm/memory.c, __do_fault(): a poisoned page is unlocked, put, and not mapped",
	  .tasks = 1,
	  .setup = map_file,
	  .task = { poison_refaulted },
	  .expect = NO_VIOLATION },
	{ .name = "mm/follow_pfnmap_start-of-device-memory",
	  .of = "follow_pfnmap_start follow_pfnmap_end fixup_user_fault",
	  .follows =
		  "mm/memory.c, follow_pfnmap_start(): looks up a pfn of a VM_IO or VM_PFNMAP area; -EINVAL where no entry is present",
	  .tasks = 1,
	  .setup = map_device,
	  .task = { follow_device },
	  .expect = NO_VIOLATION },
	{ .name = "mm/follow_pfnmap_start-refuses-ordinary-areas",
	  .of = "follow_pfnmap_start",
	  .follows =
		  "mm/memory.c, follow_pfnmap_start(): -EINVAL for an area that is neither VM_IO nor VM_PFNMAP",
	  .tasks = 1,
	  .setup = map_anon,
	  .task = { follow_ordinary },
	  .expect = NO_VIOLATION });
