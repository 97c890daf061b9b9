// SPDX-License-Identifier: GPL-2.0-only
/*
 * Start, end and views of memory management.
 *
 * Fidelity: EMULATED - the emulation's own interface, see mm_internal.h.
 */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <pfnsim/counters.h>

#include "mappings.h"
#include "user.h"

void mm_boot(const struct machine_config *config)
{
	frames_boot(config);
	mappings_boot(config->vmap_bytes);
}

void mm_check_leaks(void)
{
	unsigned long pfn;

	mappings_check_leaks();
	slab_check_leaks();
	for (pfn = FIRST_PFN + 1; pfn_valid(pfn); pfn++) {
		const struct page *page = pfn_to_page(pfn);

		/* Frames are given out in order. */
		if (!page->life)
			break;
		if (!page_is_free(page) && !PageHWPoison(page))
			host_report(
				V_LEAK, pfn,
				"a page was never freed, %d references are left",
				page_count(page));
	}
}

unsigned long mm_view_pte(unsigned long uva)
{
	user_pte pte = the_mm ? pte_walk(the_mm, uva) : PTE_NONE;

	return pte_kind(pte) == PTE_PRESENT ? pte_pfn(pte) : HOST_NO_PFN;
}

/* The page that a fault at @uva would find in the file, if any. */
static unsigned long file_page_at(const struct vm_area_struct *vma,
				  unsigned long uva)
{
	unsigned long index = vma->vm_pgoff +
			      ((uva - vma->vm_start) >> PAGE_SHIFT);

	if (vma->vm_flags & VM_PFNMAP)
		return FIRST_DEVICE_PFN + index;
	return vma->vm_file ? mm_view_file_page(vma->vm_file, index) :
			      HOST_NO_PFN;
}

unsigned long mm_view_user_page(unsigned long uva)
{
	const struct vm_area_struct *vma;
	user_pte pte;

	vma = the_mm ? vma_lookup(the_mm, uva) : NULL;
	if (!vma)
		return HOST_NO_PFN;
	pte = pte_load(vma, uva);
	switch (pte_kind(pte)) {
	case PTE_NONE:
		return file_page_at(vma, uva);
	case PTE_HWPOISON:
		return HOST_NO_PFN;
	default:
		return pte_pfn(pte);
	}
}
