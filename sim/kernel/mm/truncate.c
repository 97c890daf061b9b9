// SPDX-License-Identifier: GPL-2.0-only
/*
 * Removing folios from a file, and user mappings of them.
 *
 * Fidelity: EMULATED - after mm/truncate.c.  A batch of folios is locked
 * without waiting; then all of them are unmapped from the process (notifiers
 * run), all leave the cache, each is freed, and all are unlocked.  What was
 * locked by others is waited for, one by one, in a second pass.  Ranges are
 * whole pages; a part of a page traps.
 */
#include <linux/pagemap.h>
#include <linux/rmap.h>

#include "filemap.h"
#include "user.h"

/* Locks what can be locked at once in [*@index, @last]; advances *@index. */
static unsigned int lock_batch(struct address_space *mapping, pgoff_t *index,
			       pgoff_t last, struct folio_batch *batch)
{
	struct folio *folio;

	folio_batch_init(batch);
	while (batch->nr < PAGEVEC_SIZE && *index <= last) {
		folio = filemap_next_folio(mapping, index, last);
		if (!folio)
			break;
		++*index;
		folio_get(folio);
		if (!folio_trylock(folio)) {
			folio_put(folio);
			continue;
		}
		if (folio->mapping == mapping) {
			batch->folios[batch->nr++] = folio;
			continue;
		}
		folio_unlock(folio);
		folio_put(folio);
	}
	return batch->nr;
}

static void cleanup_folio(struct folio *folio)
{
	if (folio_mapped(folio))
		unmap_mapping_folio(folio);
	folio_clear_dirty(folio);
}

static void truncate_batch(struct address_space *mapping,
			   struct folio_batch *batch)
{
	unsigned int i;

	for (i = 0; i < batch->nr; i++)
		cleanup_folio(batch->folios[i]);
	for (i = 0; i < batch->nr; i++)
		filemap_take_out(batch->folios[i]);
	for (i = 0; i < batch->nr; i++)
		filemap_free_folio(mapping, batch->folios[i]);
	for (i = 0; i < batch->nr; i++)
		folio_unlock(batch->folios[i]);
	for (i = 0; i < batch->nr; i++)
		folio_put(batch->folios[i]);
}

static void truncate_folio(struct address_space *mapping, struct folio *folio)
{
	folio_get(folio);
	folio_lock(folio);
	if (folio->mapping == mapping) {
		cleanup_folio(folio);
		filemap_remove_folio(folio);
	}
	folio_unlock(folio);
	folio_put(folio);
}

static void truncate_pages(struct address_space *mapping, pgoff_t start,
			   pgoff_t last)
{
	struct folio_batch batch;
	struct folio *folio;
	pgoff_t index = start;

	while (index <= last && lock_batch(mapping, &index, last, &batch))
		truncate_batch(mapping, &batch);
	/* Again until all are gone: others may add folios all the while. */
	for (index = start; (folio = filemap_next_folio(mapping, &index, last));
	     index = start)
		truncate_folio(mapping, folio);
}

void truncate_inode_pages_range(struct address_space *mapping, loff_t start,
				loff_t end)
{
	pgoff_t first = (pgoff_t)start >> PAGE_SHIFT;
	pgoff_t last = end == -1 ? ~0UL : ((pgoff_t)end + 1) >> PAGE_SHIFT;

	might_sleep();
	host_enter(CALL_TRUNCATE, mapping, NULL);
	if (!PAGE_ALIGNED(start) || (end != -1 && !PAGE_ALIGNED(end + 1)))
		host_trap("truncation of a part of a page");
	if (mapping->nrpages && last > first)
		truncate_pages(mapping, first, last - 1);
	host_leave(CALL_TRUNCATE, mapping, NULL);
}

void truncate_inode_pages(struct address_space *mapping, loff_t start)
{
	truncate_inode_pages_range(mapping, start, -1);
}

void truncate_inode_pages_final(struct address_space *mapping)
{
	mapping_set_exiting(mapping);
	truncate_inode_pages(mapping, 0);
}

/* Twice around the truncation: private copies may be made in between. */
void truncate_pagecache(struct inode *inode, loff_t size)
{
	struct address_space *mapping = inode->i_mapping;
	loff_t hole = PAGE_ALIGN(size);

	unmap_mapping_range(mapping, hole, 0, 1);
	truncate_inode_pages(mapping, size);
	unmap_mapping_range(mapping, hole, 0, 1);
}

