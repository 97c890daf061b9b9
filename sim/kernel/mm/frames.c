// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page frames: allocation, references, contents.
 *
 *   frame   0         1 .. nr_frames - 1      last NR_DEVICE_PAGES of the arena
 *   pfn     0x1000    0x1001 ..               0x100000 + i is frame total-1-i
 *   use     zero page allocated in this order device memory, no struct page
 *
 * Fidelity: EMULATED - order 0 only.  Stricter than the kernel: a frame that is
 * not asked to be zero holds poison, and so does a free one.  Freed frames are
 * not used again at all, or the last one first; per-CPU lists and buddies,
 * which make the order hard to predict, do not exist.
 */
#include <linux/pagemap.h>
#include <linux/poison.h>
#include <linux/sched/mm.h>
#include <linux/string.h>
#include <pfnsim/counters.h>
#include <pfnsim/ordered.h>

#include "frames.h"

/* PAGE_POISON of the kernel's page poisoning. */
#define FRAME_POISON 0xaa

static struct {
	unsigned long nr;    /* frames of RAM                               */
	unsigned long total; /* frames of the arena, device memory included */
	unsigned long next;  /* first frame that was never used             */
	struct page *free;   /* freed last, linked by ->private             */
	bool lifo;
} frames;

_Static_assert(sizeof(struct page) <= 64,
	       "struct page is larger than 64 bytes");
_Static_assert(sizeof(struct page) == sizeof(struct folio),
	       "a folio is more than its page");

static struct page *frame_page(unsigned long frame)
{
	return (struct page *)host_memmap.base + frame;
}

bool pfn_valid(unsigned long pfn)
{
	return pfn - FIRST_PFN < frames.nr;
}

bool is_device_pfn(unsigned long pfn)
{
	return pfn - FIRST_DEVICE_PFN < NR_DEVICE_PAGES;
}

bool page_exists(unsigned long pfn)
{
	return pfn_valid(pfn) || is_device_pfn(pfn);
}

struct page *pfn_to_page(unsigned long pfn)
{
	if (!pfn_valid(pfn))
		host_fatal(V_CONTRACT, pfn,
			   "pfn_to_page() of a pfn that has no struct page");
	return frame_page(pfn - FIRST_PFN);
}

unsigned long page_to_pfn(const struct page *page)
{
	unsigned long frame = page - (struct page *)host_memmap.base;

	if (frame >= frames.nr)
		host_fatal(V_CONTRACT, HOST_NO_PFN,
			   "page_to_pfn() of something that is no struct page");
	return FIRST_PFN + frame;
}

void *page_address(const struct page *page)
{
	return __va(page_to_phys(page));
}

struct page *mm_zero_page(void)
{
	return frame_page(0);
}

bool is_zero_pfn(unsigned long pfn)
{
	return pfn == FIRST_PFN;
}

static unsigned long pfn_frame(unsigned long pfn)
{
	if (is_device_pfn(pfn))
		return frames.total - 1 - (pfn - FIRST_DEVICE_PFN);
	return pfn - FIRST_PFN;
}

char *frame_bytes(unsigned long pfn)
{
	return host_frames.base + (pfn_frame(pfn) << PAGE_SHIFT);
}

char *frame_bytes_for_write(unsigned long pfn)
{
	unsigned long frame = pfn_frame(pfn);
	unsigned long end = (frame + 1) << PAGE_SHIFT;

	/* Device memory is at the far end, which would make all of it used. */
	if (host_frames.used < end && frame < frames.nr)
		host_frames.used = end;
	host_frame_dirty(frame);
	return host_frames.base + (frame << PAGE_SHIFT);
}

void page_peek(unsigned long pfn, unsigned long offset, void *buf,
	       unsigned long len)
{
	memcpy(buf, frame_bytes(pfn) + offset, len);
}

void page_poke(unsigned long pfn, unsigned long offset, const void *buf,
	       unsigned long len)
{
	memcpy(frame_bytes_for_write(pfn) + offset, buf, len);
}

unsigned int page_life(unsigned long pfn)
{
	return pfn_valid(pfn) ? pfn_to_page(pfn)->life : 0;
}

bool page_alive(unsigned long pfn, unsigned int life)
{
	struct page *page;

	if (!pfn_valid(pfn))
		return is_device_pfn(pfn);
	page = pfn_to_page(pfn);
	return !page_is_free(page) && page->life == life;
}

/* ---- Allocation ------------------------------------------------------- */

static struct page *take_frame(void)
{
	struct page *page = frames.free;
	unsigned long used;

	if (page) {
		frames.free = (struct page *)page->private;
		return page;
	}
	if (frames.next == frames.nr)
		return NULL;
	page = frame_page(frames.next++);
	used = frames.next * sizeof(*page);
	if (host_memmap.used < used)
		host_memmap.used = used;
	return page;
}

