// SPDX-License-Identifier: GPL-2.0-only
/*
 * The page cache between its users: locks, references, truncation and the
 * invalidate_lock; after mm/filemap.c and mm/truncate.c.
 */
#include <linux/pagevec.h>
#include <linux/spinlock.h>
#include <linux/swap.h>

#include "mm_fixture.h"

static struct file *file;
static struct address_space *mapping;
static struct folio *folio;
static struct mmu_notifier notifier;
static int sharing, most_sharing, exclusive;
static DEFINE_SPINLOCK(lock);

static void open_file(void)
{
	file = mm_test_file();
	mapping = file->f_mapping;
	sharing = most_sharing = exclusive = 0;
}

static void open_and_grab(void)
{
	open_file();
	folio = filemap_grab_folio(mapping, 2);
}

static void map_and_touch(void)
{
	file = mm_test_map_file();
	mapping = file->f_mapping;
	mm_test_write(MM_TEST_UVA, "old");
	mm_test_notifier(&notifier);
}

/* ---- Lookup and insertion ------------------------------------------------ */

static void same_folio(void)
{
	struct folio *again;

	folio_unlock(folio);
	again = filemap_grab_folio(mapping, 2);
	CHECK(again == folio && folio_ref_count(folio) == 3);
	folio_unlock(again);
	folio_put(again);
	CHECK(filemap_get_folio(mapping, 2) == folio);
	CHECK(!folio_test_locked(folio));
	CHECK(filemap_get_folio(mapping, 1) == ERR_PTR(-ENOENT));
	CHECK(filemap_lock_folio(mapping, 3) == ERR_PTR(-ENOENT));
	CHECK(mapping->nrpages == 1);
}

static void add_twice(void)
{
	struct folio *other = filemap_alloc_folio(GFP_KERNEL, 0);

	CHECK(filemap_add_folio(mapping, other, 2, GFP_KERNEL) == -EEXIST);
	CHECK(!other->mapping && !folio_test_locked(other));
	CHECK(folio_ref_count(other) == 1);
	CHECK(!filemap_add_folio(mapping, other, 3, GFP_KERNEL));
	CHECK(other->mapping == mapping && folio_test_locked(other));
	CHECK(folio_ref_count(other) == 2 && mapping->nrpages == 2);
}

static void attributes(void)
{
	CHECK(!folio_test_uptodate(folio));
	folio_mark_uptodate(folio);
	CHECK(folio_test_uptodate(folio));
	CHECK(folio_nr_pages(folio) == 1 && !folio_order(folio));
	CHECK(!folio_test_large(folio) && folio_next_index(folio) == 3);
	CHECK(folio_file_page(folio, 2) == folio_page(folio, 0));
	CHECK(folio_pfn(folio) == page_to_pfn(&folio->page));
	CHECK(page_folio(&folio->page) == folio);
	mark_page_accessed(&folio->page);
	mapping_set_gfp_mask(mapping, GFP_HIGHUSER);
	CHECK(mapping_gfp_mask(mapping) == GFP_HIGHUSER);
	mapping_set_inaccessible(mapping);
	CHECK(mapping_inaccessible(mapping) && mapping_unevictable(mapping));
}

static void dirty(void)
{
	CHECK(!folio_test_dirty(folio));
	CHECK(noop_dirty_folio(mapping, folio) && folio_test_dirty(folio));
	CHECK(!noop_dirty_folio(mapping, folio));
}

static void range_has_page(void)
{
	CHECK(filemap_range_has_page(mapping, 0, 3 * PAGE_SIZE - 1));
	CHECK(filemap_range_has_page(mapping, 2 * PAGE_SIZE, 2 * PAGE_SIZE));
	CHECK(!filemap_range_has_page(mapping, 0, 2 * PAGE_SIZE - 1));
	CHECK(!filemap_range_has_page(mapping, 3 * PAGE_SIZE, LLONG_MAX));
}

static void lookup_in_atomic(void)
{
	spin_lock(&lock);
	filemap_grab_folio(mapping, 0);
	spin_unlock(&lock);
}

