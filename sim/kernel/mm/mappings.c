// SPDX-License-Identifier: GPL-2.0-only
/*
 * Kernel mappings of pages: kmap(), vmap(), memremap().
 *
 *   0xffff888000000000 + (pfn << 12)	direct map, no record
 *   HOST_KHVA_START + n * 0x2000	kmap, one page and a gap
 *   MEMREMAP_START + n * 0x2000	memremap, one page and a gap
 *   VMAP_START upwards			vmap, areas with a guard page each
 *
 * n counts up and areas move up: no address is ever used twice.  All but the
 * direct map lie where the host can let a kernel's instruction have its way.
 *
 * Fidelity: EMULATED - see linux/highmem.h, linux/vmalloc.h and linux/io.h.
 * Where a frame is reused and a task finds the new page (by GUP or in the page
 * cache), older mappings of the frame count as mappings of the new page: a
 * caller that gets an equal pfn back may keep its mapping.  With several
 * mappings of one reused frame this is weaker than it could be.
 */
#include <linux/highmem.h>
#include <linux/io.h>
#include <linux/sched/mm.h>
#include <linux/vmalloc.h>
#include <pfnsim/counters.h>
#include <pfnsim/page_tree.h>

#include "mappings.h"
#include "watched.h"

#define KMAP_START HOST_KHVA_START
#define MEMREMAP_START (KMAP_START + (8UL << 40))
#define MEMREMAP_END (MEMREMAP_START + (8UL << 40))
#define VMAP_START MEMREMAP_END
#define VMAP_SIZE (32UL << 40)
#define SLOT_SHIFT (PAGE_SHIFT + 1)

static struct {
	struct page_tree kmaps;	    /* by n                */
	struct page_tree memremaps; /* by n                */
	struct page_tree vmaps;	    /* by page of the area */
	unsigned long nr_kmaps, nr_memremaps, vmap_pages;
	unsigned long vmap_limit;
} maps;

void mappings_boot(unsigned long vmap_bytes)
{
	maps.vmap_limit = vmap_bytes ? vmap_bytes : VMAP_SIZE;
}

/* ---- Records ---------------------------------------------------------- */

static struct mapping *mapping_alloc(enum map_kind kind, unsigned long addr,
				     unsigned int nr)
{
	struct mapping *map = heap_alloc(struct_size(map, pages, nr),
					 __alignof__(*map));

	map->kind = kind;
	map->addr = addr;
	map->live = true;
	map->nr = nr;
	return map;
}

static void mapping_set_page(struct mapping *map, unsigned int i,
			     unsigned long pfn)
{
	struct mapped_page *mapped = &map->pages[i];
	struct page *page;

	*mapped = (struct mapped_page){
		.pfn = pfn,
		.life = page_life(pfn),
		.mapping = map,
	};
	if (!pfn_valid(pfn))
		return;
	page = pfn_to_page(pfn);
	mapped->next = page->alias;
	page->alias = mapped;
}

static void mapping_unlink_page(struct mapped_page *mapped)
{
	struct mapped_page **link;

	if (!pfn_valid(mapped->pfn))
		return;
	link = &pfn_to_page(mapped->pfn)->alias;
	while (*link != mapped)
		link = &(*link)->next;
	*link = mapped->next;
}

static unsigned long mapped_address(const struct mapped_page *mapped)
{
	const struct mapping *map = mapped->mapping;

	return map->addr + ((mapped - map->pages) << PAGE_SHIFT);
}

static void mapping_end(struct mapping *map)
{
	unsigned int i;

	map->live = false;
	for (i = 0; i < map->nr; i++) {
		watch_address(mapped_address(&map->pages[i]));
		mapping_unlink_page(&map->pages[i]);
	}
}

void mappings_look(const struct page *page)
{
	const struct mapped_page *mapped;

	for (mapped = page->alias; mapped; mapped = mapped->next)
		watch_address(mapped_address(mapped));
}

void mappings_renew(struct page *page)
{
	struct mapped_page *mapped;

	for (mapped = page->alias; mapped; mapped = mapped->next)
		mapped->life = page->life;
}

