// SPDX-License-Identifier: GPL-2.0-only
/*
 * Looking up pages of the process: get_user_pages() and follow_pfnmap_start().
 *
 * Fidelity: EMULATED - after mm/gup.c.  The fast walk looks at the page table
 * only and takes no lock; the slow one takes mmap_lock, asks the area, and
 * faults.  A pinned page is one with a reference more.  There is no
 * cond_resched() inside, and no signal ever interrupts.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/pagemap.h>
#include <linux/secretmem.h>
#include <pfnsim/counters.h>

#include "user.h"

/* Internal: the lock may be dropped, as for get_user_pages_unlocked(). */
#define FOLL_UNLOCKABLE (1 << 20)
#define FOLL_TRIED (1 << 21)

/* ---- Refusals --------------------------------------------------------- */

static bool no_direct_map(const struct address_space *mapping)
{
	return mapping && mapping_no_direct_map(mapping);
}

static bool vma_no_direct_map(const struct vm_area_struct *vma)
{
	return vma->vm_file && no_direct_map(vma->vm_file->f_mapping);
}

static int check_vma_flags(struct vm_area_struct *vma, unsigned int gup_flags)
{
	vm_flags_t wanted = gup_flags & FOLL_WRITE ? VM_WRITE : VM_READ;

	if (vma->vm_flags & (VM_IO | VM_PFNMAP))
		return -EFAULT;
	if (gup_flags & FOLL_ANON && !vma_is_anonymous(vma))
		return -EFAULT;
	if (vma_is_secretmem(vma) || vma_no_direct_map(vma))
		return -EFAULT;
	return vma->vm_flags & wanted ? 0 : -EFAULT;
}

static int fault_errno(vm_fault_t fault, unsigned int gup_flags)
{
	if (fault & VM_FAULT_OOM)
		return -ENOMEM;
	if (fault & (VM_FAULT_HWPOISON | VM_FAULT_HWPOISON_LARGE))
		return gup_flags & FOLL_HWPOISON ? -EHWPOISON : -EFAULT;
	return fault & VM_FAULT_ERROR ? -EFAULT : 0;
}

/* ---- One page --------------------------------------------------------- */

static void grab(struct page *page, struct page **out)
{
	if (!out)
		return;
	/* The zero page is not counted by entries, but it is by users. */
	get_page(page);
	mappings_renew(page);
	*out = page;
}

/* The fast walk: no lock, no fault, no area. */
static bool fast_page(unsigned long addr, unsigned int gup_flags,
		      struct page **out)
{
	const struct vm_area_struct *vma = vma_lookup(the_mm, addr);
	struct page *page;
	user_pte pte;

	if (!vma || vma->vm_flags & (VM_IO | VM_PFNMAP))
		return false;
	pte = pte_load(vma, addr);
	if (!pte_usable(pte, gup_flags & FOLL_WRITE))
		return false;
	page = pfn_to_page(pte_pfn(pte));
	/* A page without a mapping was truncated: the slow walk decides. */
	if (!PageAnon(page) && !is_zero_pfn(pte_pfn(pte)) &&
	    (!page->mapping || no_direct_map(page->mapping)))
		return false;
	if (page_is_free(page))
		return false;
	grab(page, out);
	return true;
}

static int fault_in(struct vm_area_struct *vma, unsigned long addr,
		    unsigned int gup_flags, bool *locked)
{
	unsigned int flags = 0;
	vm_fault_t fault;
	int err;

	if (gup_flags & FOLL_NOFAULT)
		return -EFAULT;
	if (gup_flags & FOLL_WRITE)
		flags |= FAULT_FLAG_WRITE;
	if (gup_flags & FOLL_UNLOCKABLE)
		flags |= FAULT_FLAG_ALLOW_RETRY | FAULT_FLAG_KILLABLE;
	if (gup_flags & FOLL_NOWAIT)
		flags |= FAULT_FLAG_ALLOW_RETRY | FAULT_FLAG_RETRY_NOWAIT;
	if (gup_flags & FOLL_TRIED)
		flags |= FAULT_FLAG_TRIED;
	fault = handle_mm_fault(vma, addr, flags, NULL);
	err = fault_errno(fault, gup_flags);
	if (err)
		return err;
	if (!(fault & VM_FAULT_RETRY))
		return 0;
	if (flags & FAULT_FLAG_ALLOW_RETRY &&
	    !(flags & FAULT_FLAG_RETRY_NOWAIT))
		*locked = false;
	return -EBUSY;
}

