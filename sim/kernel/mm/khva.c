// SPDX-License-Identifier: GPL-2.0-only
/*
 * Loads and stores through kernel addresses.
 *
 * Fidelity: EMULATED - every access is checked: the mapping must be live, its
 * page must be the one that was mapped, and what relies on the direct map (kmap
 * as well, as on every 64-bit machine) must find the page there.  The bytes are
 * the frame's present ones even if the access is wrong, as on hardware without
 * a sanitizer.
 */
#include <linux/bits.h>
#include <linux/highmem.h>
#include <linux/string.h>
#include <pfnsim/khva.h>

#include "mappings.h"

static const char *const map_names[] = {
	[MAP_NONE] = "no",
	[MAP_DIRECT] = "a direct map",
	[MAP_KMAP] = "a kmap()",
	[MAP_VMAP] = "a vmap()",
	[MAP_MEMREMAP] = "a memremap()",
};

static void check_access(const struct khva *khva, const char *what)
{
	const char *name = map_names[khva->kind];

	if (!page_alive(khva->pfn, khva->life)) {
		bool reused = !page_is_free(pfn_to_page(khva->pfn));

		host_report(V_USE_AFTER_FREE, khva->pfn,
			    "%s through %s address whose page was freed%s",
			    what, name, reused ? " and allocated again" : "");
	} else if (khva->kind == MAP_DIRECT && !khva->live) {
		host_report(
			V_UNMAPPED_ACCESS, khva->pfn,
			"%s through the direct map, which the page is out of",
			what);
	} else if (!khva->live) {
		host_report(V_UNMAPPED_ACCESS, khva->pfn,
			    "%s through %s address that was unmapped", what,
			    name);
	} else if (khva->kind == MAP_KMAP &&
		   PageNoDirectMap(pfn_to_page(khva->pfn))) {
		host_report(
			V_UNMAPPED_ACCESS, khva->pfn,
			"%s through a kmap() address of a page that is out of the direct map",
			what);
	}
}

static void report_unmapped(const char *what)
{
	host_report(V_UNMAPPED_ACCESS, HOST_NO_PFN,
		    "%s through a kernel address that was never mapped", what);
}

/* The part of an access that lies in one page. */
static int access_page(unsigned long addr, void *buf, unsigned long len,
		       bool write)
{
	const char *what = write ? "write" : "read";
	unsigned long offset = offset_in_page(addr);
	struct khva khva;

	if (!khva_lookup(addr, &khva)) {
		report_unmapped(what);
		return -EFAULT;
	}
	check_access(&khva, what);
	host_note(NOTE_ACCESS, khva.pfn, addr, what);
	if (write)
		page_poke(khva.pfn, offset, buf, len);
	else
		page_peek(khva.pfn, offset, buf, len);
	return 0;
}

static int access_pages(unsigned long addr, void *buf, unsigned long len,
			bool write)
{
	unsigned long part;
	int ret = 0;

	for (; len && !ret; len -= part) {
		part = min(len, PAGE_SIZE - offset_in_page(addr));
		ret = access_page(addr, buf, part, write);
		addr += part;
		buf += part;
	}
	return ret;
}

int khva_read(const void *addr, void *buf, unsigned long len)
{
	int ret;

	host_enter(CALL_KHVA_READ, addr, NULL);
	ret = access_pages((unsigned long)addr, buf, len, false);
	host_leave(CALL_KHVA_READ, addr, NULL);
	return ret;
}

int khva_write(void *addr, const void *buf, unsigned long len)
{
	int ret;

	host_enter(CALL_KHVA_WRITE, addr, NULL);
	ret = access_pages((unsigned long)addr, (void *)buf, len, true);
	host_leave(CALL_KHVA_WRITE, addr, NULL);
	return ret;
}

static bool word_test_and_set(unsigned long addr, unsigned long bit)
{
	unsigned long word, offset = offset_in_page(addr);
	struct khva khva;

	if (offset + sizeof(word) > PAGE_SIZE)
		host_trap("test_and_set_bit() of a word across two pages");
	if (!khva_lookup(addr, &khva)) {
		report_unmapped("write");
		return false;
	}
	check_access(&khva, "write");
	host_note(NOTE_ACCESS, khva.pfn, addr, "write");
	page_peek(khva.pfn, offset, &word, sizeof(word));
	if (word & bit)
		return true;
	word |= bit;
	page_poke(khva.pfn, offset, &word, sizeof(word));
	return false;
}

bool khva_test_and_set_bit(unsigned long nr, unsigned long *addr)
{
	unsigned long *word = addr + nr / BITS_PER_LONG;
	bool old;

	host_enter(CALL_KHVA_WRITE, word, NULL);
	old = word_test_and_set((unsigned long)word, BIT(nr % BITS_PER_LONG));
	host_leave(CALL_KHVA_WRITE, word, NULL);
	return old;
}

long khva_touch_begin(unsigned long addr, bool write, void *page)
{
	const char *what = write ? "write" : "read";
	struct khva khva;

	if (!khva_lookup(addr, &khva)) {
		report_unmapped(what);
		return -EFAULT;
	}
	check_access(&khva, what);
	host_note(NOTE_ACCESS, khva.pfn, addr, what);
#ifdef PFNSIM_NATIVE
	*(char **)page = frame_bytes_for_write(khva.pfn);
#else
	page_peek(khva.pfn, 0, page, PAGE_SIZE);
#endif
	return 0;
}

/* Only what was written, so that a load leaves the frame clean. */
void khva_touch_end(unsigned long addr, const void *page)
{
	unsigned char old[64];
	struct khva khva;
	unsigned int at;

	khva_lookup(addr, &khva);
	for (at = 0; at < PAGE_SIZE; at += sizeof(old)) {
		page_peek(khva.pfn, at, old, sizeof(old));
		if (memcmp(old, page + at, sizeof(old)))
			page_poke(khva.pfn, at, page + at, sizeof(old));
	}
}
