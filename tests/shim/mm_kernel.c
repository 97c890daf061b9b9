// SPDX-License-Identifier: GPL-2.0-only
/*
 * Memory of the kernel itself: objects and pages of the slab, mappings, the
 * direct map.
 */
#include <linux/gfp.h>
#include <linux/io.h>
#include <linux/set_memory.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/vmalloc.h>
#include <pfnsim/counters.h>

#include "mm_fixture.h"

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

/* ---- Slab ---------------------------------------------------------------- */

static void zeroed_forms(void)
{
	struct kmem_cache *cache = kmem_cache_create_usercopy(
		"test", 48, 0, SLAB_HWCACHE_ALIGN, 8, 16, NULL);
	char *object = kmem_cache_zalloc(cache, GFP_KERNEL);
	char *array = kvmalloc_array(3, 8, GFP_KERNEL | __GFP_ZERO);
	char *many = __vcalloc(3, 8, GFP_KERNEL);

	CHECK(IS_ALIGNED((unsigned long)object, 64));
	CHECK(!memchr_inv(object, 0, 48) && !memchr_inv(array, 0, 24));
	CHECK(!memchr_inv(many, 0, 24) && ksize(array) >= 24);
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
	kvfree(array);
	vfree(many);
	kvfree(NULL);
	vfree(NULL);
	kmem_cache_destroy(NULL);
}

static void zeroed_after_use(void)
{
	struct kmem_cache *cache = kmem_cache_create("test", 32, 0, 0, NULL);
	char *object = kmem_cache_alloc(cache, GFP_KERNEL);

	memset(object, 7, 32);
	kmem_cache_free(cache, object);
	object = kmem_cache_zalloc(cache, GFP_KERNEL);
	CHECK(!memchr_inv(object, 0, 32));
	object = kmem_cache_alloc_lru(cache, NULL, GFP_KERNEL);
	CHECK(object);
}

static void flexible(void)
{
	struct flexible {
		unsigned long count;
		u64 values[];
	} *object = NULL;

	CHECK(struct_size(object, values, 3) == 32);
	CHECK(flex_array_size(object, values, 3) == 24);
	CHECK(struct_size(object, values, SIZE_MAX / 4) == SIZE_MAX);
	object = kzalloc(struct_size(object, values, 3), GFP_KERNEL);
	CHECK(ksize(object) >= 32 && !object->values[2]);
	CHECK(!kzalloc(SIZE_MAX, GFP_KERNEL));
	kfree(object);
}

static void named_forms(void)
{
	struct named {
		u64 a, b;
		u32 more[];
	} *one = kzalloc_obj(struct named), *two;

	CHECK(ksize(one) == 16 && !one->a && !one->b);
	two = kzalloc_objs(*two, 3);
	CHECK(ksize(two) == 48 && !two[2].b);
	kfree(two);
	two = kmalloc_flex(*two, more, 4, GFP_KERNEL);
	CHECK(ksize(two) == 32);
	kfree(two);
	kfree(one);
}

static void pages(void)
{
	unsigned long addr = __get_free_page(GFP_KERNEL | __GFP_ZERO);

	CHECK(addr && PAGE_ALIGNED(addr) && !offset_in_page(addr));
	CHECK(!memchr_inv((void *)addr, 0, PAGE_SIZE));
	free_page(addr);
	free_pages(0, 0);
	CHECK(PAGE_ALIGN_DOWN(addr + 5) == addr);
	CHECK(offset_in_page(addr + 5) == 5);
}

static void free_page_twice(void)
{
	unsigned long addr = __get_free_page(GFP_KERNEL);

	free_page(addr);
	free_page(addr);
}

static void cache_in_atomic(void)
{
	struct kmem_cache *cache = kmem_cache_create("test", 32, 0, 0, NULL);

	spin_lock(&lock);
	kmem_cache_free(cache, kmem_cache_alloc(cache, GFP_ATOMIC));
	CHECK(!gfpflags_allow_blocking(GFP_ATOMIC));
	CHECK(gfpflags_allow_blocking(GFP_KERNEL_ACCOUNT));
	might_alloc(GFP_ATOMIC);
	spin_unlock(&lock);
	might_alloc(GFP_KERNEL);
}