/*
 * The slow walk, with mmap_lock held.  1, or a negative errno; 0 where a
 * fault could not be completed, with *@locked false if it dropped mmap_lock.
 */
static int slow_page(unsigned long addr, unsigned int gup_flags,
		     struct page **out, bool *locked)
{
	struct vm_area_struct *vma = vma_lookup(the_mm, addr);
	user_pte pte;
	int ret;

	if (!vma)
		return -EFAULT;
	ret = check_vma_flags(vma, gup_flags);
	if (ret)
		return ret;
	for (;;) {
		pte = pte_load(vma, addr);
		if (pte_usable(pte, gup_flags & FOLL_WRITE)) {
			grab(pfn_to_page(pte_pfn(pte)), out);
			return 1;
		}
		ret = fault_in(vma, addr, gup_flags, locked);
		if (ret == -EBUSY)
			return 0;
		if (ret)
			return ret;
	}
}

/* ---- Several pages ---------------------------------------------------- */

/* Returns what was found before the first failure, else its errno. */
static long slow_pages(unsigned long start, unsigned long nr_pages,
		       unsigned int gup_flags, struct page **pages,
		       bool *locked)
{
	unsigned long i;
	int ret = 0;

	for (i = 0; i < nr_pages; i++) {
		ret = slow_page((start & PAGE_MASK) + (i << PAGE_SHIFT),
				gup_flags, pages ? &pages[i] : NULL, locked);
		if (ret != 1)
			break;
	}
	return i ? i : ret;
}

/* The caller holds mmap_lock and keeps it. */
static long gup_locked(unsigned long start, unsigned long nr_pages,
		       unsigned int gup_flags, struct page **pages)
{
	bool locked = true;
	long ret;

	might_sleep();
	mmap_assert_locked(the_mm);
	host_enter(CALL_GUP, the_mm, NULL);
	pfnsim_count(CTR_GUP, 1);
	ret = slow_pages(start, nr_pages, gup_flags, pages, &locked);
	host_leave(CALL_GUP, the_mm, NULL);
	return ret;
}

static long unlocked_pages(unsigned long start, unsigned long nr_pages,
			   struct page **pages, unsigned int gup_flags)
{
	unsigned long done = 0;
	bool locked;
	long ret;

	gup_flags |= FOLL_UNLOCKABLE;
	do {
		mmap_read_lock(the_mm);
		locked = true;
		ret = slow_pages(start + (done << PAGE_SHIFT), nr_pages - done,
				 gup_flags, pages ? pages + done : NULL,
				 &locked);
		if (locked)
			mmap_read_unlock(the_mm);
		if (ret > 0)
			done += ret;
		gup_flags |= FOLL_TRIED;
	} while (!locked && done < nr_pages);
	if (!done && !ret && !(gup_flags & FOLL_NOWAIT)) {
		host_report(
			V_WARN, HOST_NO_PFN,
			"get_user_pages_unlocked() got nothing and no error");
		ret = -EFAULT;
	}
	return done ? done : ret;
}

static long gup_unlocked(unsigned long start, unsigned long nr_pages,
			 struct page **pages, unsigned int gup_flags)
{
	long ret;

	might_sleep();
	host_enter(CALL_GUP, the_mm, NULL);
	pfnsim_count(CTR_GUP, 1);
	ret = unlocked_pages(start, nr_pages, pages, gup_flags);
	host_leave(CALL_GUP, the_mm, NULL);
	return ret;
}

static int fast_pages(unsigned long start, int nr_pages, unsigned int gup_flags,
		      struct page **pages)
{
	int done = 0;

	while (done < nr_pages &&
	       fast_page((start & PAGE_MASK) +
				 ((unsigned long)done << PAGE_SHIFT),
			 gup_flags, pages ? &pages[done] : NULL))
		done++;
	return done;
}

/* A lookup that succeeds passes the point of get_user_pages(). */
static int gup_fast(unsigned long start, int nr_pages, unsigned int gup_flags,
		    struct page **pages)
{
	int done;

	host_enter(CALL_GUP_FAST, the_mm, NULL);
	pfnsim_count(CTR_GUP, 1);
	done = fast_pages(start, nr_pages, gup_flags, pages);
	host_leave(done ? CALL_GUP : CALL_GUP_FAST, the_mm, NULL);
	return done;
}