static void check_mapped(unsigned long pfn, const char *caller)
{
	if (pfn_valid(pfn) && page_is_free(pfn_to_page(pfn)))
		host_report(V_USE_AFTER_FREE, pfn, "%s of a free page", caller);
}

/* ---- Lookup ----------------------------------------------------------- */

static struct mapping *tree_mapping(const struct page_tree *tree,
				    unsigned long index)
{
	return (struct mapping *)page_tree_load(tree, index);
}

/* The record of the page at @addr, which may be dead, or NULL. */
static struct mapping *find_mapping(unsigned long addr)
{
	unsigned long offset;

	if (addr >= VMAP_START)
		return tree_mapping(&maps.vmaps,
				    (addr - VMAP_START) >> PAGE_SHIFT);
	if (addr < KMAP_START || addr >= MEMREMAP_END)
		return NULL;
	offset = addr - (addr < MEMREMAP_START ? KMAP_START : MEMREMAP_START);
	if (offset & PAGE_SIZE)
		return NULL;
	return tree_mapping(addr < MEMREMAP_START ? &maps.kmaps :
						    &maps.memremaps,
			    offset >> SLOT_SHIFT);
}

static bool direct_map_lookup(unsigned long addr, struct khva *khva)
{
	unsigned long pfn = (addr - PAGE_OFFSET) >> PAGE_SHIFT;

	if (!pfn_valid(pfn))
		return false;
	*khva = (struct khva){
		.kind = MAP_DIRECT,
		.live = !PageNoDirectMap(pfn_to_page(pfn)),
		.pfn = pfn,
		.life = page_life(pfn),
	};
	return true;
}

bool khva_lookup(unsigned long addr, struct khva *khva)
{
	const struct mapped_page *mapped;
	const struct mapping *map;

	if (direct_map_lookup(addr, khva))
		return true;
	map = find_mapping(addr);
	if (!map)
		return false;
	mapped = &map->pages[(addr - map->addr) >> PAGE_SHIFT];
	*khva = (struct khva){
		.kind = map->kind,
		.live = map->live,
		.pfn = mapped->pfn,
		.life = mapped->life,
	};
	return true;
}

long mm_view_mapping(unsigned long addr, struct mapping_view *view)
{
	struct khva khva;

	if (!khva_lookup(addr, &khva))
		return -ENOENT;
	*view = (struct mapping_view){
		.kind = khva.kind,
		.live = khva.live,
		.life = khva.life,
		.pfn = khva.pfn,
	};
	return 0;
}

/* ---- kmap ------------------------------------------------------------- */

static struct mapping *kmap_of(const struct page *page)
{
	const struct mapped_page *mapped;

	for (mapped = page->alias; mapped; mapped = mapped->next) {
		if (mapped->mapping->kind == MAP_KMAP)
			return mapped->mapping;
	}
	return NULL;
}

static void *kmap_page(struct page *page, const char *caller)
{
	unsigned long pfn = page_to_pfn(page);
	struct mapping *map = kmap_of(page);
	unsigned long n;

	check_mapped(pfn, caller);
	if (!map) {
		n = maps.nr_kmaps++;
		map = mapping_alloc(MAP_KMAP, KMAP_START + (n << SLOT_SHIFT),
				    1);
		mapping_set_page(map, 0, pfn);
		page_tree_store(&maps.kmaps, n, (unsigned long)map);
	}
	map->pages[0].life = page->life;
	map->pins++;
	pfnsim_count(CTR_KMAP_LIVE, 1);
	host_note(NOTE_MAP, pfn, map->addr, "kmap");
	return (void *)map->addr;
}

static void kmap_unpin(struct mapping *map)
{
	host_note(NOTE_UNMAP, map->pages[0].pfn, map->addr, "kmap");
	pfnsim_count(CTR_KMAP_LIVE, -1);
	if (--map->pins == 0)
		mapping_end(map);
}

void *kmap(struct page *page)
{
	void *addr;

	might_sleep();
	host_enter(CALL_KMAP, page, NULL);
	addr = kmap_page(page, "kmap()");
	host_leave(CALL_KMAP, page, NULL);
	return addr;
}

