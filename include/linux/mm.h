/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages, user areas, faults and get_user_pages().
 *
 * A reference to a page belongs to who took it.  Areas may be looked at only
 * under mmap_lock.
 *
 * Fidelity: EMULATED - order-0 pages, one-level page tables, one process.
 * Faults, GUP refusals and their errors are the kernel's.
 */
#ifndef _LINUX_MM_H
#define _LINUX_MM_H

#include <linux/align.h>
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/gfp.h>
#include <linux/minmax.h>
#include <linux/mm_types.h>
#include <linux/mmdebug.h>
#include <linux/mmap_lock.h>
#include <linux/mmzone.h>
#include <linux/overflow.h>
#include <linux/page-flags.h>
#include <linux/page_ref.h>
#include <linux/pgtable.h>
#include <linux/sched.h>
#include <linux/slab.h>

#define offset_in_page(p) ((unsigned long)(p) & ~PAGE_MASK)
#define PAGE_ALIGN(addr) ALIGN(addr, PAGE_SIZE)
#define PAGE_ALIGN_DOWN(addr) ALIGN_DOWN(addr, PAGE_SIZE)
#define PAGE_ALIGNED(addr) IS_ALIGNED((unsigned long)(addr), PAGE_SIZE)

#define VM_NONE 0x0UL
#define VM_READ 0x1UL
#define VM_WRITE 0x2UL
#define VM_EXEC 0x4UL
#define VM_SHARED 0x8UL
#define VM_MAYREAD 0x10UL
#define VM_MAYWRITE 0x20UL
#define VM_MAYEXEC 0x40UL
#define VM_MAYSHARE 0x80UL
#define VM_PFNMAP 0x400UL
#define VM_LOCKED 0x2000UL
#define VM_IO 0x4000UL
#define VM_DONTCOPY 0x20000UL
#define VM_DONTEXPAND 0x40000UL
#define VM_ACCOUNT 0x100000UL
#define VM_NORESERVE 0x200000UL
#define VM_HUGETLB 0x400000UL
#define VM_DONTDUMP 0x4000000UL
#define VM_MIXEDMAP 0x10000000UL

/* ---- Pages and folios ------------------------------------------------- */

void get_page(struct page *page);
void put_page(struct page *page);
/* False, and no reference, where the page is free. */
bool get_page_unless_zero(struct page *page);

static inline bool try_get_page(struct page *page)
{
	return get_page_unless_zero(page);
}

static inline void folio_get(struct folio *folio)
{
	get_page(&folio->page);
}

static inline void folio_put(struct folio *folio)
{
	put_page(&folio->page);
}

void folio_put_refs(struct folio *folio, int refs);

static inline bool folio_try_get(struct folio *folio)
{
	return get_page_unless_zero(&folio->page);
}

static inline unsigned int folio_order(const struct folio *folio)
{
	return 0;
}

static inline long folio_nr_pages(const struct folio *folio)
{
	return 1;
}

static inline size_t folio_size(const struct folio *folio)
{
	return PAGE_SIZE;
}

static inline unsigned long folio_pfn(const struct folio *folio)
{
	return page_to_pfn(&folio->page);
}

static inline struct folio *pfn_folio(unsigned long pfn)
{
	return page_folio(pfn_to_page(pfn));
}

static inline bool folio_mapped(const struct folio *folio)
{
	return folio->mapcount > 0;
}

static inline int folio_mapcount(const struct folio *folio)
{
	return folio->mapcount;
}

static inline bool page_mapped(const struct page *page)
{
	return page->mapcount > 0;
}

/* The page's address in the direct map; it cannot be dereferenced. */
void *page_address(const struct page *page);

static inline void *folio_address(const struct folio *folio)
{
	return page_address(&folio->page);
}

bool set_page_dirty(struct page *page);
bool folio_mark_dirty(struct folio *folio);
bool noop_dirty_folio(struct address_space *mapping, struct folio *folio);

/* ---- kvmalloc and vmalloc addresses ----------------------------------- */

bool is_vmalloc_addr(const void *addr);
struct page *vmalloc_to_page(const void *addr);
unsigned long vmalloc_to_pfn(const void *addr);

/* ---- Areas ------------------------------------------------------------ */

/* The area that ends above @addr, not necessarily around it, or NULL. */
struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr);
/* The area around @addr, or NULL. */
struct vm_area_struct *vma_lookup(struct mm_struct *mm, unsigned long addr);
unsigned long vma_kernel_pagesize(struct vm_area_struct *vma);

static inline unsigned long vma_pages(const struct vm_area_struct *vma)
{
	return (vma->vm_end - vma->vm_start) >> PAGE_SHIFT;
}

static inline void vm_flags_set(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->vm_flags |= flags;
}

static inline void vm_flags_clear(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->vm_flags &= ~flags;
}

static inline void vm_flags_mod(struct vm_area_struct *vma, vm_flags_t set,
				vm_flags_t clear)
{
	vma->vm_flags = (vma->vm_flags | set) & ~clear;
}

