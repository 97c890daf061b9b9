// SPDX-License-Identifier: GPL-2.0-only
/*
 * The page cache: folio locks, lookup, insertion, removal.
 *
 * Fidelity: EMULATED - after mm/filemap.c.  A folio's lock knows its holder,
 * so that a deadlock can be told; waiting for it is not fair.  A batch of one
 * folio at a time, no LRU, no shadow entries.
 */
#include <linux/fs.h>
#include <linux/pagemap.h>
#include <linux/rmap.h>
#include <linux/sched/mm.h>
#include <linux/spinlock.h>
#include <linux/string.h>
#include <pfnsim/counters.h>
#include <pfnsim/ordered.h>
#include <pfnsim/outside.h>

#include "filemap.h"

void address_space_init_once(struct address_space *mapping)
{
	static struct lock_class_key invalidate_key;

	memset(mapping, 0, sizeof(*mapping));
	__init_rwsem(&mapping->invalidate_lock, "mapping.invalidate_lock",
		     &invalidate_key);
	init_rwsem(&mapping->i_mmap_rwsem);
	spin_lock_init(&mapping->i_private_lock);
	INIT_LIST_HEAD(&mapping->i_mmap);
	INIT_LIST_HEAD(&mapping->i_private_list);
}

/* ---- Folio locks ------------------------------------------------------ */

static bool folio_unlocked(const void *folio)
{
	return !folio_test_locked(folio);
}

static int folio_locker(const void *folio)
{
	return ((const struct folio *)folio)->locker;
}

/* Blocks until @folio is not locked; somebody else may lock it first. */
static void folio_block(struct folio *folio)
{
	host_block(&(struct host_wait){
		.call = CALL_FOLIO_LOCK,
		.obj = folio,
		.name = "folio",
		.ready = folio_unlocked,
		.owner = folio_locker,
		.arg = folio,
	});
}

static void folio_take_lock(struct folio *folio)
{
	folio_set_locked(folio);
	ordered_acquire(folio);
	folio->locker = host_task;
}

void folio_lock(struct folio *folio)
{
	might_sleep();
	host_enter(CALL_FOLIO_LOCK, folio, "folio");
	while (folio_test_locked(folio))
		folio_block(folio);
	folio_take_lock(folio);
	host_leave(CALL_FOLIO_LOCK, folio, "folio");
}

bool folio_trylock(struct folio *folio)
{
	bool taken;

	host_enter(CALL_FOLIO_LOCK, folio, "folio");
	taken = !folio_test_locked(folio);
	if (taken)
		folio_take_lock(folio);
	host_leave(CALL_FOLIO_LOCK, folio, "folio");
	return taken;
}

void folio_unlock(struct folio *folio)
{
	host_enter(CALL_FOLIO_UNLOCK, folio, "folio");
	if (!folio_test_locked(folio))
		host_report(V_CONTRACT, folio_pfn(folio),
			    "folio_unlock() of a folio that is not locked");
	ordered_release(folio);
	folio_clear_locked(folio);
	host_leave(CALL_FOLIO_UNLOCK, folio, "folio");
}

void folio_wait_locked(struct folio *folio)
{
	might_sleep();
	host_enter(CALL_FOLIO_LOCK, folio, "folio");
	while (folio_test_locked(folio))
		folio_block(folio);
	host_leave(CALL_FOLIO_LOCK, folio, "folio");
}

/* ---- Insertion and removal -------------------------------------------- */

struct folio *filemap_folio_at(const struct address_space *mapping,
			       pgoff_t index)
{
	unsigned long pfn = page_tree_load(&mapping->folios, index);

	return pfn ? pfn_folio(pfn) : NULL;
}

struct folio *filemap_next_folio(const struct address_space *mapping,
				 pgoff_t *index, pgoff_t last)
{
	unsigned long pfn = page_tree_next(&mapping->folios, index, last);

	return pfn ? pfn_folio(pfn) : NULL;
}

struct folio *filemap_alloc_folio(gfp_t gfp, unsigned int order)
{
	return folio_alloc(gfp, order);
}

static void filemap_insert(struct address_space *mapping, struct folio *folio,
			   pgoff_t index)
{
	folio_take_lock(folio);
	folio_get(folio);
	page_refs_give(&folio->page);
	folio->mapping = mapping;
	folio->index = index;
	folio->state = PAGE_CACHE;
	folio_set_lru(folio);
	if (mapping_unevictable(mapping))
		folio_set_unevictable(folio);
	page_tree_store(&mapping->folios, index, folio_pfn(folio));
	mapping->nrpages++;
	host_note(NOTE_CACHE_ADD, folio_pfn(folio), index,
		  mapping->host->i_name);
}

int filemap_add_folio(struct address_space *mapping, struct folio *folio,
		      pgoff_t index, gfp_t gfp)
{
	might_alloc(gfp);
	if (host_should_fail("filemap_add_folio"))
		return -ENOMEM;
	if (filemap_folio_at(mapping, index))
		return -EEXIST;
	filemap_insert(mapping, folio, index);
	return 0;
}

