// SPDX-License-Identifier: GPL-2.0-only
/* Kernel mappings, after Documentation/mm/highmem.rst and mm/vmalloc.c. */
#include <linux/io.h>
#include <linux/set_memory.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>
#include <pfnsim/counters.h>

#include "mm_fixture.h"

#define DEVICE_PFN 0x100000UL

static struct page *page;
static DEFINE_SPINLOCK(lock);

static void alloc(void)
{
	page = mm_test_page();
}

static bool sees(const void *addr, const char *text)
{
	char bytes[8];

	return !khva_read(addr, bytes, strlen(text)) &&
	       !memcmp(bytes, text, strlen(text));
}

static void kmap_is_counted(void)
{
	void *first = kmap(page), *second = kmap(page);

	CHECK(first == second && sees(first, "old"));
	kunmap(page);
	CHECK(sees(first, "old"));
	kunmap(page);
	CHECK(kmap(page) != first);
	kunmap(page);
}

static void kunmap_twice(void)
{
	kmap(page);
	kunmap(page);
	kunmap(page);
}

static void read_after_kunmap(void)
{
	void *addr = kmap(page);

	kunmap(page);
	CHECK(sees(addr, "old"));
}

static void read_after_free(void)
{
	void *addr = kmap(page);

	put_page(page);
	CHECK(!sees(addr, "old"));
}

static void kmap_in_spinlock(void)
{
	spin_lock(&lock);
	kmap(page);
	spin_unlock(&lock);
}

static void kmap_local_in_spinlock(void)
{
	spin_lock(&lock);
	kunmap_local(kmap_local_page(page));
	spin_unlock(&lock);
}

static void *vmap_one(void)
{
	return vmap(&page, 1, VM_MAP, PAGE_KERNEL);
}

static void vmap_is_an_area(void)
{
	unsigned long before = pfnsim_counters[CTR_VMAP_BYTES];
	char *addr = vmap_one();
	char text[] = "new";

	CHECK(is_vmalloc_addr(addr) && !is_vmalloc_addr(page_address(page)));
	CHECK(vmalloc_to_page(addr) == page);
	CHECK(!khva_write(addr, text, 3) && sees(page_address(page), "new"));
	CHECK(pfnsim_counters[CTR_VMAP_BYTES] == before + 2 * PAGE_SIZE);
	CHECK(vmap_one() != addr);
	vunmap(addr);
	CHECK(pfnsim_counters[CTR_VMAP_LIVE] == 1);
}

static void read_guard_page(void)
{
	char *addr = vmap_one();

	CHECK(!sees(addr + PAGE_SIZE, "old"));
}

static void vunmap_twice(void)
{
	void *addr = vmap_one();

	vunmap(addr);
	vunmap(addr);
}

static void vunmap_inside(void)
{
	vunmap(vmap_one() + 8);
}

static void vfree_of_vmap(void)
{
	vfree(vmap_one());
}

static void read_after_vunmap(void)
{
	void *addr = vmap_one();

	vunmap(addr);
	CHECK(sees(addr, "old"));
}

static void memremap_device(void)
{
	char text[] = "dev";
	char *addr = memremap(PFN_PHYS(DEVICE_PFN) + 16, 3, MEMREMAP_WB);

	CHECK(!pfn_valid(DEVICE_PFN) && offset_in_page(addr) == 16);
	CHECK(!khva_write(addr, text, 3) && sees(addr, "dev"));
	memunmap(addr);
	CHECK(!memremap(0, PAGE_SIZE, MEMREMAP_WB));
}

static void memunmap_twice(void)
{
	void *addr = memremap(PFN_PHYS(DEVICE_PFN), PAGE_SIZE, MEMREMAP_WB);

	memunmap(addr);
	memunmap(addr);
}

static void memunmap_of_vmap(void)
{
	memunmap(vmap_one());
}

static void zap(void)
{
	alloc();
	CHECK(!folio_zap_direct_map(page_folio(page)));
	CHECK(!kernel_page_present(page));
}

static void read_zapped(void)
{
	CHECK(sees(page_address(page), "old"));
}

static void read_zapped_kmap(void)
{
	CHECK(sees(kmap(page), "old"));
}

static void read_zapped_vmap(void)
{
	CHECK(sees(vmap_one(), "old"));
}

static void clear_zapped(void)
{
	clear_highpage(page);
}

static void free_zapped(void)
{
	put_page(page);
}

static void free_restored(void)
{
	folio_restore_direct_map(page_folio(page));
	CHECK(sees(page_address(page), "old"));
	put_page(page);
}

