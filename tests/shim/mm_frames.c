// SPDX-License-Identifier: GPL-2.0-only
/* Page frames, after mm/page_alloc.c and include/linux/mm.h. */
#include <linux/spinlock.h>

#include "mm_fixture.h"

static struct page *page;
static DEFINE_SPINLOCK(lock);

static void alloc(void)
{
	page = mm_test_page();
}

static void starts_with_one_reference(void)
{
	CHECK(page_count(page) == 1);
	get_page(page);
	put_page(page);
	CHECK(page_count(page) == 1);
	put_page(page);
	CHECK(page_count(page) == 0);
}

static void put_twice(void)
{
	put_page(page);
	put_page(page);
}

static void get_free(void)
{
	put_page(page);
	get_page(page);
}

static void unless_zero(void)
{
	CHECK(get_page_unless_zero(page));
	put_page(page);
	put_page(page);
	CHECK(!get_page_unless_zero(page));
}

static bool all_bytes(const struct page *p, char byte)
{
	char bytes[64];

	page_peek(page_to_pfn(p), 0, bytes, sizeof(bytes));
	return !memchr_inv(bytes, byte, sizeof(bytes));
}

static void contents(void)
{
	struct page *zero = alloc_page(GFP_KERNEL | __GFP_ZERO);
	struct page *any = alloc_page(GFP_KERNEL);

	CHECK(all_bytes(zero, 0));
	CHECK(!all_bytes(any, 0));
	put_page(page);
	CHECK(all_bytes(page, 0xaa));
}

static void lives(void)
{
	unsigned long pfn = page_to_pfn(page);
	unsigned int life = page_life(pfn);

	CHECK(page_alive(pfn, life));
	put_page(page);
	CHECK(!page_alive(pfn, life));
}

static void conversions(void)
{
	unsigned long pfn = page_to_pfn(page);

	CHECK(pfn_valid(pfn) && !pfn_valid(0) && !pfn_valid(0x100000));
	CHECK(pfn_to_page(pfn) == page);
	CHECK(virt_to_page(page_address(page)) == page);
	CHECK(PageReserved(ZERO_PAGE(0)));
	CHECK(is_zero_pfn(page_to_pfn(ZERO_PAGE(0))) && !is_zero_pfn(pfn));
	CHECK(!is_zone_device_page(page));
}

static void alloc_in_spinlock(gfp_t gfp)
{
	spin_lock(&lock);
	CHECK(alloc_page(gfp));
	spin_unlock(&lock);
}

static void alloc_kernel(void)
{
	alloc_in_spinlock(GFP_KERNEL);
}

static void alloc_atomic(void)
{
	alloc_in_spinlock(GFP_ATOMIC);
}

static void free_cached(void)
{
	struct file *file = mm_test_file();
	struct folio *folio = filemap_grab_folio(file->f_mapping, 0);

	folio_unlock(folio);
	folio_put(folio);
	folio_put(folio);
}

DEFINE_SHIM_TESTS(
	mm_frames,
	{ .name = "mm/page-starts-with-one-reference",
	  .of = "alloc_pages alloc_page get_page put_page page_count",
	  .follows =
		  "include/linux/mm.h, put_page(): drops what get_page() or the allocation took",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { starts_with_one_reference },
	  .expect = NO_VIOLATION },
	{ .name = "mm/put_page-of-a-free-page",
	  .of = "put_page",
	  .follows =
		  "include/linux/mm.h, put_page_testzero(): a count of zero is a VM_BUG_ON_PAGE()",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { put_twice },
	  .expect = V_DOUBLE_FREE },
	{ .name = "mm/get_page-of-a-free-page",
	  .of = "get_page",
	  .follows =
		  "include/linux/mm.h, folio_get(): a count near zero or below is a VM_BUG_ON_FOLIO()",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { get_free },
	  .expect = V_USE_AFTER_FREE },
	{ .name = "mm/get_page_unless_zero-fails-for-a-free-page",
	  .of = "get_page_unless_zero",
	  .follows =
		  "include/linux/mm.h, get_page_unless_zero(): takes a reference only where there is one",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { unless_zero },
	  .expect = NO_VIOLATION },
	{ .name = "mm/GFP_ZERO-clears-and-free-pages-are-poisoned",
	  .of = "alloc_pages clear_highpage",
	  .follows =
		  "include/linux/gfp_types.h, __GFP_ZERO: gives a page of zeros",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { contents },
	  .expect = NO_VIOLATION },
	{ .name = "mm/a-freed-page-ends-its-life",
	  .of = "put_page",
	  .follows =
		  "mm/page_poison.c: what is written to a page after it was freed is a bug",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { lives },
	  .expect = NO_VIOLATION },
	{ .name = "mm/pfn-page-and-address-agree",
	  .of = "pfn_valid pfn_to_page page_to_pfn virt_to_page page_address is_zero_pfn mm_zero_page ZERO_PAGE is_zone_device_page",
	  .follows =
		  "include/asm-generic/memory_model.h: frame numbers and struct pages map one to one",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { conversions },
	  .expect = NO_VIOLATION },
	{ .name = "mm/GFP_KERNEL-may-sleep",
	  .of = "alloc_pages might_alloc",
	  .follows =
		  "include/linux/sched/mm.h, might_alloc(): allocations that may block must not be made in atomic context",
	  .tasks = 1,
	  .task = { alloc_kernel },
	  .expect = V_SLEEP_IN_ATOMIC },
	{ .name = "mm/GFP_ATOMIC-never-sleeps",
	  .of = "alloc_pages gfpflags_allow_blocking",
	  .follows =
		  "include/linux/gfp_types.h, GFP_ATOMIC: for users that cannot sleep",
	  .tasks = 1,
	  .task = { alloc_atomic },
	  .expect = NO_VIOLATION },
	{ .name = "mm/last-reference-while-in-the-page-cache",
	  .of = "folio_put",
	  .follows =
		  "mm/page_alloc.c, free_page_is_bad(): a freed page has no mapping",
	  .tasks = 1,
	  .task = { free_cached },
	  .expect = V_REFCOUNT });