static long gup_fast_then_slow(unsigned long start, int nr_pages,
			       unsigned int gup_flags, struct page **pages)
{
	int done = gup_fast(start, nr_pages, gup_flags, pages);
	long ret;

	if (done == nr_pages)
		return done;
	ret = gup_unlocked(start + ((unsigned long)done << PAGE_SHIFT),
			   nr_pages - done, pages ? pages + done : NULL,
			   gup_flags);
	if (ret < 0)
		return done ? done : ret;
	return done + ret;
}

/* ---- The kernel's entry points ---------------------------------------- */

long get_user_pages(unsigned long start, unsigned long nr_pages,
		    unsigned int gup_flags, struct page **pages)
{
	return gup_locked(start, nr_pages, gup_flags, pages);
}

long get_user_pages_unlocked(unsigned long start, unsigned long nr_pages,
			     struct page **pages, unsigned int gup_flags)
{
	return gup_unlocked(start, nr_pages, pages, gup_flags);
}

int get_user_pages_fast(unsigned long start, int nr_pages,
			unsigned int gup_flags, struct page **pages)
{
	might_sleep();
	return gup_fast_then_slow(start, nr_pages, gup_flags, pages);
}

int get_user_pages_fast_only(unsigned long start, int nr_pages,
			     unsigned int gup_flags, struct page **pages)
{
	return gup_fast(start, nr_pages, gup_flags, pages);
}

long pin_user_pages(unsigned long start, unsigned long nr_pages,
		    unsigned int gup_flags, struct page **pages)
{
	return gup_locked(start, nr_pages, gup_flags, pages);
}

long pin_user_pages_unlocked(unsigned long start, unsigned long nr_pages,
			     struct page **pages, unsigned int gup_flags)
{
	return gup_unlocked(start, nr_pages, pages, gup_flags);
}

int pin_user_pages_fast(unsigned long start, int nr_pages,
			unsigned int gup_flags, struct page **pages)
{
	might_sleep();
	return gup_fast_then_slow(start, nr_pages, gup_flags, pages);
}

void unpin_user_page(struct page *page)
{
	put_page(page);
}

void unpin_user_pages(struct page **pages, unsigned long nr_pages)
{
	while (nr_pages--)
		put_page(*pages++);
}

void unpin_user_folio(struct folio *folio, unsigned long nr_pages)
{
	folio_put_refs(folio, nr_pages);
}

/* ---- Areas without pages ---------------------------------------------- */

int follow_pfnmap_start(struct follow_pfnmap_args *args)
{
	struct vm_area_struct *vma = args->vma;
	user_pte pte;

	mmap_assert_locked(vma->vm_mm);
	if (args->address < vma->vm_start || args->address >= vma->vm_end ||
	    !(vma->vm_flags & (VM_IO | VM_PFNMAP)))
		return -EINVAL;
	host_enter(CALL_GUP, vma->vm_mm, NULL);
	pte = pte_load(vma, args->address);
	args->pfn = pte_pfn(pte);
	args->addr_mask = PAGE_MASK;
	args->pgprot = vma->vm_page_prot;
	args->writable = pte & PTE_WRITE;
	args->special = true;
	host_leave(CALL_GUP, vma->vm_mm, NULL);
	return pte_kind(pte) == PTE_PRESENT ? 0 : -EINVAL;
}

/* STUB: an entry is read in one step, so that there is no lock to give back. */
void follow_pfnmap_end(struct follow_pfnmap_args *args)
{
}

int fixup_user_fault(struct mm_struct *mm, unsigned long address,
		     unsigned int fault_flags, bool *unlocked)
{
	bool write = fault_flags & FAULT_FLAG_WRITE;
	struct vm_area_struct *vma;
	vm_fault_t fault;

	if (unlocked)
		fault_flags |= FAULT_FLAG_ALLOW_RETRY | FAULT_FLAG_KILLABLE;
	for (;;) {
		vma = vma_lookup(mm, address);
		if (!vma || !(vma->vm_flags & (write ? VM_WRITE : VM_READ)))
			return -EFAULT;
		fault = handle_mm_fault(vma, address, fault_flags, NULL);
		if (fault & VM_FAULT_ERROR)
			return fault_errno(fault, 0);
		if (!(fault & VM_FAULT_RETRY))
			return 0;
		mmap_read_lock(mm);
		if (unlocked)
			*unlocked = true;
		fault_flags |= FAULT_FLAG_TRIED;
	}
}