static void zalloc_in_atomic(void)
{
	spin_lock(&lock);
	kfree(kcalloc(2, 8, GFP_KERNEL_ACCOUNT));
	spin_unlock(&lock);
}

/* ---- Mappings ------------------------------------------------------------ */

static void vmap_several(void)
{
	struct page *pages[3] = { mm_test_page(), page, mm_test_page() };
	char *addr;

	memcpy_to_page(pages[0], 0, "one", 3);
	memcpy_to_page(pages[2], 0, "two", 3);
	addr = vmap(pages, 3, VM_MAP, PAGE_KERNEL);
	CHECK(sees(addr, "one") && sees(addr + PAGE_SIZE, "old"));
	CHECK(sees(addr + 2 * PAGE_SIZE, "two"));
	CHECK(!khva_write(addr + PAGE_SIZE - 1, "abc", 3));
	CHECK(sees(page_address(page), "bc"));
	CHECK(is_vmalloc_addr(addr + 2 * PAGE_SIZE));
	vunmap(addr);
}

static void vmap_takes_no_reference(void)
{
	char *addr = vmap(&page, 1, VM_MAP, PAGE_KERNEL);

	CHECK(page_count(page) == 1);
	put_page(page);
	CHECK(!page_count(page));
	vunmap(addr);
	vunmap(NULL);
	CHECK(!is_vmalloc_addr(kmap(mm_test_page())));
}

static void vmap_of_free_page(void)
{
	put_page(page);
	vmap(&page, 1, VM_MAP, PAGE_KERNEL);
}

static void vmap_in_atomic(void)
{
	spin_lock(&lock);
	vmap(&page, 1, VM_MAP, PAGE_KERNEL);
	spin_unlock(&lock);
}

static void vunmap_in_atomic(void)
{
	char *addr = vmap(&page, 1, VM_MAP, PAGE_KERNEL);

	spin_lock(&lock);
	vunmap(addr);
	spin_unlock(&lock);
}

static void kmap_takes_no_reference(void)
{
	void *addr = kmap(page);

	CHECK(page_count(page) == 1 && PAGE_ALIGNED(addr));
	CHECK(!khva_write(addr + 1, "ther", 4));
	CHECK(sees(page_address(page), "other"));
	kunmap(page);
	CHECK(sees(page_address(page), "other"));
}

static void kunmap_in_atomic(void)
{
	kmap(page);
	spin_lock(&lock);
	kunmap(page);
	spin_unlock(&lock);
}

static void kmap_local_nests(void)
{
	struct page *other = mm_test_page();
	void *first = kmap_local_page(page), *second;

	memcpy_to_page(other, 0, "new", 3);
	second = kmap_local_page(other);
	CHECK(sees(first, "old") && sees(second, "new"));
	kunmap_local(second);
	CHECK(sees(first, "old"));
	kunmap_local(first);
}

static void memremap_of_ram(void)
{
	char *addr = memremap(page_to_phys(page), PAGE_SIZE, MEMREMAP_WB);

	CHECK(sees(addr, "old") && page_count(page) == 1);
	memunmap(addr);
	CHECK(page_to_phys(page) == page_to_pfn(page) << PAGE_SHIFT);
	CHECK(page_address(page) == __va(page_to_phys(page)));
}

static void memremap_nowhere(void)
{
	CHECK(!memremap(0, PAGE_SIZE, MEMREMAP_WB));
	CHECK(!memremap(page_to_phys(page), PAGE_SIZE, 0));
}

static void memremap_in_atomic(void)
{
	spin_lock(&lock);
	memremap(page_to_phys(page), PAGE_SIZE, MEMREMAP_WB);
	spin_unlock(&lock);
}

/* ---- The direct map ------------------------------------------------------ */

