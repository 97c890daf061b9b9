// SPDX-License-Identifier: GPL-2.0-only
#include <linux/anon_inodes.h>
#include <linux/fcntl.h>

#include "mm_fixture.h"

char mm_log[32];

void mm_log_add(char event)
{
	size_t len = strlen(mm_log);

	if (len < sizeof(mm_log) - 1)
		mm_log[len] = event;
}

/* ---- A file ----------------------------------------------------------- */

static void test_free_folio(struct folio *folio)
{
	CHECK(!folio->mapping);
	mm_log_add('F');
}

static int test_error_remove_folio(struct address_space *mapping,
				   struct folio *folio)
{
	CHECK(folio_test_locked(folio));
	CHECK(!folio_mapped(folio));
	mm_log_add('X');
	return MF_DELAYED;
}

static const struct address_space_operations test_aops = {
	.dirty_folio = noop_dirty_folio,
	.free_folio = test_free_folio,
	.error_remove_folio = test_error_remove_folio,
};

static vm_fault_t test_fault(struct vm_fault *vmf)
{
	struct address_space *mapping = vmf->vma->vm_file->f_mapping;
	struct folio *folio;

	if (vmf->pgoff >= MM_TEST_PAGES)
		return VM_FAULT_SIGBUS;
	folio = filemap_grab_folio(mapping, vmf->pgoff);
	if (IS_ERR(folio))
		return vmf_error(PTR_ERR(folio));
	if (!folio_test_uptodate(folio)) {
		clear_highpage(&folio->page);
		folio_mark_uptodate(folio);
	}
	vmf->page = folio_file_page(folio, vmf->pgoff);
	return VM_FAULT_LOCKED;
}

static const struct vm_operations_struct test_vm_ops = {
	.fault = test_fault,
};

static int test_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &test_vm_ops;
	return 0;
}

static const struct file_operations test_fops = {
	.mmap = test_mmap,
};

struct file *mm_test_file(void)
{
	struct file *file = anon_inode_create_getfile("[test]", &test_fops,
						      NULL, O_RDWR, NULL);

	file->f_mapping->a_ops = &test_aops;
	i_size_write(file_inode(file), MM_TEST_SIZE);
	return file;
}

struct file *mm_test_map_file(void)
{
	struct file *file = mm_test_file();

	CHECK(!mm_mmap(MM_TEST_UVA, MM_TEST_SIZE, file, 0, 0));
	return file;
}

void mm_test_map_anon(void)
{
	CHECK(!mm_mmap(MM_TEST_UVA, MM_TEST_SIZE, NULL, 0, 0));
}

/* ---- A notifier ------------------------------------------------------- */

static void log_entry(void)
{
	mm_log_add(mm_view_pte(MM_TEST_UVA) == HOST_NO_PFN ? '-' : 'p');
}

static int test_start(struct mmu_notifier *notifier,
		      const struct mmu_notifier_range *range)
{
	mm_log_add('S');
	log_entry();
	return 0;
}

static void test_end(struct mmu_notifier *notifier,
		     const struct mmu_notifier_range *range)
{
	mm_log_add('E');
	log_entry();
}

static void test_release(struct mmu_notifier *notifier, struct mm_struct *mm)
{
	mm_log_add('R');
}

static const struct mmu_notifier_ops test_notifier_ops = {
	.invalidate_range_start = test_start,
	.invalidate_range_end = test_end,
	.release = test_release,
};

void mm_test_notifier(struct mmu_notifier *notifier)
{
	notifier->ops = &test_notifier_ops;
	CHECK(!mmu_notifier_register(notifier, current->mm));
}

/* ---- Memory ----------------------------------------------------------- */

void mm_test_write(unsigned long uva, const char *text)
{
	CHECK(!user_write(uva, text, strlen(text)));
}

bool mm_test_sees(unsigned long uva, const char *text)
{
	char bytes[16];
	size_t len = strlen(text);

	return !user_read(uva, bytes, len) && !memcmp(bytes, text, len);
}

bool mm_test_zero(unsigned long uva)
{
	char bytes[4];

	return !user_read(uva, bytes, sizeof(bytes)) &&
	       !memchr_inv(bytes, 0, sizeof(bytes));
}

struct page *mm_test_page(void)
{
	struct page *page = alloc_page(GFP_KERNEL | __GFP_ZERO);

	memcpy_to_page(page, 0, "old", 3);
	return page;
}
