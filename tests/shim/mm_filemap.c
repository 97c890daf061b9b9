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

static void invalidate_refuses(void)
{
	struct folio *held = filemap_get_folio(mapping, 0);

	folio_clear_dirty(held);
	CHECK(invalidate_inode_pages2_range(mapping, 0, -1) == -EBUSY);
	folio_put(held);
	CHECK(!invalidate_inode_pages2_range(mapping, 0, -1));
	CHECK(!mapping->nrpages);
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

DEFINE_SHIM_TESTS(mm_filemap,
		  { .name = "mm/filemap_grab_folio-returns-a-locked-folio",
		    .tasks = 1,
		    .setup = open_file,
		    .task = { grab_creates },
		    .expect = NO_VIOLATION },
		  { .name = "mm/FGP_NOWAIT-does-not-wait-for-the-lock",
		    .tasks = 1,
		    .setup = open_and_grab,
		    .task = { nowait },
		    .expect = NO_VIOLATION },
		  { .name = "mm/folio_unlock-of-an-unlocked-folio",
		    .tasks = 1,
		    .setup = open_and_grab,
		    .task = { unlock_twice },
		    .expect = V_CONTRACT },
		  { .name = "mm/folio-removed-without-its-lock",
		    .tasks = 1,
		    .setup = open_and_grab,
		    .task = { remove_unlocked },
		    .expect = V_CONTRACT },
		  { .name = "mm/folio_lock-twice",
		    .tasks = 1,
		    .setup = open_and_grab,
		    .task = { lock_twice },
		    .expect = V_DEADLOCK,
		    .expect_deadlock = true },
		  { .name = "mm/folio_lock-excludes",
		    .tasks = 2,
		    .setup = open_file,
		    .task = { exclusive, exclusive },
		    .check = exclusive_check,
		    .expect = NO_VIOLATION },
		  { .name = "mm/truncation-waits-for-locked-folios",
		    .tasks = 2,
		    .setup = open_and_grab,
		    .task = { truncate_locked, unlock_late },
		    .expect = NO_VIOLATION },
		  { .name = "mm/has-the-page-been-truncated",
		    .tasks = 2,
		    .setup = open_and_grab,
		    .task = { grab_while_truncated, remove_then_unlock },
		    .expect = NO_VIOLATION },
		  { .name = "mm/truncation-unmaps-then-removes-then-frees",
		    .tasks = 1,
		    .setup = map_and_touch,
		    .task = { truncate_order },
		    .expect = NO_VIOLATION },
		  { .name = "mm/truncation-leaves-the-rest-alone",
		    .tasks = 1,
		    .setup = map_and_touch,
		    .task = { truncate_range },
		    .expect = NO_VIOLATION },
		  { .name = "mm/a-reference-outlives-truncation",
		    .tasks = 1,
		    .setup = map_and_touch,
		    .task = { held_page_survives },
		    .expect = NO_VIOLATION },
		  { .name = "mm/unmap_mapping_range-keeps-the-folios",
		    .tasks = 1,
		    .setup = map_and_touch,
		    .task = { unmap_keeps_folios },
		    .expect = NO_VIOLATION },
		  { .name = "mm/invalidation-fails-for-folios-in-use",
		    .tasks = 1,
		    .setup = map_and_touch,
		    .task = { invalidate_refuses },
		    .expect = NO_VIOLATION },
		  { .name = "mm/a-mapping-holds-the-file",
		    .tasks = 1,
		    .setup = map_and_touch,
		    .task = { last_close_frees },
		    .expect = NO_VIOLATION },
		  { .name = "mm/invalidate_lock-excludes-shared-holders",
		    .tasks = 3,
		    .setup = open_file,
		    .task = { invalidate_lock_excludes, invalidate_lock_shared,
			      invalidate_lock_shared },
		    .expect = NO_VIOLATION });