static void fill_frame(struct page *page, bool zero)
{
	unsigned long pfn = page_to_pfn(page);

	/* The host hands out an arena of zeros. */
	if (zero && page->life == 1)
		return;
	memset(frame_bytes_for_write(pfn), zero ? 0 : FRAME_POISON, PAGE_SIZE);
}

struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	struct page *page;

	if (order)
		host_trap("alloc_pages() of more than one page");
	might_alloc(gfp);
	if (!(gfp & __GFP_NOFAIL) && host_should_fail("alloc_page"))
		return NULL;
	page = take_frame();
	if (!page)
		return NULL;
	page->flags = 0;
	page->mapping = NULL;
	page->index = 0;
	page->private = 0;
	page_refs_begin(page);
	page->mapcount = 0;
	page->life++;
	page->state = PAGE_OTHER;
	fill_frame(page, gfp & __GFP_ZERO);
	pfnsim_count(CTR_FRAMES_USED, 1);
	host_note(NOTE_PAGE_ALLOC, page_to_pfn(page), 0, NULL);
	return page;
}

struct folio *folio_alloc(gfp_t gfp, unsigned int order)
{
	return (struct folio *)alloc_pages(gfp, order);
}

void __free_pages(struct page *page, unsigned int order)
{
	if (order)
		host_trap("__free_pages() of more than one page");
	put_page(page);
}

/* What the kernel's free_page_is_bad() looks at. */
static void check_free(const struct page *page, const char *caller)
{
	unsigned long pfn = page_to_pfn(page);

	if (page->mapping)
		host_report(
			V_REFCOUNT, pfn,
			"%s dropped the last reference to a page that is still in a page cache",
			caller);
	if (page->mapcount)
		host_report(
			V_REFCOUNT, pfn,
			"%s dropped the last reference to a page that is still mapped by the process",
			caller);
	if (PageLocked(page))
		host_report(
			V_REFCOUNT, pfn,
			"%s dropped the last reference to a page that is locked",
			caller);
	if (PageNoDirectMap(page))
		host_report(V_LEAK, pfn,
			    "a page was freed without direct map by %s",
			    caller);
}

static void free_frame(struct page *page, const char *caller)
{
	unsigned long pfn = page_to_pfn(page);

	check_free(page, caller);
	mappings_look(page);
	if (PageNoDirectMap(page))
		pfnsim_count(CTR_NO_DIRECT_MAP, -1);
	page->flags &= 1UL << PG_hwpoison;
	page->mapping = NULL;
	page->mapcount = 0;
	page->state = PAGE_FREE;
	memset(frame_bytes_for_write(pfn), FRAME_POISON, PAGE_SIZE);
	pfnsim_count(CTR_FRAMES_USED, -1);
	host_note(NOTE_PAGE_FREE, pfn, 0, NULL);
	/* A poisoned frame is never allocated again. */
	if (!frames.lifo || PageHWPoison(page))
		return;
	page->private = (unsigned long)frames.free;
	frames.free = page;
}

/* ---- References ------------------------------------------------------- */

void get_page(struct page *page)
{
	if (!get_page_unless_zero(page))
		host_report(V_USE_AFTER_FREE, page_to_pfn(page),
			    "get_page() of a free page");
}

void page_drop(struct page *page, const char *caller)
{
	if (page_is_free(page)) {
		host_report(V_DOUBLE_FREE, page_to_pfn(page),
			    "%s of a page that is free already", caller);
		return;
	}
	ordered_release(page);
	if (!page_refs_drop(page))
		return;
	ordered_acquire(page);
	free_frame(page, caller);
}

void put_page(struct page *page)
{
	host_enter(CALL_PUT_PAGE, page, NULL);
	page_drop(page, "put_page()");
	host_leave(CALL_PUT_PAGE, page, NULL);
}

void folio_put_refs(struct folio *folio, int refs)
{
	while (refs--)
		folio_put(folio);
}

/* ---- Start ------------------------------------------------------------ */

void frames_boot(const struct machine_config *config)
{
	struct page *zero = frame_page(0);

	frames.total = host_frames.size >> PAGE_SHIFT;
	frames.nr = min(config->nr_frames, frames.total - NR_DEVICE_PAGES);
	frames.next = 1;
	frames.lifo = config->page_reuse == REUSE_LIFO;
	host_memmap.used = max(host_memmap.used, sizeof(*zero));
	page_refs_begin(zero);
	zero->life = 1;
	zero->state = PAGE_RESERVED;
	SetPageReserved(zero);
}

long mm_view_page(unsigned long pfn, struct page_view *view)
{
	const struct page *page;

	if (!pfn_valid(pfn))
		return -ENOENT;
	page = pfn_to_page(pfn);
	*view = (struct page_view){
		.state = page->state,
		.refs = page_count(page),
		.life = page->life,
		.in_direct_map = !PageNoDirectMap(page),
		.hwpoison = PageHWPoison(page),
		.uptodate = PageUptodate(page),
		.locked = PageLocked(page),
		.index = page->index,
		.inode = page->mapping ? page->mapping->host->i_name : NULL,
	};
	return 0;
}
