// SPDX-License-Identifier: GPL-2.0-only
/*
 * Page faults of the process.
 *
 * Fidelity: EMULATED - after mm/memory.c: anonymous zero pages and their
 * replacement on the first store (with notifiers), shared file mappings through
 * ->fault(), NUMA-hinting entries, migration entries, poisoned entries.  There
 * is no copy on write of files, no fault-around, no per-VMA lock, and
 * mmap_lock is never dropped: VM_FAULT_RETRY comes from ->fault() only.
 */
#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/pagemap.h>
#include <pfnsim/outside.h>

#include "filemap.h"
#include "user.h"

static bool vma_shared(const struct vm_area_struct *vma)
{
	return vma->vm_flags & VM_SHARED;
}

/* ---- Anonymous memory ------------------------------------------------- */

static struct page *anon_page_alloc(struct vm_area_struct *vma,
				    unsigned long addr)
{
	struct page *page = alloc_page(GFP_HIGHUSER_MOVABLE | __GFP_ZERO);

	if (!page)
		return NULL;
	page->state = PAGE_ANON;
	page->private = (unsigned long)vma->vm_mm;
	page->index = addr >> PAGE_SHIFT;
	page->flags |= 1UL << PG_anon | 1UL << PG_swapbacked | 1UL << PG_lru |
		       1UL << PG_uptodate;
	return page;
}

static vm_fault_t anon_new_page(struct vm_area_struct *vma, unsigned long addr,
				user_pte old)
{
	struct page *page = anon_page_alloc(vma, addr);
	bool write = vma->vm_flags & VM_WRITE;

	if (!page)
		return VM_FAULT_OOM;
	if (!pte_install(vma, addr, old,
			 pte_make(page_to_pfn(page), PTE_PRESENT, write)))
		put_page(page);
	return 0;
}

static vm_fault_t anon_fault(struct vm_area_struct *vma, unsigned long addr,
			     unsigned int flags)
{
	user_pte zero = pte_make(page_to_pfn(mm_zero_page()), PTE_PRESENT,
				 false);

	if (flags & FAULT_FLAG_WRITE)
		return anon_new_page(vma, addr, PTE_NONE);
	pte_install(vma, addr, PTE_NONE, zero);
	return 0;
}

/* The first store to a zero page: wp_page_copy(). */
static vm_fault_t replace_zero_page(struct vm_area_struct *vma,
				    unsigned long addr, user_pte old)
{
	struct mmu_notifier_range range;
	vm_fault_t ret;

	mmu_notifier_range_init(&range, MMU_NOTIFY_CLEAR, 0, vma->vm_mm, addr,
				addr + PAGE_SIZE);
	mmu_notifier_invalidate_range_start(&range);
	ret = anon_new_page(vma, addr, old);
	mmu_notifier_invalidate_range_end(&range);
	return ret;
}

/* ---- Files ------------------------------------------------------------ */

#define FAULT_FAILED (VM_FAULT_ERROR | VM_FAULT_NOPAGE | VM_FAULT_RETRY)

/* ->fault() found a page that had a memory error: nobody may map it. */
static vm_fault_t refuse_poisoned(struct folio *folio, vm_fault_t ret)
{
	if (ret & VM_FAULT_LOCKED) {
		if (folio_mapped(folio))
			unmap_mapping_folio(folio);
		folio_unlock(folio);
	}
	folio_put(folio);
	return VM_FAULT_HWPOISON;
}

/* Calls ->fault(); on success the page is locked and has a reference. */
static vm_fault_t file_page(struct vm_fault *vmf)
{
	vm_fault_t ret = outside(vmf->vma->vm_ops->fault(vmf));
	struct folio *folio;

	if (ret & FAULT_FAILED)
		return ret;
	folio = page_folio(vmf->page);
	if (folio_test_hwpoison(folio))
		return refuse_poisoned(folio, ret);
	if (!(ret & VM_FAULT_LOCKED))
		folio_lock(folio);
	else if (!folio_test_locked(folio))
		host_report(
			V_CONTRACT, folio_pfn(folio),
			"->fault() returned VM_FAULT_LOCKED with a folio that is not locked");
	return ret;
}