static void lock_in_atomic(void)
{
	folio_unlock(folio);
	spin_lock(&lock);
	folio_lock(folio);
	spin_unlock(&lock);
}

static void trylock(void)
{
	CHECK(!folio_trylock(folio));
	folio_unlock(folio);
	spin_lock(&lock);
	CHECK(folio_trylock(folio) && folio_test_locked(folio));
	folio_unlock(folio);
	spin_unlock(&lock);
}

/* Three tasks look the same index up: one of them creates the folio. */
static struct folio *found[3];

static void grab(void)
{
	struct folio *mine = filemap_grab_folio(mapping, 1);

	CHECK(!IS_ERR(mine) && folio_test_locked(mine));
	found[host_task] = mine;
	folio_unlock(mine);
}

static void one_folio(void)
{
	CHECK(found[0] == found[1] && found[1] == found[2]);
	CHECK(folio_ref_count(found[0]) == 4 && mapping->nrpages == 1);
}

/* ---- Truncation ---------------------------------------------------------- */

/* At free_folio() the cache's reference is still there, the lock held. */
static int refs_at_free;
static bool locked_at_free, cached_at_free;

static void count_free(struct folio *gone)
{
	refs_at_free = folio_ref_count(gone);
	locked_at_free = folio_test_locked(gone);
	cached_at_free = mapping->nrpages;
}

static const struct address_space_operations counting_aops = {
	.dirty_folio = noop_dirty_folio,
	.free_folio = count_free,
};

static void state_at_free(void)
{
	mapping->a_ops = &counting_aops;
	folio_unlock(folio);
	folio_put(folio);
	CHECK(folio_ref_count(folio) == 1);
	truncate_inode_pages_range(mapping, 2 * PAGE_SIZE, 3 * PAGE_SIZE - 1);
	/* The cache's and truncation's own. */
	CHECK(refs_at_free == 2 && locked_at_free && !cached_at_free);
	CHECK(!folio_ref_count(folio));
}

static void unlocked_after(void)
{
	folio_unlock(folio);
	truncate_inode_pages(mapping, 0);
	CHECK(folio_ref_count(folio) == 1 && !folio->mapping);
	CHECK(!folio_test_locked(folio) && folio->index == 2);
	folio_put(folio);
}

static void empty_ranges(void)
{
	folio_unlock(folio);
	truncate_inode_pages_range(mapping, 0, 2 * PAGE_SIZE - 1);
	truncate_inode_pages_range(mapping, 3 * PAGE_SIZE, -1);
	CHECK(mapping->nrpages == 1 && folio->mapping == mapping);
	truncate_inode_pages_range(mapping, 2 * PAGE_SIZE, -1);
	CHECK(!mapping->nrpages);
}

static void truncate_in_atomic(void)
{
	spin_lock(&lock);
	truncate_inode_pages(mapping, 0);
	spin_unlock(&lock);
}

/* A fault may bring pages back while a range is truncated; not after. */
static void fault(void)
{
	char byte;

	user_read(MM_TEST_UVA, &byte, 1);
}

static void truncate(void)
{
	i_size_write(file_inode(file), 0);
	truncate_pagecache(file_inode(file), 0);
}

static void no_stale_entry(void)
{
	unsigned long pfn = mm_view_pte(MM_TEST_UVA);

	CHECK(pfn == HOST_NO_PFN || pfn == mm_view_file_page(file, 0));
}

static void new_folio_after(void)
{
	unsigned long old = mm_view_pte(MM_TEST_UVA);

	truncate_inode_pages(mapping, 0);
	CHECK(mm_test_zero(MM_TEST_UVA));
	CHECK(mm_view_pte(MM_TEST_UVA) != old);
	CHECK(mm_view_pte(MM_TEST_UVA) == mm_view_file_page(file, 0));
}

static void two_mappings(void)
{
	unsigned long other = MM_TEST_UVA + (1UL << 30);

	CHECK(!mm_mmap(other, MM_TEST_SIZE, file, 0, 0));
	mm_test_write(other, "new");
	CHECK(mm_view_pte(other) == mm_view_pte(MM_TEST_UVA));
	truncate_inode_pages(mapping, 0);
	CHECK(mm_view_pte(other) == HOST_NO_PFN);
	CHECK(mm_view_pte(MM_TEST_UVA) == HOST_NO_PFN);
}