void truncate_setsize(struct inode *inode, loff_t size)
{
	i_size_write(inode, size);
	truncate_pagecache(inode, size);
}

void truncate_pagecache_range(struct inode *inode, loff_t start, loff_t end)
{
	struct address_space *mapping = inode->i_mapping;
	loff_t unmap_start = PAGE_ALIGN(start);
	loff_t unmap_end = PAGE_ALIGN_DOWN(1 + end) - 1;

	if (unmap_end > unmap_start)
		unmap_mapping_range(mapping, unmap_start,
				    1 + unmap_end - unmap_start, 0);
	truncate_inode_pages_range(mapping, start, end);
}

/* ---- Invalidation ----------------------------------------------------- */

/* -EBUSY where the folio is dirty; references to it do not matter. */
static int invalidate_folio(struct address_space *mapping, struct folio *folio)
{
	int ret = 0;

	if (folio->mapping != mapping)
		return 0;
	if (folio_mapped(folio))
		unmap_mapping_folio(folio);
	if (folio_test_dirty(folio))
		ret = -EBUSY;
	else
		filemap_remove_folio(folio);
	return ret;
}

int invalidate_inode_pages2_range(struct address_space *mapping, pgoff_t start,
				  pgoff_t end)
{
	struct folio *folio;
	pgoff_t index;
	int ret = 0;

	might_sleep();
	host_enter(CALL_TRUNCATE, mapping, NULL);
	for (index = start;
	     index <= end && (folio = filemap_next_folio(mapping, &index, end));
	     index++) {
		folio_get(folio);
		folio_lock(folio);
		if (invalidate_folio(mapping, folio))
			ret = -EBUSY;
		folio_unlock(folio);
		folio_put(folio);
	}
	host_leave(CALL_TRUNCATE, mapping, NULL);
	return ret;
}

/* ---- User mappings of a file ------------------------------------------ */

/*
 * Zaps [@start, @last] of @mapping in all areas; only @folio unless NULL.
 * Called with i_mmap_rwsem held, so that no area goes away.
 */
static void unmap_areas(struct address_space *mapping, pgoff_t start,
			pgoff_t last, struct folio *folio)
{
	struct vm_area_struct *vma;

	list_for_each_entry(vma, &mapping->i_mmap, shared_link) {
		pgoff_t vma_last = vma->vm_pgoff + vma_pages(vma) - 1;
		pgoff_t from = max(start, vma->vm_pgoff);
		pgoff_t to = min(last, vma_last);

		if (from > to)
			continue;
		zap_area(vma,
			 vma->vm_start + ((from - vma->vm_pgoff) << PAGE_SHIFT),
			 vma->vm_start +
				 ((to + 1 - vma->vm_pgoff) << PAGE_SHIFT),
			 &(struct zap){ .event = MMU_NOTIFY_CLEAR,
					.folio = folio });
	}
}

void unmap_mapping_folio(struct folio *folio)
{
	struct address_space *mapping = folio->mapping;

	i_mmap_lock_read(mapping);
	unmap_areas(mapping, folio->index, folio->index, folio);
	i_mmap_unlock_read(mapping);
}

void unmap_mapping_pages(struct address_space *mapping, pgoff_t start,
			 pgoff_t nr, bool even_cows)
{
	pgoff_t last = start + nr - 1;

	/* To the end of the file where the sum wraps around. */
	if (last < start)
		last = ~0UL;
	host_enter(CALL_UNMAP_MAPPING, mapping, NULL);
	i_mmap_lock_read(mapping);
	unmap_areas(mapping, start, last, NULL);
	i_mmap_unlock_read(mapping);
	host_leave(CALL_UNMAP_MAPPING, mapping, NULL);
}

void unmap_mapping_range(struct address_space *mapping, loff_t start,
			 loff_t len, int even_cows)
{
	pgoff_t first = (pgoff_t)start >> PAGE_SHIFT;
	pgoff_t nr = ((pgoff_t)len + PAGE_SIZE - 1) >> PAGE_SHIFT;

	unmap_mapping_pages(mapping, first, nr, even_cows);
}
