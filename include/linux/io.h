/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Mappings of physical addresses.
 *
 * Fidelity: EMULATED - memremap() of one page of device memory or RAM; each
 * call gives a fresh address, which cannot be dereferenced.  ioremap() does not
 * exist.
 */
#ifndef _LINUX_IO_H
#define _LINUX_IO_H

#include <linux/types.h>

enum {
	MEMREMAP_WB = 0x1,
	MEMREMAP_WT = 0x2,
	MEMREMAP_WC = 0x4,
	MEMREMAP_ENC = 0x8,
	MEMREMAP_DEC = 0x10,
};

/* NULL where nothing is there or "memremap" is made to fail. */
void *memremap(resource_size_t offset, size_t size, unsigned long flags);
void memunmap(void *addr);

#endif /* _LINUX_IO_H */