void filemap_take_out(struct folio *folio)
{
	struct address_space *mapping = folio->mapping;

	if (!folio_test_locked(folio))
		host_report(V_CONTRACT, folio_pfn(folio),
			    "a folio leaves the page cache without its lock");
	if (folio_mapped(folio))
		host_report(
			V_CONTRACT, folio_pfn(folio),
			"a folio leaves the page cache while the process maps it");
	page_tree_store(&mapping->folios, folio->index, 0);
	mapping->nrpages--;
	host_note(NOTE_CACHE_REMOVE, folio_pfn(folio), folio->index,
		  mapping->host->i_name);
	/* The index stays, as truncation relies on in the kernel. */
	folio->mapping = NULL;
	folio->state = PAGE_OTHER;
}

void filemap_free_folio(struct address_space *mapping, struct folio *folio)
{
	if (mapping->a_ops && mapping->a_ops->free_folio) {
		host_enter(CALL_FREE_FOLIO, folio, NULL);
		outside_void(mapping->a_ops->free_folio(folio));
		host_leave(CALL_FREE_FOLIO, folio, NULL);
	}
	folio_put(folio);
}

void filemap_remove_folio(struct folio *folio)
{
	struct address_space *mapping = folio->mapping;

	filemap_take_out(folio);
	filemap_free_folio(mapping, folio);
}

/* ---- Lookup ----------------------------------------------------------- */

/*
 * The folio at @index, locked if @flags ask for it, or NULL.  The lock is
 * waited for without any lock of the cache: the folio may leave meanwhile.
 */
static struct folio *filemap_find(struct address_space *mapping, pgoff_t index,
				  fgf_t flags)
{
	struct folio *folio;

	while ((folio = filemap_folio_at(mapping, index))) {
		folio_get(folio);
		if (!(flags & FGP_LOCK))
			return folio;
		if (!(flags & FGP_NOWAIT)) {
			folio_lock(folio);
		} else if (!folio_trylock(folio)) {
			folio_put(folio);
			return ERR_PTR(-EAGAIN);
		}
		if (folio->mapping == mapping)
			return folio;
		folio_unlock(folio);
		folio_put(folio);
	}
	return NULL;
}

/* A new folio at @index, locked, or ERR_PTR(-ENOMEM or -EEXIST). */
static struct folio *filemap_create(struct address_space *mapping,
				    pgoff_t index, gfp_t gfp)
{
	struct folio *folio = filemap_alloc_folio(gfp, 0);
	int err;

	if (!folio)
		return ERR_PTR(-ENOMEM);
	err = filemap_add_folio(mapping, folio, index, gfp);
	if (!err)
		return folio;
	folio_put(folio);
	return ERR_PTR(err);
}

static struct folio *filemap_find_or_create(struct address_space *mapping,
					    pgoff_t index, fgf_t flags,
					    gfp_t gfp)
{
	struct folio *folio;

	if (flags & FGP_NOWAIT)
		gfp &= ~__GFP_DIRECT_RECLAIM;
	for (;;) {
		folio = filemap_find(mapping, index, flags);
		if (folio)
			return folio;
		if (!(flags & FGP_CREAT))
			return ERR_PTR(-ENOENT);
		folio = filemap_create(mapping, index, gfp);
		if (folio != ERR_PTR(-EEXIST))
			break;
	}
	if (IS_ERR(folio) && flags & FGP_NOWAIT)
		return ERR_PTR(-EAGAIN);
	if (!IS_ERR(folio) && flags & FGP_FOR_MMAP)
		folio_unlock(folio);
	return folio;
}

struct folio *__filemap_get_folio(struct address_space *mapping, pgoff_t index,
				  fgf_t flags, gfp_t gfp)
{
	struct folio *folio;

	if (!(flags & FGP_NOWAIT))
		might_sleep();
	host_enter(CALL_FILEMAP_GET_FOLIO, mapping, NULL);
	folio = filemap_find_or_create(mapping, index, flags, gfp);
	if (!IS_ERR(folio)) {
		mappings_renew(&folio->page);
		if (flags & FGP_ACCESSED)
			folio_mark_accessed(folio);
	}
	host_leave(CALL_FILEMAP_GET_FOLIO, mapping, NULL);
	return folio;
}

bool filemap_range_has_page(struct address_space *mapping, loff_t start,
			    loff_t end)
{
	pgoff_t index = start >> PAGE_SHIFT;

	return end >= start &&
	       filemap_next_folio(mapping, &index, end >> PAGE_SHIFT);
}

/* ---- Dirty pages ------------------------------------------------------ */

bool noop_dirty_folio(struct address_space *mapping, struct folio *folio)
{
	if (folio_test_dirty(folio))
		return false;
	folio_set_dirty(folio);
	return true;
}

bool filemap_dirty_folio(struct address_space *mapping, struct folio *folio)
{
	return noop_dirty_folio(mapping, folio);
}

bool folio_mark_dirty(struct folio *folio)
{
	struct address_space *mapping = folio->mapping;

	if (mapping && mapping->a_ops && mapping->a_ops->dirty_folio)
		return outside(mapping->a_ops->dirty_folio(mapping, folio));
	return noop_dirty_folio(mapping, folio);
}

bool set_page_dirty(struct page *page)
{
	return folio_mark_dirty(page_folio(page));
}

unsigned long mm_view_file_page(const struct file *file, unsigned long index)
{
	unsigned long pfn = page_tree_load(&file->f_mapping->folios, index);

	return pfn ? pfn : HOST_NO_PFN;
}
