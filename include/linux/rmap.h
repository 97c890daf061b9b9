/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * From a page to the areas that map it.
 *
 * Fidelity: EMULATED - a folio of a file is looked for in mapping->i_mmap, an
 * anonymous one at the one address that it was allocated for.
 */
#ifndef _LINUX_RMAP_H
#define _LINUX_RMAP_H

#include <linux/mm.h>

void i_mmap_lock_read(struct address_space *mapping);
void i_mmap_unlock_read(struct address_space *mapping);
void i_mmap_lock_write(struct address_space *mapping);
void i_mmap_unlock_write(struct address_space *mapping);

#endif /* _LINUX_RMAP_H */
