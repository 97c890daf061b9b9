/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mappings in the vmap area, and vmalloc().
 *
 * vmap() needs the caller to keep its own references to the pages; vunmap()
 * takes the address that vmap() gave.
 *
 * Fidelity: EMULATED - vmap() accounts its address space with one guard page
 * per area, and fails where the area is full; addresses are never used twice
 * in an execution, so a stale one is always found.  vmalloc() is the slab.
 */
#ifndef _LINUX_VMALLOC_H
#define _LINUX_VMALLOC_H

#include <linux/mm.h>
#include <linux/slab.h>

#define VM_IOREMAP 0x1UL
#define VM_ALLOC 0x2UL
#define VM_MAP 0x4UL
#define VM_MAP_PUT_PAGES 0x200UL

/* NULL where no address space is left or "vmap" is made to fail. */
void *vmap(struct page **pages, unsigned int count, unsigned long flags,
	   pgprot_t prot);
void vunmap(const void *addr);

#define vmalloc(size) kmalloc(size, GFP_KERNEL)
#define vzalloc(size) kzalloc(size, GFP_KERNEL)
#define vmalloc_array(n, size) kmalloc_array(n, size, GFP_KERNEL)
#define vcalloc(n, size) kcalloc(n, size, GFP_KERNEL)
#define __vmalloc(size, gfp) kmalloc(size, gfp)
#define __vcalloc(n, size, gfp) kcalloc(n, size, gfp)
#define __vmalloc_array(n, size, gfp) kmalloc_array(n, size, gfp)

void vfree(const void *addr);

#endif /* _LINUX_VMALLOC_H */
