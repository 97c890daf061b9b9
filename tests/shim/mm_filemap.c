// SPDX-License-Identifier: GPL-2.0-only
/* The page cache, after mm/filemap.c and mm/truncate.c. */
#include "mm_fixture.h"

static struct file *file;
static struct address_space *mapping;
static struct folio *folio;
static struct mmu_notifier notifier;

static void open_file(void)
{
	file = mm_test_file();
	mapping = file->f_mapping;
}

/* A folio at index 0, locked, with a reference of ours. */
static void open_and_grab(void)
{
	open_file();
	folio = filemap_grab_folio(mapping, 0);
}

static void map_and_touch(void)
{
	file = mm_test_map_file();
	mapping = file->f_mapping;
	mm_test_write(MM_TEST_UVA, "old");
	mm_test_notifier(&notifier);
}

static void grab_creates(void)
{
	CHECK(filemap_get_folio(mapping, 0) == ERR_PTR(-ENOENT));
	folio = filemap_grab_folio(mapping, 0);
	CHECK(folio_test_locked(folio) && folio_ref_count(folio) == 2);
	CHECK(folio->mapping == mapping && folio->index == 0);
	CHECK(!folio_test_uptodate(folio) && mapping->nrpages == 1);
	folio_unlock(folio);
	CHECK(filemap_lock_folio(mapping, 0) == folio);
	CHECK(folio_ref_count(folio) == 3);
}

static void nowait(void)
{
	fgf_t flags = FGP_LOCK | FGP_NOWAIT;

	CHECK(__filemap_get_folio(mapping, 0, flags, 0) == ERR_PTR(-EAGAIN));
	CHECK(folio_ref_count(folio) == 2);
}

static void unlock_twice(void)
{
	folio_unlock(folio);
	folio_unlock(folio);
}

static void remove_unlocked(void)
{
	folio_unlock(folio);
	filemap_remove_folio(folio);
}

static void lock_twice(void)
{
	folio_lock(folio);
}

/* Two tasks add to a counter under the folio's lock. */
static unsigned int in_section, sections;

static void exclusive(void)
{
	struct folio *mine = filemap_grab_folio(mapping, 0);

	CHECK(!in_section);
	in_section = 1;
	sections++;
	folio_get(mine);
	folio_put(mine);
	in_section = 0;
	folio_unlock(mine);
	folio_put(mine);
}

static void exclusive_check(void)
{
	CHECK(sections == 2 && mapping->nrpages == 1);
}

static void unlock_late(void)
{
	shim_step(0);
	folio_unlock(folio);
}

static void truncate_locked(void)
{
	truncate_inode_pages_range(mapping, 0, PAGE_SIZE - 1);
	/* Only the lock's holder could have let it go. */
	CHECK(shim_steps() == 1);
	CHECK(!folio->mapping && folio_ref_count(folio) == 1);
}

/* Waits for the lock of a folio that is truncated meanwhile. */
static void grab_while_truncated(void)
{
	struct folio *found = filemap_grab_folio(mapping, 0);

	CHECK(found->mapping == mapping && found != folio);
	folio_unlock(found);
	folio_put(found);
}

static void remove_then_unlock(void)
{
	filemap_remove_folio(folio);
	folio_unlock(folio);
}

static void truncate_order(void)
{
	unsigned long pfn = mm_view_pte(MM_TEST_UVA);

	truncate_inode_pages_range(mapping, 0, MM_TEST_SIZE - 1);
	CHECK(!strcmp(mm_log, "SpE-F"));
	CHECK(page_count(pfn_to_page(pfn)) == 0 && !mapping->nrpages);
	CHECK(mm_test_zero(MM_TEST_UVA));
}

static void truncate_range(void)
{
	mm_test_write(MM_TEST_UVA + PAGE_SIZE, "one");
	mm_test_write(MM_TEST_UVA + 2 * PAGE_SIZE, "two");
	truncate_inode_pages_range(mapping, PAGE_SIZE, 2 * PAGE_SIZE - 1);
	CHECK(mapping->nrpages == 2);
	CHECK(mm_test_sees(MM_TEST_UVA, "old"));
	CHECK(mm_test_zero(MM_TEST_UVA + PAGE_SIZE));
	CHECK(mm_test_sees(MM_TEST_UVA + 2 * PAGE_SIZE, "two"));
}

