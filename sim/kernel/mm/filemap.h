/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The page cache, below the kernel's interfaces; for sim/kernel/mm only.
 *
 * Fidelity: EMULATED - the emulation's own interface.
 */
#ifndef PFNSIM_FILEMAP_H
#define PFNSIM_FILEMAP_H

#include <linux/pagemap.h>

#include "frames.h"

/* The folio at @index without a reference, or NULL. */
struct folio *filemap_folio_at(const struct address_space *mapping,
			       pgoff_t index);
/* The first folio in [*@index, @last], without a reference; or NULL. */
struct folio *filemap_next_folio(const struct address_space *mapping,
				 pgoff_t *index, pgoff_t last);
/* Removes a locked folio; the cache's reference is the caller's then. */
void filemap_take_out(struct folio *folio);
/* Tells the file system and puts the cache's reference. */
void filemap_free_folio(struct address_space *mapping, struct folio *folio);

/* Unmaps @folio, which is locked, from every area of the process. */
void unmap_mapping_folio(struct folio *folio);

#endif /* PFNSIM_FILEMAP_H */