static void read_nowhere(void)
{
	CHECK(!sees((void *)0xffffa00000100000UL, "old"));
}

DEFINE_SHIM_TESTS(mm_mappings,
		  { .name = "mm/kmap-of-a-mapped-page-increments-the-count",
		    .tasks = 1,
		    .setup = alloc,
		    .task = { kmap_is_counted },
		    .expect = NO_VIOLATION },
		  { .name = "mm/kunmap-of-a-page-that-is-not-mapped",
		    .tasks = 1,
		    .setup = alloc,
		    .task = { kunmap_twice },
		    .expect = V_CONTRACT },
		  { .name = "mm/read-after-kunmap",
		    .tasks = 1,
		    .setup = alloc,
		    .task = { read_after_kunmap },
		    .expect = V_UNMAPPED_ACCESS },
		  { .name = "mm/read-of-a-freed-page",
		    .tasks = 1,
		    .setup = alloc,
		    .task = { read_after_free },
		    .expect = V_USE_AFTER_FREE },
		  { .name = "mm/kmap-may-sleep",
		    .tasks = 1,
		    .setup = alloc,
		    .task = { kmap_in_spinlock },
		    .expect = V_SLEEP_IN_ATOMIC },
		  { .name = "mm/kmap_local_page-never-sleeps",
		    .tasks = 1,
		    .setup = alloc,
		    .task = { kmap_local_in_spinlock },
		    .expect = NO_VIOLATION },
		  { .name = "mm/vmap-accounts-its-guard-page",
		    .tasks = 1,
		    .setup = alloc,
		    .task = { vmap_is_an_area },
		    .expect = NO_VIOLATION },
		  { .name = "mm/read-of-a-guard-page",
		    .tasks = 1,
		    .setup = alloc,
		    .task = { read_guard_page },
		    .expect = V_UNMAPPED_ACCESS },
		  { .name = "mm/vunmap-twice",
		    .tasks = 1,
		    .setup = alloc,
		    .task = { vunmap_twice },
		    .expect = V_DOUBLE_FREE },
		  { .name = "mm/vunmap-of-an-address-that-vmap-did-not-give",
		    .tasks = 1,
		    .setup = alloc,
		    .task = { vunmap_inside },
		    .expect = V_CONTRACT },
		  { .name = "mm/vfree-of-a-vmap",
		    .tasks = 1,
		    .setup = alloc,
		    .task = { vfree_of_vmap },
		    .expect = V_CONTRACT },
		  { .name = "mm/read-after-vunmap",
		    .tasks = 1,
		    .setup = alloc,
		    .task = { read_after_vunmap },
		    .expect = V_UNMAPPED_ACCESS },
		  { .name = "mm/memremap-of-device-memory",
		    .tasks = 1,
		    .task = { memremap_device },
		    .expect = NO_VIOLATION },
		  { .name = "mm/memunmap-twice",
		    .tasks = 1,
		    .task = { memunmap_twice },
		    .expect = V_DOUBLE_FREE },
		  { .name = "mm/memunmap-of-a-vmap",
		    .tasks = 1,
		    .setup = alloc,
		    .task = { memunmap_of_vmap },
		    .expect = V_CONTRACT },
		  { .name = "mm/read-without-direct-map",
		    .tasks = 1,
		    .setup = zap,
		    .task = { read_zapped },
		    .expect = V_UNMAPPED_ACCESS },
		  { .name = "mm/kmap-needs-the-direct-map",
		    .tasks = 1,
		    .setup = zap,
		    .task = { read_zapped_kmap },
		    .expect = V_UNMAPPED_ACCESS },
		  { .name = "mm/vmap-does-without-direct-map",
		    .tasks = 1,
		    .setup = zap,
		    .task = { read_zapped_vmap },
		    .expect = NO_VIOLATION },
		  { .name = "mm/clear_highpage-needs-the-direct-map",
		    .tasks = 1,
		    .setup = zap,
		    .task = { clear_zapped },
		    .expect = V_UNMAPPED_ACCESS },
		  { .name = "mm/page-freed-without-direct-map",
		    .tasks = 1,
		    .setup = zap,
		    .task = { free_zapped },
		    .expect = V_LEAK },
		  { .name = "mm/direct-map-restored-before-free",
		    .tasks = 1,
		    .setup = zap,
		    .task = { free_restored },
		    .expect = NO_VIOLATION },
		  { .name = "mm/read-where-nothing-was-mapped",
		    .tasks = 1,
		    .task = { read_nowhere },
		    .expect = V_UNMAPPED_ACCESS });