static void zap_and_restore(void)
{
	struct folio *folio = page_folio(page);

	CHECK(can_set_direct_map() && kernel_page_present(page));
	CHECK(!folio_zap_direct_map(folio) && !kernel_page_present(page));
	CHECK(!folio_zap_direct_map(folio));
	CHECK(pfnsim_counters[CTR_NO_DIRECT_MAP] == 1);
	folio_restore_direct_map(folio);
	CHECK(kernel_page_present(page) && sees(page_address(page), "old"));
	CHECK(!set_direct_map_invalid_noflush(page));
	CHECK(!set_direct_map_default_noflush(page));
	CHECK(!pfnsim_counters[CTR_NO_DIRECT_MAP]);
	CHECK(!set_direct_map_valid_noflush(page, 1, false));
	CHECK(!kernel_page_present(page));
	CHECK(!set_direct_map_valid_noflush(page, 1, true));
}

static void user_space_goes_on(void)
{
	mm_test_map_anon();
	mm_test_write(MM_TEST_UVA, "old");
	page = pfn_to_page(mm_view_pte(MM_TEST_UVA));
	CHECK(!folio_zap_direct_map(page_folio(page)));
	CHECK(mm_test_sees(MM_TEST_UVA, "old"));
	mm_test_write(MM_TEST_UVA, "new");
	folio_restore_direct_map(page_folio(page));
	CHECK(sees(page_address(page), "new"));
}

static void zap_of_free_page(void)
{
	put_page(page);
	folio_zap_direct_map(page_folio(page));
}

static void clear(void)
{
	clear_highpage(page);
	CHECK(sees(page_address(page), "\0\0\0"));
}

#define KERNEL(title, names, source, function)                                 \
	LONE_TEST(title, names, source, alloc, function)
#define BAD_KERNEL(title, names, source, function, violation)                  \
	BAD_TEST(title, names, source, alloc, function, violation)

