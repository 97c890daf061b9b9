/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Protections of kernel mappings and the zero page.
 *
 * Fidelity: EMULATED - protections are numbers without effect: every kernel
 * mapping is readable and writable.
 */
#ifndef _ASM_PGTABLE_H
#define _ASM_PGTABLE_H

#include <asm/page.h>

#define PAGE_KERNEL __pgprot(0x63)
#define PAGE_KERNEL_RO __pgprot(0x61)
#define PAGE_SHARED __pgprot(0x27)
#define PAGE_READONLY __pgprot(0x25)

#define pgprot_noncached(prot) (prot)
#define pgprot_writecombine(prot) (prot)
#define pgprot_encrypted(prot) (prot)
#define pgprot_decrypted(prot) (prot)

struct page *mm_zero_page(void);
#define ZERO_PAGE(vaddr) ((void)(vaddr), mm_zero_page())

bool is_zero_pfn(unsigned long pfn);

#endif /* _ASM_PGTABLE_H */