/* ---- invalidate_lock ----------------------------------------------------- */

static void share(void)
{
	filemap_invalidate_lock_shared(mapping);
	sharing++;
	most_sharing = max(most_sharing, sharing);
	CHECK(!exclusive);
	shim_step(sharing - 1);
	shim_wait_step(2);
	sharing--;
	filemap_invalidate_unlock_shared(mapping);
}

static void shared_together(void)
{
	CHECK(most_sharing == 2);
}

static void exclude(void)
{
	filemap_invalidate_lock(mapping);
	CHECK(!exclusive++);
	lockdep_assert_held_write(&mapping->invalidate_lock);
	smp_mb();
	exclusive--;
	filemap_invalidate_unlock(mapping);
}

static void shared_within_exclusive(void)
{
	filemap_invalidate_lock(mapping);
	filemap_invalidate_lock_shared(mapping);
}

static void unlock_shared_as_exclusive(void)
{
	filemap_invalidate_lock_shared(mapping);
	filemap_invalidate_unlock(mapping);
	filemap_invalidate_unlock_shared(mapping);
}

static void invalidate_lock_in_atomic(void)
{
	spin_lock(&lock);
	filemap_invalidate_lock_shared(mapping);
	filemap_invalidate_unlock_shared(mapping);
	spin_unlock(&lock);
}

#define CACHE(title, names, source, before, function)                          \
	LONE_TEST(title, names, source, before, function)
#define ATOMIC(title, names, source, before, function)                         \
	BAD_TEST(title, names, source, before, function, V_SLEEP_IN_ATOMIC)

