// SPDX-License-Identifier: GPL-2.0-only
/*
 * The direct map: which pages have their address there, and the functions that
 * reach a page's contents through it.
 *
 * Fidelity: EMULATED - one bit per page, effective at once.  Reaching a page
 * that is out of the direct map is a V_UNMAPPED_ACCESS where the kernel would
 * take a page fault and die; the access takes place all the same.
 */
#include <linux/highmem.h>
#include <linux/set_memory.h>
#include <linux/string.h>
#include <pfnsim/counters.h>

#include "frames.h"

void check_direct_map(const struct page *page, const char *what)
{
	unsigned long pfn = page_to_pfn(page);

	if (page_is_free(page))
		host_report(V_USE_AFTER_FREE, pfn, "%s of a free page", what);
	else if (PageNoDirectMap(page))
		host_report(V_UNMAPPED_ACCESS, pfn,
			    "%s of a page that is out of the direct map", what);
}

static void direct_map_set(struct page *page, bool present)
{
	if (PageNoDirectMap(page) == !present)
		return;
	mappings_look(page);
	if (present)
		ClearPageNoDirectMap(page);
	else
		SetPageNoDirectMap(page);
	pfnsim_count(CTR_NO_DIRECT_MAP, present ? -1 : 1);
	host_note(present ? NOTE_RESTORE_DIRECT : NOTE_ZAP_DIRECT,
		  page_to_pfn(page), 0, NULL);
}

/* Splitting a large mapping may need memory; putting a page back never does. */
static int direct_map_change(struct page *page, bool present)
{
	enum shim_call call = present ? CALL_DIRECT_MAP_RESTORE :
					CALL_DIRECT_MAP_ZAP;
	int ret = 0;

	host_enter(call, page, NULL);
	if (page_is_free(page))
		host_report(V_USE_AFTER_FREE, page_to_pfn(page),
			    "the direct map of a free page is changed");
	if (!present && host_should_fail("direct_map"))
		ret = -ENOMEM;
	else
		direct_map_set(page, present);
	host_leave(call, page, NULL);
	return ret;
}

int pfnsim_direct_map_set(struct page *page, unsigned int nr, bool valid)
{
	int ret = 0;

	while (nr-- && !ret)
		ret = direct_map_change(page++, valid);
	return ret;
}

bool kernel_page_present(struct page *page)
{
	return !PageNoDirectMap(page);
}

int folio_zap_direct_map(struct folio *folio)
{
	return direct_map_change(&folio->page, false);
}

int folio_restore_direct_map(struct folio *folio)
{
	return direct_map_change(&folio->page, true);
}

/* ---- Contents, by page ------------------------------------------------ */

void clear_highpage(struct page *page)
{
	check_direct_map(page, "clear_highpage()");
	memset(frame_bytes_for_write(page_to_pfn(page)), 0, PAGE_SIZE);
}

void clear_page(void *addr)
{
	clear_highpage(virt_to_page(addr));
}

void copy_highpage(struct page *to, struct page *from)
{
	check_direct_map(to, "copy_highpage()");
	check_direct_map(from, "copy_highpage()");
	memcpy(frame_bytes_for_write(page_to_pfn(to)),
	       frame_bytes(page_to_pfn(from)), PAGE_SIZE);
}

static void check_within(size_t offset, size_t len, const char *what)
{
	if (offset > PAGE_SIZE || len > PAGE_SIZE - offset)
		host_fatal(V_CONTRACT, HOST_NO_PFN,
			   "%s beyond the end of the page", what);
}

void memcpy_from_page(char *to, struct page *page, size_t offset, size_t len)
{
	check_within(offset, len, "memcpy_from_page()");
	check_direct_map(page, "memcpy_from_page()");
	page_peek(page_to_pfn(page), offset, to, len);
}

void memcpy_to_page(struct page *page, size_t offset, const char *from,
		    size_t len)
{
	check_within(offset, len, "memcpy_to_page()");
	check_direct_map(page, "memcpy_to_page()");
	page_poke(page_to_pfn(page), offset, from, len);
}

void memzero_page(struct page *page, size_t offset, size_t len)
{
	check_within(offset, len, "memzero_page()");
	check_direct_map(page, "memzero_page()");
	memset(frame_bytes_for_write(page_to_pfn(page)) + offset, 0, len);
}