static void held_page_survives(void)
{
	struct page *page;

	CHECK(get_user_pages_fast(MM_TEST_UVA, 1, 0, &page) == 1);
	truncate_inode_pages(mapping, 0);
	CHECK(page_count(page) == 1 && !page->mapping);
	put_page(page);
}

static void unmap_keeps_folios(void)
{
	unmap_mapping_range(mapping, 0, PAGE_SIZE, 0);
	CHECK(!strcmp(mm_log, "SpE-"));
	CHECK(mapping->nrpages == 1 && mm_test_sees(MM_TEST_UVA, "old"));
}

static void invalidate_dirty(void)
{
	struct folio *dirty = filemap_get_folio(mapping, 0);

	CHECK(folio_test_dirty(dirty));
	CHECK(invalidate_inode_pages2_range(mapping, 0, -1) == -EBUSY);
	CHECK(!strcmp(mm_log, "SpE-") && dirty->mapping == mapping);
	folio_put(dirty);
}

static void invalidate_held(void)
{
	struct folio *held = filemap_get_folio(mapping, 0);

	folio_clear_dirty(held);
	CHECK(!invalidate_inode_pages2_range(mapping, 0, -1));
	CHECK(!mapping->nrpages && !held->mapping);
	CHECK(folio_ref_count(held) == 1);
	folio_put(held);
}

static void last_close_frees(void)
{
	unsigned long pfn = mm_view_pte(MM_TEST_UVA);

	fput(file);
	mm_munmap(MM_TEST_UVA, MM_TEST_SIZE);
	CHECK(pfn != HOST_NO_PFN);
}

/* Truncation takes the lock of its folio inside the invalidate_lock. */
static void invalidate_lock_excludes(void)
{
	filemap_invalidate_lock(mapping);
	CHECK(!in_section);
	in_section = 1;
	truncate_inode_pages(mapping, 0);
	in_section = 0;
	filemap_invalidate_unlock(mapping);
}

static void invalidate_lock_shared(void)
{
	filemap_invalidate_lock_shared(mapping);
	CHECK(!in_section);
	folio = filemap_grab_folio(mapping, 0);
	folio_unlock(folio);
	folio_put(folio);
	CHECK(!in_section);
	filemap_invalidate_unlock_shared(mapping);
}

