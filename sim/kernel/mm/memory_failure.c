// SPDX-License-Identifier: GPL-2.0-only
/*
 * Uncorrectable errors of memory.
 *
 * Fidelity: EMULATED - after mm/memory-failure.c: mark the page, take a
 * reference, lock, unmap from the process (its entries become poisoned), let
 * the file system remove the folio, with the folio locked all the while.  No
 * process is killed; a later access finds the poisoned entry.
 */
#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/pagemap.h>
#include <linux/rmap.h>
#include <pfnsim/counters.h>
#include <pfnsim/counters.h>
#include <pfnsim/outside.h>

#include "filemap.h"
#include "user.h"

static DEFINE_MUTEX(mf_mutex);

static const struct zap poison_zap = {
	.event = MMU_NOTIFY_CLEAR,
	.action = ZAP_HWPOISON,
};

static void poison_area(struct vm_area_struct *vma, unsigned long addr,
			struct folio *folio)
{
	struct zap zap = poison_zap;

	zap.folio = folio;
	zap_area(vma, addr, addr + PAGE_SIZE, &zap);
}

static void poison_file_entries(struct folio *folio)
{
	struct address_space *mapping = folio->mapping;
	struct vm_area_struct *vma;

	i_mmap_lock_read(mapping);
	list_for_each_entry(vma, &mapping->i_mmap, shared_link) {
		pgoff_t offset = folio->index - vma->vm_pgoff;

		if (offset < vma_pages(vma))
			poison_area(vma, vma->vm_start + (offset << PAGE_SHIFT),
				    folio);
	}
	i_mmap_unlock_read(mapping);
}

/* hwpoison_user_mappings(): whether no entry maps the folio any more. */
static bool poison_entries(struct folio *folio)
{
	struct vm_area_struct *vma;
	unsigned long addr;

	if (!folio_mapped(folio))
		return true;
	if (folio->mapping) {
		poison_file_entries(folio);
	} else if (folio_test_anon(folio)) {
		vma = anon_page_area(&folio->page, &addr);
		if (vma)
			poison_area(vma, addr, folio);
	}
	return !folio_mapped(folio);
}

/* me_pagecache_clean() and me_swapcache_dirty(): with the folio locked. */
static enum mf_result remove_from_use(struct folio *folio)
{
	struct address_space *mapping = folio->mapping;
	enum mf_result result = MF_FAILED;

	if (folio_test_anon(folio))
		return folio_ref_count(folio) == 1 ? MF_RECOVERED : MF_FAILED;
	if (!mapping)
		return MF_IGNORED;
	if (mapping->a_ops->error_remove_folio &&
	    !outside(mapping->a_ops->error_remove_folio(mapping, folio)))
		result = MF_RECOVERED;
	/* Nobody but memory_failure() may still hold it. */
	if (result == MF_RECOVERED && folio_ref_count(folio) != 1)
		result = MF_FAILED;
	return result;
}

static int result_errno(enum mf_result result)
{
	return result == MF_RECOVERED || result == MF_DELAYED ? 0 : -EBUSY;
}

static enum mf_result handle_page(struct page *page)
{
	struct folio *folio = page_folio(page);
	enum mf_result result;

	folio_lock(folio);
	if (poison_entries(folio))
		result = remove_from_use(folio);
	else
		result = MF_FAILED;
	folio_unlock(folio);
	return result;
}

static int fail_page(struct page *page, int flags)
{
	if (TestSetPageHWPoison(page)) {
		if (flags & MF_COUNT_INCREASED)
			put_page(page);
		return -EHWPOISON;
	}
	if (!(flags & MF_COUNT_INCREASED) && !get_page_unless_zero(page))
		/* A free page is just never allocated again. */
		return 0;
	/*
	 * The reference stays for good: the frame is never used again, and
	 * nobody misses it.
	 */
	pfnsim_count(CTR_FRAMES_USED, -1);
	return result_errno(handle_page(page));
}

int memory_failure(unsigned long pfn, int flags)
{
	int ret;

	might_sleep();
	if (!pfn_valid(pfn))
		return -ENXIO;
	host_enter(CALL_MEMORY_FAILURE, pfn_to_page(pfn), NULL);
	mutex_lock(&mf_mutex);
	ret = fail_page(pfn_to_page(pfn), flags);
	mutex_unlock(&mf_mutex);
	host_leave(CALL_MEMORY_FAILURE, pfn_to_page(pfn), NULL);
	return ret;
}
