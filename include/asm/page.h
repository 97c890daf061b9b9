/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Pages of the emulated machine: 4 KiB, x86-64's direct map and user window.
 *
 * Fidelity: EMULATED - the constants are x86-64's with four-level paging.  An
 * address in the direct map names a page but cannot be dereferenced; accesses
 * go through khva_read() and khva_write().
 */
#ifndef _ASM_PAGE_H
#define _ASM_PAGE_H

#include <linux/types.h>

#define PAGE_SHIFT 12
#define PAGE_SIZE (1UL << PAGE_SHIFT)
#define PAGE_MASK (~(PAGE_SIZE - 1))

#define PMD_SHIFT 21
#define PMD_SIZE (1UL << PMD_SHIFT)
#define PMD_MASK (~(PMD_SIZE - 1))
#define PUD_SHIFT 30
#define PUD_SIZE (1UL << PUD_SHIFT)
#define PUD_MASK (~(PUD_SIZE - 1))

#define PAGE_OFFSET 0xffff888000000000UL

#ifndef TASK_SIZE_MAX
#define TASK_SIZE_MAX ((1UL << 47) - PAGE_SIZE)
#endif
#ifndef TASK_SIZE
#define TASK_SIZE TASK_SIZE_MAX
#endif

#define __va(phys) ((void *)((unsigned long)(phys) + PAGE_OFFSET))
#define __pa(virt) ((phys_addr_t)((unsigned long)(virt)-PAGE_OFFSET))

typedef struct {
	unsigned long pte;
} pte_t;
typedef struct {
	unsigned long pmd;
} pmd_t;
typedef struct {
	unsigned long pud;
} pud_t;
typedef struct {
	unsigned long p4d;
} p4d_t;
typedef struct {
	unsigned long pgd;
} pgd_t;
typedef struct {
	unsigned long pgprot;
} pgprot_t;

#define __pgprot(x) ((pgprot_t){ (x) })
#define pgprot_val(x) ((x).pgprot)

struct page;

bool pfn_valid(unsigned long pfn);
struct page *pfn_to_page(unsigned long pfn);
unsigned long page_to_pfn(const struct page *page);

#define PFN_PHYS(pfn) ((phys_addr_t)(pfn) << PAGE_SHIFT)
#define PHYS_PFN(phys) ((unsigned long)((phys) >> PAGE_SHIFT))
#define PFN_ALIGN(x) (((unsigned long)(x) + PAGE_SIZE - 1) & PAGE_MASK)
#define PFN_UP(x) (((x) + PAGE_SIZE - 1) >> PAGE_SHIFT)
#define PFN_DOWN(x) ((x) >> PAGE_SHIFT)

#define page_to_phys(page) PFN_PHYS(page_to_pfn(page))
#define phys_to_page(phys) pfn_to_page(PHYS_PFN(phys))
#define virt_to_pfn(addr) PHYS_PFN(__pa(addr))
#define virt_to_page(addr) pfn_to_page(virt_to_pfn(addr))

static inline int get_order(unsigned long size)
{
	int order = 0;

	while ((PAGE_SIZE << order) < size)
		order++;
	return order;
}

#endif /* _ASM_PAGE_H */
