/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The page cache: folios of a file, found by their index.
 *
 * The cache holds one reference to each of its folios; a lookup adds one that
 * belongs to the caller.  A folio's lock protects its place in the cache.
 *
 * Fidelity: EMULATED - lookup, lock, truncation and invalidation in the order
 * of mm/filemap.c and mm/truncate.c.  No read-ahead, no writeback, no shadow
 * entries; a file's contents exist in its page cache only.
 */
#ifndef _LINUX_PAGEMAP_H
#define _LINUX_PAGEMAP_H

#include <linux/fs.h>
#include <linux/highmem.h>
#include <linux/mm.h>
#include <linux/pagevec.h>
#include <linux/uaccess.h>
#include <pfnsim/atomically.h>

enum mapping_flags {
	AS_EIO,
	AS_ENOSPC,
	AS_MM_ALL_LOCKS,
	AS_UNEVICTABLE,
	AS_EXITING,
	AS_NO_WRITEBACK_TAGS,
	AS_RELEASE_ALWAYS,
	AS_STABLE_WRITES,
	AS_INACCESSIBLE,
	AS_UNMOVABLE,
	AS_NO_DIRECT_MAP,
};

#define PFNSIM_MAPPING_FLAG(name, bit)                                         \
	static inline void mapping_set_##name(struct address_space *mapping)   \
	{                                                                      \
		set_atomically(&mapping->flags, 1UL << (bit));                 \
	}                                                                      \
	static inline bool mapping_##name(const struct address_space *mapping) \
	{                                                                      \
		return mapping && mapping->flags >> (bit)&1;                   \
	}

PFNSIM_MAPPING_FLAG(unevictable, AS_UNEVICTABLE)
PFNSIM_MAPPING_FLAG(exiting, AS_EXITING)
PFNSIM_MAPPING_FLAG(release_always, AS_RELEASE_ALWAYS)
PFNSIM_MAPPING_FLAG(stable_writes, AS_STABLE_WRITES)
PFNSIM_MAPPING_FLAG(unmovable, AS_UNMOVABLE)
PFNSIM_MAPPING_FLAG(no_direct_map, AS_NO_DIRECT_MAP)

static inline void mapping_clear_unevictable(struct address_space *mapping)
{
	clear_atomically(&mapping->flags, 1UL << AS_UNEVICTABLE);
}

/* Nobody but the owner may touch the contents, so reclaim must not either. */
static inline void mapping_set_inaccessible(struct address_space *mapping)
{
	set_atomically(&mapping->flags,
		       1UL << AS_UNEVICTABLE | 1UL << AS_INACCESSIBLE);
}

static inline bool mapping_inaccessible(const struct address_space *mapping)
{
	return mapping->flags >> AS_INACCESSIBLE & 1;
}

static inline gfp_t mapping_gfp_mask(const struct address_space *mapping)
{
	return mapping->gfp_mask;
}

static inline gfp_t mapping_gfp_constraint(const struct address_space *mapping,
					   gfp_t gfp)
{
	return mapping->gfp_mask & gfp;
}

static inline void mapping_set_gfp_mask(struct address_space *mapping,
					gfp_t mask)
{
	mapping->gfp_mask = mask;
}

/* Large folios do not exist here. */
static inline void mapping_set_large_folios(struct address_space *mapping)
{
}

static inline bool mapping_empty(const struct address_space *mapping)
{
	return mapping->nrpages == 0;
}

static inline bool mapping_mapped(const struct address_space *mapping)
{
	return !list_empty(&mapping->i_mmap);
}

/* ---- Folios ----------------------------------------------------------- */

static inline struct address_space *folio_mapping(const struct folio *folio)
{
	return folio->mapping;
}

static inline struct inode *folio_inode(const struct folio *folio)
{
	return folio->mapping->host;
}

static inline pgoff_t folio_index(const struct folio *folio)
{
	return folio->index;
}

static inline pgoff_t folio_next_index(const struct folio *folio)
{
	return folio->index + folio_nr_pages(folio);
}

static inline loff_t folio_pos(const struct folio *folio)
{
	return (loff_t)folio->index << PAGE_SHIFT;
}

static inline struct page *folio_file_page(struct folio *folio, pgoff_t index)
{
	return folio_page(folio, 0);
}

static inline bool folio_contains(const struct folio *folio, pgoff_t index)
{
	return folio->index == index;
}

void folio_lock(struct folio *folio);
bool folio_trylock(struct folio *folio);
void folio_unlock(struct folio *folio);
void folio_wait_locked(struct folio *folio);

static inline int folio_lock_killable(struct folio *folio)
{
	folio_lock(folio);
	return 0;
}

static inline void lock_page(struct page *page)
{
	folio_lock(page_folio(page));
}

static inline int trylock_page(struct page *page)
{
	return folio_trylock(page_folio(page));
}

static inline void unlock_page(struct page *page)
{
	folio_unlock(page_folio(page));
}

static inline void folio_mark_accessed(struct folio *folio)
{
	folio_set_referenced(folio);
}

static inline void folio_wait_writeback(struct folio *folio)
{
}

/* ---- Lookup ----------------------------------------------------------- */

typedef unsigned int __bitwise fgf_t;

#define FGP_ACCESSED ((fgf_t)0x01)
#define FGP_LOCK ((fgf_t)0x02)
#define FGP_CREAT ((fgf_t)0x04)
#define FGP_WRITE ((fgf_t)0x08)
#define FGP_NOFS ((fgf_t)0x10)
#define FGP_NOWAIT ((fgf_t)0x20)
#define FGP_FOR_MMAP ((fgf_t)0x40)
#define FGP_STABLE ((fgf_t)0x80)

struct mempolicy;

/* A folio with a reference, or ERR_PTR(-ENOENT, -ENOMEM or -EAGAIN). */
struct folio *__filemap_get_folio(struct address_space *mapping, pgoff_t index,
				  fgf_t flags, gfp_t gfp);
/* The policy chooses among nodes; there is one. */
#define __filemap_get_folio_mpol(mapping, index, flags, gfp, policy)           \
	((void)(policy), __filemap_get_folio(mapping, index, flags, gfp))

#define filemap_get_folio(mapping, index)                                      \
	__filemap_get_folio(mapping, index, 0, 0)
#define filemap_lock_folio(mapping, index)                                     \
	__filemap_get_folio(mapping, index, FGP_LOCK, 0)
/* Creates the folio where there is none. */
#define filemap_grab_folio(mapping, index)                                     \
	__filemap_get_folio(mapping, index,                                    \
			    FGP_LOCK | FGP_ACCESSED | FGP_CREAT,               \
			    mapping_gfp_mask(mapping))

struct folio *filemap_alloc_folio(gfp_t gfp, unsigned int order);
/* 0 with @folio locked and one more reference, -EEXIST or -ENOMEM. */
int filemap_add_folio(struct address_space *mapping, struct folio *folio,
		      pgoff_t index, gfp_t gfp);
void filemap_remove_folio(struct folio *folio);
bool filemap_range_has_page(struct address_space *mapping, loff_t start,
			    loff_t end);
bool filemap_dirty_folio(struct address_space *mapping, struct folio *folio);
int invalidate_inode_pages2_range(struct address_space *mapping, pgoff_t start,
				  pgoff_t end);
unsigned long invalidate_mapping_pages(struct address_space *mapping,
				       pgoff_t start, pgoff_t end);

static inline int invalidate_inode_pages2(struct address_space *mapping)
{
	return invalidate_inode_pages2_range(mapping, 0, -1);
}

#endif /* _LINUX_PAGEMAP_H */