void kunmap(struct page *page)
{
	struct mapping *map;

	might_sleep();
	host_enter(CALL_KUNMAP, page, NULL);
	map = kmap_of(page);
	if (map)
		kmap_unpin(map);
	else
		host_report(V_CONTRACT, page_to_pfn(page),
			    "kunmap() of a page that is not mapped by kmap()");
	host_leave(CALL_KUNMAP, page, NULL);
}

void *kmap_local_page(struct page *page)
{
	return kmap_page(page, "kmap_local_page()");
}

void *kmap_local_folio(struct folio *folio, size_t offset)
{
	return kmap_local_page(&folio->page) + offset;
}

void *kmap_local_pfn(unsigned long pfn)
{
	return kmap_local_page(pfn_to_page(pfn));
}

void kunmap_local(const void *addr)
{
	struct mapping *map = find_mapping((unsigned long)addr);

	if (map && map->kind == MAP_KMAP && map->live)
		kmap_unpin(map);
	else
		host_report(
			V_CONTRACT, HOST_NO_PFN,
			"kunmap_local() of an address that is not mapped by kmap_local_page()");
}

/*
 * The live mapping of @kind that @addr belongs to; without one, reports why
 * @caller may not undo it.
 */
static struct mapping *mapping_to_end(const void *addr, enum map_kind kind,
				      const char *caller)
{
	struct mapping *map = find_mapping((unsigned long)addr & PAGE_MASK);

	if (!map || map->kind != kind) {
		host_report(V_CONTRACT, HOST_NO_PFN,
			    "%s of an address that is no mapping of its kind",
			    caller);
		return NULL;
	}
	if (!map->live) {
		host_report(V_DOUBLE_FREE, map->pages[0].pfn,
			    "%s of a mapping that is gone already", caller);
		return NULL;
	}
	return map;
}

/* ---- vmap ------------------------------------------------------------- */

static void count_vmap(long areas, long bytes)
{
	unsigned long *counters = pfnsim_counters;

	counters[CTR_VMAP_LIVE] += areas;
	counters[CTR_VMAP_BYTES] += bytes;
	counters[CTR_VMAP_PEAK] = max(counters[CTR_VMAP_PEAK],
				      counters[CTR_VMAP_LIVE]);
	counters[CTR_VMAP_PEAK_BYTES] = max(counters[CTR_VMAP_PEAK_BYTES],
					    counters[CTR_VMAP_BYTES]);
}

/* With the guard page that follows every area. */
static unsigned long area_bytes(unsigned int count)
{
	return (count + 1UL) << PAGE_SHIFT;
}

static struct mapping *vmap_pages(struct page **pages, unsigned int count)
{
	unsigned long first = maps.vmap_pages;
	struct mapping *map;
	unsigned int i;

	if (pfnsim_counters[CTR_VMAP_BYTES] + area_bytes(count) >
	    maps.vmap_limit)
		return NULL;
	map = mapping_alloc(MAP_VMAP, VMAP_START + (first << PAGE_SHIFT),
			    count);
	for (i = 0; i < count; i++) {
		unsigned long pfn = page_to_pfn(pages[i]);

		check_mapped(pfn, "vmap()");
		mapping_set_page(map, i, pfn);
		page_tree_store(&maps.vmaps, first + i, (unsigned long)map);
		host_note(NOTE_MAP, pfn, map->addr + (i << PAGE_SHIFT), "vmap");
	}
	maps.vmap_pages += count + 1;
	count_vmap(1, area_bytes(count));
	return map;
}

void *vmap(struct page **pages, unsigned int count, unsigned long flags,
	   pgprot_t prot)
{
	struct mapping *map = NULL;

	might_sleep();
	if (flags & VM_MAP_PUT_PAGES)
		host_trap("vmap() with VM_MAP_PUT_PAGES");
	host_enter(CALL_VMAP, pages[0], NULL);
	if (count && !host_should_fail("vmap"))
		map = vmap_pages(pages, count);
	host_leave(CALL_VMAP, pages[0], NULL);
	return map ? (void *)map->addr : NULL;
}