DEFINE_SHIM_TESTS(
	mm_cache,
	CACHE("mm/an-index-has-one-folio",
	      "filemap_grab_folio filemap_lock_folio filemap_get_folio folio_unlock",
	      "mm/filemap.c, __filemap_get_folio(): without FGP_CREAT a hole is -ENOENT; else the folio that is there",
	      open_and_grab, same_folio),
	CACHE("mm/filemap_add_folio-of-an-index-that-is-taken",
	      "filemap_add_folio filemap_alloc_folio",
	      "mm/filemap.c, filemap_add_folio(): -EEXIST leaves the folio unlocked and alone",
	      open_and_grab, add_twice),
	CACHE("mm/folios-of-one-page",
	      "folio_mark_uptodate folio_nr_pages folio_order folio_test_large folio_next_index folio_file_page folio_page folio_pfn mark_page_accessed mapping_set_gfp_mask mapping_gfp_mask mapping_set_inaccessible",
	      "include/linux/pagemap.h: what the helpers say of a folio of order 0; AS_INACCESSIBLE comes with AS_UNEVICTABLE",
	      open_and_grab, attributes),
	CACHE("mm/noop_dirty_folio-tells-whether-it-changed",
	      "noop_dirty_folio",
	      "mm/page-writeback.c, noop_dirty_folio(): true where the folio was clean",
	      open_and_grab, dirty),
	CACHE("mm/filemap_range_has_page-includes-both-ends",
	      "filemap_range_has_page",
	      "mm/filemap.c, filemap_range_has_page(): from the first byte to the last, inclusive",
	      open_and_grab, range_has_page),
	ATOMIC("mm/filemap_grab_folio-may-sleep", "filemap_grab_folio",
	       "mm/filemap.c, __filemap_get_folio(): may sleep unless FGP_NOWAIT or FGP_ATOMIC",
	       open_file, lookup_in_atomic),
	ATOMIC("mm/folio_lock-may-sleep", "folio_lock",
	       "include/linux/pagemap.h, folio_lock(): might_sleep()",
	       open_and_grab, lock_in_atomic),
	CACHE("mm/folio_trylock-never-sleeps", "folio_trylock folio_unlock",
	      "include/linux/pagemap.h, folio_trylock(): true where it got the lock, in any context",
	      open_and_grab, trylock),
	{ .name = "mm/three-lookups-make-one-folio",
	  .of = "filemap_grab_folio __filemap_get_folio",
	  .follows =
		  "mm/filemap.c, __filemap_get_folio(): -EEXIST of an insertion repeats the lookup",
	  .tasks = 3,
	  .setup = open_file,
	  .task = { grab, grab, grab },
	  .check = one_folio,
	  .expect = NO_VIOLATION },
	CACHE("mm/free_folio-sees-a-locked-folio-out-of-the-cache",
	      "truncate_inode_pages_range",
	      "Documentation/filesystems/vfs.rst, free_folio: called once the folio is no longer visible in the page cache, to free private data",
	      open_and_grab, state_at_free),
	CACHE("mm/truncation-unlocks-and-keeps-the-index",
	      "truncate_inode_pages truncate_inode_pages_range",
	      "mm/filemap.c, page_cache_delete(): mapping becomes NULL, the index is left for who holds the folio",
	      open_and_grab, unlocked_after),
	CACHE("mm/truncation-of-ranges-without-folios",
	      "truncate_inode_pages_range",
	      "mm/truncate.c, truncate_inode_pages_range(): -1 means to the end of the file",
	      open_and_grab, empty_ranges),
	ATOMIC("mm/truncation-sleeps", "truncate_inode_pages",
	       "mm/truncate.c, truncate_inode_pages_range(): waits for folio locks, cond_resched()",
	       open_file, truncate_in_atomic),
	CACHE("mm/a-fault-after-truncation-finds-a-new-folio",
	      "truncate_inode_pages handle_mm_fault",
	      "mm/memory.c, __do_fault(): what is mapped is the folio that is in the cache, locked",
	      map_and_touch, new_folio_after),
	CACHE("mm/truncation-unmaps-every-area", "truncate_inode_pages",
	      "mm/memory.c, unmap_mapping_folio(): walks all areas of i_mmap",
	      map_and_touch, two_mappings),
	{ .name = "mm/truncation-against-faults",
	  .of = "truncate_pagecache unmap_mapping_range",
	  .follows =
		  "mm/truncate.c, truncate_pagecache(): a folio that is unmapped under its lock is not mapped again once it left the cache",
	  .tasks = 3,
	  .setup = map_and_touch,
	  .task = { truncate, fault, fault },
	  .check = no_stale_entry,
	  .expect = NO_VIOLATION },
	{ .name = "mm/invalidate_lock-is-shared",
	  .of = "filemap_invalidate_lock_shared filemap_invalidate_unlock_shared",
	  .follows =
		  "include/linux/fs.h, filemap_invalidate_lock_shared(): readers of the semaphore, together",
	  .tasks = 2,
	  .setup = open_file,
	  .task = { share, share },
	  .check = shared_together,
	  .expect = NO_VIOLATION },
	{ .name = "mm/invalidate_lock-has-one-exclusive-holder",
	  .of = "filemap_invalidate_lock filemap_invalidate_unlock",
	  .follows =
		  "include/linux/fs.h, filemap_invalidate_lock(): down_write() of invalidate_lock",
	  .tasks = 3,
	  .setup = open_file,
	  .task = { exclude, exclude, exclude },
	  .expect = NO_VIOLATION },
	{ .name = "mm/invalidate_lock-does-not-nest",
	  .of = "filemap_invalidate_lock filemap_invalidate_lock_shared",
	  .follows =
		  "Documentation/filesystems/locking.rst, invalidate_lock: a rw_semaphore, which knows no recursion",
	  .tasks = 1,
	  .setup = open_file,
	  .task = { shared_within_exclusive },
	  .expect = V_DEADLOCK,
	  .expect_deadlock = true },
	BAD_TEST(
		"mm/invalidate_lock-is-unlocked-as-it-was-locked",
		"filemap_invalidate_unlock",
		"kernel/locking/rwsem.c, __up_write(): a DEBUG_RWSEMS_WARN_ON() where the owner is no writer",
		open_file, unlock_shared_as_exclusive, V_CONTRACT),
	ATOMIC("mm/invalidate_lock-sleeps", "filemap_invalidate_lock_shared",
	       "kernel/locking/rwsem.c, down_read(): might_sleep()", open_file,
	       invalidate_lock_in_atomic));