DEFINE_SHIM_TESTS(
	mm_kernel,
	KERNEL("mm/zalloc-forms",
	       "kmem_cache_create_usercopy kmem_cache_zalloc kvmalloc_array kvfree vfree __vcalloc kmem_cache_destroy",
	       "include/linux/slab.h, kmem_cache_zalloc(): zeroed; mm/util.c, kvfree(): takes what kvmalloc() or vmalloc() returned, and NULL",
	       zeroed_forms),
	KERNEL("mm/zalloc-after-a-free",
	       "kmem_cache_zalloc kmem_cache_alloc kmem_cache_alloc_lru",
	       "include/linux/slab.h, kmem_cache_zalloc(): zeroed, whatever the memory held before",
	       zeroed_after_use),
	KERNEL("mm/struct_size-saturates",
	       "struct_size flex_array_size kzalloc",
	       "include/linux/overflow.h, struct_size(): SIZE_MAX on overflow, which no allocation satisfies",
	       flexible),
	KERNEL("mm/allocations-by-type",
	       "kzalloc_obj kzalloc_objs kmalloc_flex",
	       "include/linux/slab.h, kmalloc_obj(): as large as the type, and so many of it; GFP_KERNEL where nothing is said",
	       named_forms),
	KERNEL("mm/pages-by-address",
	       "__get_free_page free_page free_pages offset_in_page PAGE_ALIGNED PAGE_ALIGN_DOWN",
	       "mm/page_alloc.c, get_free_pages_noprof(): an aligned address of a page; free_pages() ignores 0",
	       pages),
	BAD_KERNEL("mm/free_page-twice", "free_page",
		   "mm/page_alloc.c, free_page_is_bad(): a page is freed once",
		   free_page_twice, V_DOUBLE_FREE),
	KERNEL("mm/allocations-in-atomic-context",
	       "kmem_cache_alloc kmem_cache_free might_alloc gfpflags_allow_blocking",
	       "include/linux/gfp.h, gfpflags_allow_blocking(): without __GFP_DIRECT_RECLAIM nothing sleeps",
	       cache_in_atomic),
	BAD_KERNEL(
		"mm/GFP_KERNEL_ACCOUNT-may-sleep", "kcalloc",
		"include/linux/gfp_types.h, GFP_KERNEL_ACCOUNT: as GFP_KERNEL, and accounted",
		zalloc_in_atomic, V_SLEEP_IN_ATOMIC),
	KERNEL("mm/vmap-is-virtually-contiguous", "vmap vunmap is_vmalloc_addr",
	       "mm/vmalloc.c, vmap(): maps the pages one after the other, in the order of the array",
	       vmap_several),
	KERNEL("mm/vmap-takes-no-reference", "vmap vunmap",
	       "mm/vmalloc.c, vmap(): references are the caller's, unless VM_MAP_PUT_PAGES; vunmap() ignores NULL",
	       vmap_takes_no_reference),
	BAD_KERNEL(
		"mm/vmap-of-a-free-page", "vmap",
		"mm/vmalloc.c, vmap(): the caller must keep the pages while they are mapped",
		vmap_of_free_page, V_USE_AFTER_FREE),
	BAD_KERNEL("mm/vmap-may-sleep", "vmap",
		   "mm/vmalloc.c, vmap(): might_sleep()", vmap_in_atomic,
		   V_SLEEP_IN_ATOMIC),
	BAD_KERNEL("mm/vunmap-may-sleep", "vunmap",
		   "mm/vmalloc.c, vunmap(): might_sleep()", vunmap_in_atomic,
		   V_SLEEP_IN_ATOMIC),
	KERNEL("mm/kmap-is-an-alias-without-a-reference", "kmap kunmap",
	       "Documentation/mm/highmem.rst: kmap() makes the page addressable, and does not keep it",
	       kmap_takes_no_reference),
	BAD_KERNEL("mm/kunmap-may-sleep", "kunmap",
		   "include/linux/highmem-internal.h, kunmap(): might_sleep()",
		   kunmap_in_atomic, V_SLEEP_IN_ATOMIC),
	KERNEL("mm/kmap_local_page-nests", "kmap_local_page kunmap_local",
	       "Documentation/mm/highmem.rst: local mappings nest, and end in the reverse order",
	       kmap_local_nests),
	KERNEL("mm/memremap-of-memory",
	       "memremap memunmap page_to_phys __va page_address",
	       "kernel/iomem.c, memremap(): MEMREMAP_WB of System RAM shows its contents",
	       memremap_of_ram),
	KERNEL("mm/memremap-of-nothing", "memremap",
	       "kernel/iomem.c, memremap(): NULL where it cannot be mapped",
	       memremap_nowhere),
	BAD_KERNEL(
		"mm/memremap-may-sleep", "memremap",
		"mm/vmalloc.c, __get_vm_area_node(): remapping allocates and may sleep",
		memremap_in_atomic, V_SLEEP_IN_ATOMIC),
	KERNEL("mm/direct-map-zapped-and-restored",
	       "folio_zap_direct_map folio_restore_direct_map kernel_page_present can_set_direct_map set_direct_map_invalid_noflush set_direct_map_default_noflush",
	       "arch/x86/mm/pat/set_memory.c, kernel_page_present(): whether the direct map has the page; setting twice is no error",
	       zap_and_restore),
	KERNEL("mm/user-mappings-do-not-need-the-direct-map",
	       "folio_zap_direct_map",
	       "mm/secretmem.c, secretmem_fault(): the process reaches pages that the direct map does not have",
	       user_space_goes_on),
	BAD_KERNEL(
		"mm/direct-map-of-a-free-page", "folio_zap_direct_map",
		"mm/secretmem.c, secretmem_fault(): the page is the caller's while its direct map is changed",
		zap_of_free_page, V_USE_AFTER_FREE),
	KERNEL("mm/clear_highpage-clears", "clear_highpage",
	       "include/linux/highmem.h, clear_highpage(): fills the page with zeros",
	       clear));
