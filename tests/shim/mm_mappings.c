// SPDX-License-Identifier: GPL-2.0-only
/* Kernel mappings, after Documentation/mm/highmem.rst and mm/vmalloc.c. */
#include <linux/io.h>
#include <linux/set_memory.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>
#include <pfnsim/khva.h>
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
	CHECK(!sees((void *)HOST_KHVA_START + 0x100000, "old"));
}

DEFINE_SHIM_TESTS(
	mm_mappings,
	{ .name = "mm/kmap-of-a-mapped-page-increments-the-count",
	  .of = "kmap kunmap",
	  .follows =
		  "mm/highmem.c, kmap_high(): a page that is mapped keeps its address, a count says how often",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { kmap_is_counted },
	  .expect = NO_VIOLATION },
	{ .name = "mm/kunmap-of-a-page-that-is-not-mapped",
	  .of = "kunmap",
	  .follows =
		  "mm/highmem.c, kunmap_high(): a BUG where the page has no mapping",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { kunmap_twice },
	  .expect = V_CONTRACT },
	{ .name = "mm/read-after-kunmap",
	  .of = "kunmap",
	  .follows =
		  "Documentation/mm/highmem.rst: a mapping must be given back, and is not to be used any more",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { read_after_kunmap },
	  .expect = V_UNMAPPED_ACCESS },
	{ .name = "mm/read-of-a-freed-page",
	  .of = "kmap",
	  .follows =
		  "Documentation/mm/highmem.rst: a mapping holds no reference to its page",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { read_after_free },
	  .expect = V_USE_AFTER_FREE },
	{ .name = "mm/kmap-may-sleep",
	  .of = "kmap kunmap",
	  .follows =
		  "Documentation/mm/highmem.rst, kmap(): it might sleep, so that atomic context is forbidden",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { kmap_in_spinlock },
	  .expect = V_SLEEP_IN_ATOMIC },
	{ .name = "mm/kmap_local_page-never-sleeps",
	  .of = "kmap_local_page kunmap_local",
	  .follows =
		  "Documentation/mm/highmem.rst, kmap_local_page(): may be called from any context",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { kmap_local_in_spinlock },
	  .expect = NO_VIOLATION },
	{ .name = "mm/vmap-accounts-its-guard-page",
	  .of = "vmap vunmap is_vmalloc_addr vmalloc_to_page",
	  .follows =
		  "mm/vmalloc.c, vmap(): a contiguous area of the given pages; get_vm_area() adds a guard page",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { vmap_is_an_area },
	  .expect = NO_VIOLATION },
	{ .name = "mm/read-of-a-guard-page",
	  .of = "vmap",
	  .follows =
		  "mm/vmalloc.c, __get_vm_area_node(): behind an area one page is not mapped, unless VM_NO_GUARD",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { read_guard_page },
	  .expect = V_UNMAPPED_ACCESS },
	{ .name = "mm/vunmap-twice",
	  .of = "vunmap",
	  .follows = "mm/vmalloc.c, vunmap(): a WARN where there is no area",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { vunmap_twice },
	  .expect = V_DOUBLE_FREE },
	{ .name = "mm/vunmap-of-an-address-that-vmap-did-not-give",
	  .of = "vunmap",
	  .follows =
		  "mm/vmalloc.c, vunmap(): frees the area that begins at the address that vmap() returned",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { vunmap_inside },
	  .expect = V_CONTRACT },
	{ .name = "mm/vfree-of-a-vmap",
	  .of = "vfree",
	  .follows =
		  "mm/vmalloc.c, vmap(): only with VM_MAP_PUT_PAGES does vfree() take a vmap()",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { vfree_of_vmap },
	  .expect = V_CONTRACT },
	{ .name = "mm/read-after-vunmap",
	  .of = "vunmap",
	  .follows =
		  "mm/vmalloc.c, vunmap(): the area is unmapped and its entries are flushed",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { read_after_vunmap },
	  .expect = V_UNMAPPED_ACCESS },
	{ .name = "mm/memremap-of-device-memory",
	  .of = "memremap memunmap pfn_valid",
	  .follows =
		  "kernel/iomem.c, memremap(): maps any physical range; NULL where no flag fits",
	  .tasks = 1,
	  .task = { memremap_device },
	  .expect = NO_VIOLATION },
	{ .name = "mm/memunmap-twice",
	  .of = "memunmap",
	  .follows = "kernel/iomem.c, memunmap(): pairs with memremap()",
	  .tasks = 1,
	  .task = { memunmap_twice },
	  .expect = V_DOUBLE_FREE },
	{ .name = "mm/memunmap-of-a-vmap",
	  .of = "memunmap",
	  .follows =
		  "kernel/iomem.c, memunmap(): takes what memremap() returned",
	  .tasks = 1,
	  .setup = alloc,
	  .task = { memunmap_of_vmap },
	  .expect = V_CONTRACT },
	{ .name = "mm/read-without-direct-map",
	  .of = "folio_zap_direct_map kernel_page_present set_direct_map_invalid_noflush",
	  .follows =
		  "arch/x86/mm/pat/set_memory.c, set_direct_map_invalid_noflush(): the page's address in the direct map is not present",
	  .tasks = 1,
	  .setup = zap,
	  .task = { read_zapped },
	  .expect = V_UNMAPPED_ACCESS },
	{ .name = "mm/kmap-needs-the-direct-map",
	  .of = "kmap",
	  .follows =
		  "include/linux/highmem-internal.h, kmap(): without high memory it is page_address()",
	  .tasks = 1,
	  .setup = zap,
	  .task = { read_zapped_kmap },
	  .expect = V_UNMAPPED_ACCESS },
	{ .name = "mm/vmap-does-without-direct-map",
	  .of = "vmap",
	  .follows =
		  "mm/vmalloc.c, vmap(): entries of its own, independent of the direct map",
	  .tasks = 1,
	  .setup = zap,
	  .task = { read_zapped_vmap },
	  .expect = NO_VIOLATION },
	{ .name = "mm/clear_highpage-needs-the-direct-map",
	  .of = "clear_highpage",
	  .follows =
		  "include/linux/highmem.h, clear_highpage(): goes through kmap_local_page()",
	  .tasks = 1,
	  .setup = zap,
	  .task = { clear_zapped },
	  .expect = V_UNMAPPED_ACCESS },
	{ .name = "mm/page-freed-without-direct-map",
	  .of = "put_page",
	  .follows =
		  "mm/secretmem.c, secretmem_free_folio(): the direct map is restored before the page is freed",
	  .tasks = 1,
	  .setup = zap,
	  .task = { free_zapped },
	  .expect = V_LEAK },
	{ .name = "mm/direct-map-restored-before-free",
	  .of = "folio_restore_direct_map",
	  .follows =
		  "mm/secretmem.c, secretmem_free_folio(): set_direct_map_default_noflush() and then the page may be used by anyone",
	  .tasks = 1,
	  .setup = zap,
	  .task = { free_restored },
	  .expect = NO_VIOLATION },
	{ .name = "mm/read-where-nothing-was-mapped",
	  .of = "kmap",
	  .follows =
		  "Documentation/arch/x86/x86_64/mm.rst: regions of the kernel's half; outside of what is mapped there is nothing",
	  .tasks = 1,
	  .task = { read_nowhere },
	  .expect = V_UNMAPPED_ACCESS });
