// SPDX-License-Identifier: GPL-2.0-only
/*
 * References to pages.
 *
 * The count is a sum: what each of the first tasks took is counted apart, and so
 * is what page tables and page caches have.  Who takes or drops a reference, or
 * looks whether there is any, needs to find one, and looks at its own first: then
 * what others do to theirs makes no difference to a search.
 *
 * Fidelity: EMULATED - the sum is the kernel's count, up to 65535 a part.
 */
#include <linux/mm.h>
#include <linux/page_ref.h>

#include "frames.h"

#define NR_PARTS ARRAY_SIZE(((struct page *)0)->held)
#define SHARED (NR_PARTS - 1)

static unsigned int own_part(void)
{
	return min(host_task, (unsigned int)SHARED);
}

/* A part that is not zero, or NR_PARTS. */
static unsigned int find_part(const struct page *page)
{
	unsigned int part = own_part();

	if (READ_ONCE(page->held[part]))
		return part;
	for (part = NR_PARTS; part--;)
		if (READ_ONCE(page->held[part]))
			return part;
	return NR_PARTS;
}

static void raise(struct page *page, unsigned int part)
{
	if (page->held[part] == 0xffff)
		host_trap("a reference to a page beyond 65535");
	page->held[part]++;
}

bool page_is_free(const struct page *page)
{
	return find_part(page) == NR_PARTS;
}

void page_refs_begin(struct page *page)
{
	raise(page, own_part());
}

bool get_page_unless_zero(struct page *page)
{
	if (page_is_free(page))
		return false;
	raise(page, own_part());
	return true;
}

bool page_refs_drop(struct page *page)
{
	page->held[find_part(page)]--;
	return page_is_free(page);
}

void page_refs_give(struct page *page)
{
	unsigned int part = own_part();

	if (part == SHARED || !page->held[part])
		return;
	raise(page, SHARED);
	page->held[part]--;
}