static vm_fault_t file_fault(struct vm_area_struct *vma, unsigned long addr,
			     unsigned int flags)
{
	struct vm_fault vmf = {
		.vma = vma,
		.address = addr,
		.real_address = addr,
		.pgoff = vma->vm_pgoff + ((addr - vma->vm_start) >> PAGE_SHIFT),
		.flags = flags,
		.gfp_mask = GFP_KERNEL,
	};
	struct folio *folio;
	user_pte pte;
	vm_fault_t ret;

	if (!vma->vm_ops->fault)
		return VM_FAULT_SIGBUS;
	if (!vma_shared(vma))
		host_trap("fault in a private mapping of a file");
	ret = file_page(&vmf);
	if (ret & FAULT_FAILED)
		return ret;
	folio = page_folio(vmf.page);
	if (flags & FAULT_FLAG_WRITE)
		folio_mark_dirty(folio);
	pte = pte_make(folio_pfn(folio), PTE_PRESENT, vma->vm_flags & VM_WRITE);
	if (!pte_install(vma, addr, PTE_NONE, pte))
		ret |= VM_FAULT_NOPAGE;
	folio_unlock(folio);
	if (ret & VM_FAULT_NOPAGE)
		folio_put(folio);
	return ret & ~VM_FAULT_LOCKED;
}

/* ---- Entries that are not usable -------------------------------------- */

static vm_fault_t present_fault(struct vm_area_struct *vma, unsigned long addr,
				user_pte pte, unsigned int flags)
{
	if (pte_usable(pte, flags & FAULT_FLAG_WRITE))
		return 0;
	if (is_zero_pfn(pte_pfn(pte)) && vma_is_anonymous(vma))
		return replace_zero_page(vma, addr, pte);
	pte_install(vma, addr, pte, pte | PTE_WRITE);
	return 0;
}

static vm_fault_t handle_entry(struct vm_area_struct *vma, unsigned long addr,
			       unsigned int flags)
{
	user_pte pte = pte_load(vma, addr);

	switch (pte_kind(pte)) {
	case PTE_NONE:
		return vma_is_anonymous(vma) ? anon_fault(vma, addr, flags) :
					       file_fault(vma, addr, flags);
	case PTE_PRESENT:
		return present_fault(vma, addr, pte, flags);
	case PTE_PROTNONE:
		pte_install(vma, addr, pte, pte_with_kind(pte, PTE_PRESENT));
		return 0;
	case PTE_MIGRATION:
		folio_wait_locked(pfn_folio(pte_pfn(pte)));
		return 0;
	case PTE_HWPOISON:
		return VM_FAULT_HWPOISON;
	}
	return VM_FAULT_SIGSEGV;
}

vm_fault_t handle_mm_fault(struct vm_area_struct *vma, unsigned long address,
			   unsigned int flags, struct pt_regs *regs)
{
	vm_fault_t ret;

	might_sleep();
	mmap_assert_locked(vma->vm_mm);
	host_enter(CALL_HANDLE_MM_FAULT, vma->vm_mm, NULL);
	ret = handle_entry(vma, address & PAGE_MASK, flags);
	host_leave(CALL_HANDLE_MM_FAULT, vma->vm_mm, NULL);
	return ret;
}

/* ---- Entries made by drivers ------------------------------------------ */

vm_fault_t vmf_insert_pfn(struct vm_area_struct *vma, unsigned long addr,
			  unsigned long pfn)
{
	if (!(vma->vm_flags & VM_PFNMAP))
		host_report(V_CONTRACT, pfn,
			    "vmf_insert_pfn() into an area without VM_PFNMAP");
	pte_install(vma, addr, PTE_NONE,
		    pte_make(pfn, PTE_PRESENT, vma->vm_flags & VM_WRITE));
	return VM_FAULT_NOPAGE;
}

vm_fault_t vmf_insert_pfn_prot(struct vm_area_struct *vma, unsigned long addr,
			       unsigned long pfn, pgprot_t prot)
{
	return vmf_insert_pfn(vma, addr, pfn);
}

vm_fault_t vmf_insert_page(struct vm_area_struct *vma, unsigned long addr,
			   struct page *page)
{
	get_page(page);
	if (!pte_install(vma, addr, PTE_NONE,
			 pte_make(page_to_pfn(page), PTE_PRESENT,
				  vma->vm_flags & VM_WRITE)))
		put_page(page);
	return VM_FAULT_NOPAGE;
}

int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr,
		    unsigned long pfn, unsigned long size, pgprot_t prot)
{
	unsigned long end = addr + size;

	vm_flags_set(vma, VM_IO | VM_PFNMAP | VM_DONTEXPAND | VM_DONTDUMP);
	for (; addr < end; addr += PAGE_SIZE)
		vmf_insert_pfn(vma, addr, pfn++);
	return 0;
}

static vm_fault_t device_fault(struct vm_fault *vmf)
{
	return vmf_insert_pfn(vmf->vma, vmf->address,
			      FIRST_DEVICE_PFN + vmf->pgoff);
}

/* Device memory as a driver would map it: no struct page, refilled on demand. */
const struct vm_operations_struct device_vm_ops = {
	.fault = device_fault,
};