static inline void vm_flags_init(struct vm_area_struct *vma, vm_flags_t flags)
{
	vma->vm_flags = flags;
}

static inline bool vma_is_anonymous(const struct vm_area_struct *vma)
{
	return !vma->vm_ops;
}

unsigned long vm_mmap(struct file *file, unsigned long addr, unsigned long len,
		      unsigned long prot, unsigned long flags,
		      unsigned long offset);
int vm_munmap(unsigned long addr, size_t len);

/* ---- Faults ----------------------------------------------------------- */

struct pt_regs;

/* Called with mmap_lock held; VM_FAULT_RETRY means that it was dropped. */
vm_fault_t handle_mm_fault(struct vm_area_struct *vma, unsigned long address,
			   unsigned int flags, struct pt_regs *regs);
int fixup_user_fault(struct mm_struct *mm, unsigned long address,
		     unsigned int fault_flags, bool *unlocked);
vm_fault_t vmf_insert_pfn(struct vm_area_struct *vma, unsigned long addr,
			  unsigned long pfn);
vm_fault_t vmf_insert_pfn_prot(struct vm_area_struct *vma, unsigned long addr,
			       unsigned long pfn, pgprot_t prot);
vm_fault_t vmf_insert_page(struct vm_area_struct *vma, unsigned long addr,
			   struct page *page);
int remap_pfn_range(struct vm_area_struct *vma, unsigned long addr,
		    unsigned long pfn, unsigned long size, pgprot_t prot);

static inline vm_fault_t vmf_error(int err)
{
	if (err == -ENOMEM)
		return VM_FAULT_OOM;
	if (err == -EHWPOISON)
		return VM_FAULT_HWPOISON;
	return VM_FAULT_SIGBUS;
}

/* ---- Looking up user pages -------------------------------------------- */

/* All return the number of pages found, or a negative errno for the first. */
long get_user_pages(unsigned long start, unsigned long nr_pages,
		    unsigned int gup_flags, struct page **pages);
long get_user_pages_unlocked(unsigned long start, unsigned long nr_pages,
			     struct page **pages, unsigned int gup_flags);
int get_user_pages_fast(unsigned long start, int nr_pages,
			unsigned int gup_flags, struct page **pages);
int get_user_pages_fast_only(unsigned long start, int nr_pages,
			     unsigned int gup_flags, struct page **pages);
long pin_user_pages(unsigned long start, unsigned long nr_pages,
		    unsigned int gup_flags, struct page **pages);
long pin_user_pages_unlocked(unsigned long start, unsigned long nr_pages,
			     struct page **pages, unsigned int gup_flags);
int pin_user_pages_fast(unsigned long start, int nr_pages,
			unsigned int gup_flags, struct page **pages);
void unpin_user_page(struct page *page);
void unpin_user_pages(struct page **pages, unsigned long nr_pages);
void unpin_user_folio(struct folio *folio, unsigned long nr_pages);

static inline bool get_user_page_fast_only(unsigned long addr,
					   unsigned int gup_flags,
					   struct page **page)
{
	return get_user_pages_fast_only(addr, 1, gup_flags, page) == 1;
}

/* In: vma, address.  The rest is filled in by follow_pfnmap_start(). */
struct follow_pfnmap_args {
	struct vm_area_struct *vma;
	unsigned long address;
	unsigned long pfn, addr_mask;
	pgprot_t pgprot;
	bool writable, special;
};

/* 0, or -EINVAL where the area is no pfn mapping or nothing is mapped. */
int follow_pfnmap_start(struct follow_pfnmap_args *args);
void follow_pfnmap_end(struct follow_pfnmap_args *args);

/* ---- Page cache, seen from mm ----------------------------------------- */

void truncate_inode_pages(struct address_space *mapping, loff_t start);
void truncate_inode_pages_range(struct address_space *mapping, loff_t start,
				loff_t end);
void truncate_inode_pages_final(struct address_space *mapping);
void truncate_setsize(struct inode *inode, loff_t size);
void truncate_pagecache(struct inode *inode, loff_t size);
void truncate_pagecache_range(struct inode *inode, loff_t start, loff_t end);
void unmap_mapping_pages(struct address_space *mapping, pgoff_t start,
			 pgoff_t nr, bool even_cows);
void unmap_mapping_range(struct address_space *mapping, loff_t start,
			 loff_t len, int even_cows);
void zap_vma_ptes(struct vm_area_struct *vma, unsigned long address,
		  unsigned long size);

/* ---- Memory errors ---------------------------------------------------- */

enum mf_flags {
	MF_COUNT_INCREASED = 0x1,
	MF_ACTION_REQUIRED = 0x2,
	MF_MUST_KILL = 0x4,
	MF_SOFT_OFFLINE = 0x8,
	MF_UNPOISON = 0x10,
	MF_SW_SIMULATED = 0x20,
};

enum mf_result {
	MF_IGNORED,
	MF_FAILED,
	MF_DELAYED,
	MF_RECOVERED,
};

/* 0 where the error was dealt with or will be, else a negative errno. */
int memory_failure(unsigned long pfn, int flags);

#endif /* _LINUX_MM_H */