DEFINE_SHIM_TESTS(
	mm_filemap,
	{ .name = "mm/filemap_grab_folio-returns-a-locked-folio",
	  .of = "filemap_grab_folio filemap_lock_folio __filemap_get_folio filemap_get_folio",
	  .follows =
		  "include/linux/pagemap.h, filemap_grab_folio(): looks up or creates; the folio is locked and has a reference more",
	  .tasks = 1,
	  .setup = open_file,
	  .task = { grab_creates },
	  .expect = NO_VIOLATION },
	{ .name = "mm/FGP_NOWAIT-does-not-wait-for-the-lock",
	  .of = "__filemap_get_folio",
	  .follows =
		  "mm/filemap.c, __filemap_get_folio(): with FGP_NOWAIT a lock that is taken gives -EAGAIN",
	  .tasks = 1,
	  .setup = open_and_grab,
	  .task = { nowait },
	  .expect = NO_VIOLATION },
	{ .name = "mm/folio_unlock-of-an-unlocked-folio",
	  .of = "folio_unlock",
	  .follows =
		  "mm/filemap.c, folio_unlock(): the folio must be locked, VM_BUG_ON_FOLIO() says so",
	  .tasks = 1,
	  .setup = open_and_grab,
	  .task = { unlock_twice },
	  .expect = V_CONTRACT },
	{ .name = "mm/folio-removed-without-its-lock",
	  .of = "filemap_remove_folio",
	  .follows =
		  "mm/filemap.c, filemap_remove_folio(): must be called with the folio locked",
	  .tasks = 1,
	  .setup = open_and_grab,
	  .task = { remove_unlocked },
	  .expect = V_CONTRACT },
	{ .name = "mm/folio_lock-twice",
	  .of = "folio_lock",
	  .follows =
		  "include/linux/pagemap.h, folio_lock(): sleeps until the lock is free; it knows no recursion",
	  .tasks = 1,
	  .setup = open_and_grab,
	  .task = { lock_twice },
	  .expect = V_DEADLOCK,
	  .expect_deadlock = true },
	{ .name = "mm/folio_lock-excludes",
	  .of = "folio_lock folio_unlock",
	  .follows =
		  "include/linux/pagemap.h, folio_lock(): the lock protects against truncation and other holders",
	  .tasks = 2,
	  .setup = open_file,
	  .task = { exclusive, exclusive },
	  .check = exclusive_check,
	  .expect = NO_VIOLATION },
	{ .name = "mm/truncation-waits-for-locked-folios",
	  .of = "truncate_inode_pages_range",
	  .follows =
		  "mm/truncate.c, truncate_inode_pages_range(): a first pass does not block, the second waits for each folio",
	  .tasks = 2,
	  .setup = open_and_grab,
	  .task = { truncate_locked, unlock_late },
	  .expect = NO_VIOLATION },
	{ .name = "mm/has-the-page-been-truncated",
	  .of = "filemap_grab_folio filemap_remove_folio",
	  .follows =
		  "mm/filemap.c, __filemap_get_folio(): after the lock was got, mapping is looked at again, and the lookup repeated",
	  .tasks = 2,
	  .setup = open_and_grab,
	  .task = { grab_while_truncated, remove_then_unlock },
	  .expect = NO_VIOLATION },
	{ .name = "mm/truncation-unmaps-then-removes-then-frees",
	  .of = "truncate_inode_pages_range",
	  .follows =
		  "mm/truncate.c, truncate_cleanup_folio() and delete_from_page_cache_batch(): unmap, take out, then ->free_folio()",
	  .tasks = 1,
	  .setup = map_and_touch,
	  .task = { truncate_order },
	  .expect = NO_VIOLATION },
	{ .name = "mm/truncation-leaves-the-rest-alone",
	  .of = "truncate_inode_pages_range",
	  .follows =
		  "mm/truncate.c, truncate_inode_pages_range(): the range includes its first byte and its last",
	  .tasks = 1,
	  .setup = map_and_touch,
	  .task = { truncate_range },
	  .expect = NO_VIOLATION },
	{ .name = "mm/a-reference-outlives-truncation",
	  .of = "truncate_inode_pages",
	  .follows =
		  "mm/truncate.c, truncate_inode_pages_range(): puts the cache's references, not those of others",
	  .tasks = 1,
	  .setup = map_and_touch,
	  .task = { held_page_survives },
	  .expect = NO_VIOLATION },
	{ .name = "mm/unmap_mapping_range-keeps-the-folios",
	  .of = "unmap_mapping_range",
	  .follows =
		  "mm/memory.c, unmap_mapping_range(): zaps entries of all processes, leaves the page cache",
	  .tasks = 1,
	  .setup = map_and_touch,
	  .task = { unmap_keeps_folios },
	  .expect = NO_VIOLATION },
	{ .name = "mm/invalidation-fails-for-dirty-folios",
	  .of = "invalidate_inode_pages2_range",
	  .follows =
		  "mm/truncate.c, invalidate_inode_pages2_range(): unmaps what is mapped; -EBUSY where a folio could not go",
	  .tasks = 1,
	  .setup = map_and_touch,
	  .task = { invalidate_dirty },
	  .expect = NO_VIOLATION },
	{ .name = "mm/invalidation-does-not-look-at-references",
	  .of = "invalidate_inode_pages2_range",
	  .follows =
		  "mm/truncate.c, invalidate_complete_folio2(): takes a clean folio out whoever has a reference to it",
	  .tasks = 1,
	  .setup = map_and_touch,
	  .task = { invalidate_held },
	  .expect = NO_VIOLATION },
	{ .name = "mm/a-mapping-holds-the-file",
	  .of = "fput",
	  .follows =
		  "mm/vma.c, remove_vma(): an area has a reference to its file until it is freed",
	  .tasks = 1,
	  .setup = map_and_touch,
	  .task = { last_close_frees },
	  .expect = NO_VIOLATION },
	{ .name = "mm/invalidate_lock-excludes-shared-holders",
	  .of = "filemap_invalidate_lock filemap_invalidate_unlock filemap_invalidate_lock_shared filemap_invalidate_unlock_shared",
	  .follows =
		  "Documentation/filesystems/locking.rst, invalidate_lock: held exclusively while pages go, shared while they are filled in",
	  .tasks = 3,
	  .setup = open_file,
	  .task = { invalidate_lock_excludes, invalidate_lock_shared,
		    invalidate_lock_shared },
	  .expect = NO_VIOLATION });