static void vmap_end(struct mapping *map)
{
	unsigned int i;

	for (i = 0; i < map->nr; i++)
		host_note(NOTE_UNMAP, map->pages[i].pfn,
			  map->addr + (i << PAGE_SHIFT), "vmap");
	mapping_end(map);
	count_vmap(-1, -(long)area_bytes(map->nr));
}

void vunmap(const void *addr)
{
	struct mapping *map;

	might_sleep();
	if (!addr)
		return;
	/* No address is given out twice: a loop would never come round to it. */
	host_enter(CALL_VUNMAP, NULL, NULL);
	map = mapping_to_end(addr, MAP_VMAP, "vunmap()");
	if (map && map->addr != (unsigned long)addr)
		host_report(V_CONTRACT, map->pages[0].pfn,
			    "vunmap() of an address inside an area");
	else if (map)
		vmap_end(map);
	host_leave(CALL_VUNMAP, NULL, NULL);
}

bool is_vmalloc_addr(const void *addr)
{
	return (unsigned long)addr - VMAP_START < VMAP_SIZE;
}

struct page *vmalloc_to_page(const void *addr)
{
	struct khva khva;

	if (!is_vmalloc_addr(addr))
		host_trap("vmalloc_to_page() of memory from vmalloc()");
	if (!khva_lookup((unsigned long)addr, &khva) || !khva.live)
		return NULL;
	return pfn_to_page(khva.pfn);
}

unsigned long vmalloc_to_pfn(const void *addr)
{
	return page_to_pfn(vmalloc_to_page(addr));
}

/* ---- memremap --------------------------------------------------------- */

static struct mapping *memremap_page(unsigned long pfn)
{
	unsigned long n = maps.nr_memremaps++;
	struct mapping *map;

	check_mapped(pfn, "memremap()");
	map = mapping_alloc(MAP_MEMREMAP, MEMREMAP_START + (n << SLOT_SHIFT),
			    1);
	mapping_set_page(map, 0, pfn);
	page_tree_store(&maps.memremaps, n, (unsigned long)map);
	pfnsim_count(CTR_MEMREMAP_LIVE, 1);
	host_note(NOTE_MAP, pfn, map->addr, "memremap");
	return map;
}

void *memremap(resource_size_t offset, size_t size, unsigned long flags)
{
	struct mapping *map = NULL;
	unsigned long pfn = PHYS_PFN(offset);

	might_sleep();
	if (!flags)
		return NULL;
	if (offset_in_page(offset) + size > PAGE_SIZE)
		host_trap("memremap() of more than one page");
	host_enter(CALL_MEMREMAP, NULL, NULL);
	if (page_exists(pfn) && !host_should_fail("memremap"))
		map = memremap_page(pfn);
	host_leave(CALL_MEMREMAP, NULL, NULL);
	return map ? (void *)map->addr + offset_in_page(offset) : NULL;
}

void memunmap(void *addr)
{
	struct mapping *map;

	might_sleep();
	host_enter(CALL_MEMUNMAP, NULL, NULL);
	map = mapping_to_end(addr, MAP_MEMREMAP, "memunmap()");
	if (map) {
		host_note(NOTE_UNMAP, map->pages[0].pfn, map->addr, "memremap");
		pfnsim_count(CTR_MEMREMAP_LIVE, -1);
		mapping_end(map);
	}
	host_leave(CALL_MEMUNMAP, NULL, NULL);
}

/* ---- The end ---------------------------------------------------------- */

static void check_tree(const struct page_tree *tree, const char *call)
{
	const struct mapping *map, *seen = NULL;
	unsigned long n = 0;

	for (; (map = (void *)page_tree_next(tree, &n, ~0UL)); n++) {
		if (map->live && map != seen)
			host_report(V_LEAK, map->pages[0].pfn,
				    "a mapping by %s was never undone", call);
		seen = map;
	}
}

void mappings_check_leaks(void)
{
	check_tree(&maps.kmaps, "kmap()");
	check_tree(&maps.vmaps, "vmap()");
	check_tree(&maps.memremaps, "memremap()");
}
