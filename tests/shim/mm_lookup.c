// SPDX-License-Identifier: GPL-2.0-only
/*
 * Areas and looking up their pages: what get_user_pages() refuses, when it waits,
 * and what references it takes; after mm/gup.c.
 */
#include <linux/secretmem.h>
#include <linux/spinlock.h>

#include "mm_fixture.h"

#define SECOND (MM_TEST_UVA + PAGE_SIZE)

static struct page *page;
static struct file *file;
static DEFINE_SPINLOCK(lock);

static void map_anon(void)
{
	mm_test_map_anon();
	mm_test_write(MM_TEST_UVA, "old");
}

static void map_file(void)
{
	file = mm_test_map_file();
	mm_test_write(MM_TEST_UVA, "old");
}

static void map_device(void)
{
	CHECK(!mm_mmap(MM_TEST_UVA, PAGE_SIZE, MM_DEVICE, 0, 0));
}

static int fast(unsigned long addr, unsigned int flags)
{
	return get_user_pages_fast(addr, 1, flags, &page);
}

static long slow(unsigned long addr, unsigned int flags)
{
	return get_user_pages_unlocked(addr, 1, &page, flags);
}

/* ---- Refusals ------------------------------------------------------------ */

static void refuses_device(void)
{
	CHECK(mm_view_pte(MM_TEST_UVA) != HOST_NO_PFN);
	CHECK(!get_user_page_fast_only(MM_TEST_UVA, 0, &page));
	CHECK(fast(MM_TEST_UVA, 0) == -EFAULT);
	CHECK(fast(MM_TEST_UVA, FOLL_WRITE) == -EFAULT);
	mmap_read_lock(current->mm);
	CHECK(get_user_pages(MM_TEST_UVA, 1, 0, NULL) == -EFAULT);
	mmap_read_unlock(current->mm);
}

static void refuses_vm_io(void)
{
	struct vm_area_struct *vma = vma_lookup(current->mm, MM_TEST_UVA);

	vm_flags_set(vma, VM_IO);
	CHECK(slow(MM_TEST_UVA, 0) == -EFAULT);
	vm_flags_clear(vma, VM_IO);
	CHECK(slow(MM_TEST_UVA, 0) == 1);
	put_page(page);
}

static void write_to_read_only_file(void)
{
	CHECK(!mm_mmap(MM_TEST_UVA, PAGE_SIZE, file, 0, MM_MMAP_READONLY));
	CHECK(mm_test_sees(MM_TEST_UVA, "old"));
	CHECK(!get_user_page_fast_only(MM_TEST_UVA, FOLL_WRITE, &page));
	CHECK(fast(MM_TEST_UVA, FOLL_WRITE) == -EFAULT);
	CHECK(fast(MM_TEST_UVA, 0) == 1);
	CHECK(page_to_pfn(page) == mm_view_pte(MM_TEST_UVA));
	put_page(page);
}

static void secret(void)
{
	CHECK(!vma_is_secretmem(vma_lookup(current->mm, MM_TEST_UVA)));
	mapping_set_no_direct_map(file->f_mapping);
	CHECK(!get_user_page_fast_only(MM_TEST_UVA, FOLL_WRITE, &page));
	CHECK(fast(MM_TEST_UVA, FOLL_WRITE) == -EFAULT);
	CHECK(fast(SECOND, 0) == -EFAULT);
	CHECK(mm_view_pte(SECOND) == HOST_NO_PFN);
}

static void outside(void)
{
	CHECK(fast(MM_TEST_UVA + MM_TEST_SIZE, 0) == -EFAULT);
	CHECK(fast(MM_TEST_UVA - PAGE_SIZE, 0) == -EFAULT);
	CHECK(slow(MM_TEST_UVA - PAGE_SIZE, FOLL_WRITE) == -EFAULT);
}

static void beyond_file(void)
{
	CHECK(!mm_mmap(MM_TEST_UVA, 2 * PAGE_SIZE, file,
		       (MM_TEST_PAGES - 1) * PAGE_SIZE, 0));
	CHECK(slow(MM_TEST_UVA, 0) == 1);
	put_page(page);
	CHECK(slow(SECOND, 0) == -EFAULT);
}

static void no_fault(void)
{
	CHECK(slow(SECOND, FOLL_NOFAULT | FOLL_WRITE) == -EFAULT);
	CHECK(mm_view_pte(SECOND) == HOST_NO_PFN);
	CHECK(slow(MM_TEST_UVA, FOLL_NOFAULT | FOLL_WRITE) == 1);
	put_page(page);
}

/* ---- References ---------------------------------------------------------- */

static void pins(void)
{
	struct page *pages[2];

	CHECK(pin_user_pages_fast(MM_TEST_UVA, 2, FOLL_WRITE, pages) == 2);
	CHECK(page_count(pages[0]) >= 2 && page_count(pages[1]) >= 2);
	unpin_user_page(pages[0]);
	unpin_user_page(pages[1]);
	CHECK(page_count(pages[0]) == 1);
	CHECK(pin_user_pages_unlocked(MM_TEST_UVA, 1, pages, 0) == 1);
	CHECK(pages[0] == pfn_to_page(mm_view_pte(MM_TEST_UVA)));
	unpin_user_page(pages[0]);
	CHECK(page_count(pages[0]) == 1);
}

static void unaligned(void)
{
	CHECK(fast(MM_TEST_UVA + 5, FOLL_WRITE) == 1);
	CHECK(page_to_pfn(page) == mm_view_pte(MM_TEST_UVA));
	put_page(page);
	CHECK(slow(MM_TEST_UVA + PAGE_SIZE - 1, 0) == 1);
	CHECK(page_to_pfn(page) == mm_view_pte(MM_TEST_UVA));
	put_page(page);
}

static void survives_unmap(void)
{
	CHECK(fast(MM_TEST_UVA, FOLL_WRITE) == 1);
	CHECK(!mm_munmap(MM_TEST_UVA, MM_TEST_SIZE));
	CHECK(page_count(page) == 1);
	put_page(page);
	CHECK(page_count(page) == 0);
}

static void stops_at_hole(void)
{
	struct page *pages[3];

	CHECK(!mm_munmap(MM_TEST_UVA + 2 * PAGE_SIZE, PAGE_SIZE));
	CHECK(get_user_pages_unlocked(MM_TEST_UVA, 3, pages, FOLL_WRITE) == 2);
	put_page(pages[0]);
	put_page(pages[1]);
}

/* ---- Context ------------------------------------------------------------- */

static void fast_in_atomic(void)
{
	spin_lock(&lock);
	fast(MM_TEST_UVA, FOLL_WRITE);
	put_page(page);
	spin_unlock(&lock);
}

static void fast_only_in_atomic(void)
{
	spin_lock_irq(&lock);
	CHECK(get_user_page_fast_only(MM_TEST_UVA, FOLL_WRITE, &page));
	put_page(page);
	spin_unlock_irq(&lock);
}

static void slow_in_atomic(void)
{
	spin_lock(&lock);
	slow(MM_TEST_UVA, FOLL_WRITE);
	put_page(page);
	spin_unlock(&lock);
}

/* The fast walk takes no lock: a writer of mmap_lock does not stop it. */
static void hold_mmap_lock(void)
{
	mmap_write_lock(current->mm);
	shim_step(0);
	shim_wait_step(2);
	mmap_write_unlock(current->mm);
}

static void fast_beside_mmap_lock(void)
{
	shim_wait_step(1);
	CHECK(get_user_page_fast_only(MM_TEST_UVA, FOLL_WRITE, &page));
	put_page(page);
	CHECK(fast(MM_TEST_UVA, FOLL_WRITE) == 1);
	put_page(page);
	shim_step(1);
}

static void slow_waits_for_mmap_lock(void)
{
	shim_wait_step(1);
	CHECK(slow(MM_TEST_UVA, FOLL_WRITE) == 1);
	CHECK(shim_steps() == 2);
	put_page(page);
}

static void let_go(void)
{
	shim_step(1);
}

/* ---- Areas --------------------------------------------------------------- */

static void areas(void)
{
	struct vm_area_struct *vma = find_vma(current->mm, MM_TEST_UVA);

	CHECK(vma && vma->vm_start == MM_TEST_UVA);
	CHECK(vma_pages(vma) == MM_TEST_PAGES);
	CHECK(vma_kernel_pagesize(vma) == PAGE_SIZE);
	CHECK(find_vma(current->mm, 0) == vma && !vma_lookup(current->mm, 0));
	CHECK(vma_lookup(current->mm, vma->vm_end - 1) == vma);
	CHECK(!vma_lookup(current->mm, vma->vm_end));
	CHECK(!find_vma(current->mm, vma->vm_end));
	CHECK(!mm_munmap(SECOND, PAGE_SIZE));
	CHECK(!vma_lookup(current->mm, SECOND));
	CHECK(find_vma(current->mm, SECOND)->vm_start == SECOND + PAGE_SIZE);
}

static int fixup(unsigned long addr, unsigned int flags)
{
	bool unlocked = false;
	int ret;

	mmap_read_lock(current->mm);
	ret = fixup_user_fault(current->mm, addr, flags, &unlocked);
	mmap_read_unlock(current->mm);
	return ret;
}

static void fixups(void)
{
	CHECK(!fixup(SECOND, FAULT_FLAG_WRITE));
	CHECK(mm_view_pte(SECOND) != HOST_NO_PFN);
	CHECK(fixup(MM_TEST_UVA + MM_TEST_SIZE, 0) == -EFAULT);
	CHECK(!mm_mmap(MM_TEST_UVA, PAGE_SIZE, NULL, 0, MM_MMAP_READONLY));
	CHECK(fixup(MM_TEST_UVA, FAULT_FLAG_WRITE) == -EFAULT);
	CHECK(!fixup(MM_TEST_UVA, 0));
}

static void fixup_poisoned(void)
{
	CHECK(fast(MM_TEST_UVA, FOLL_WRITE) == 1);
	put_page(page);
	CHECK(!memory_failure(page_to_pfn(page), 0));
	CHECK(fixup(MM_TEST_UVA, FAULT_FLAG_WRITE) == -EFAULT);
	CHECK(vmf_error(-ENOMEM) == VM_FAULT_OOM);
	CHECK(vmf_error(-EHWPOISON) == VM_FAULT_HWPOISON);
	CHECK(vmf_error(-EINVAL) == VM_FAULT_SIGBUS);
}

static void faults_of_others(void)
{
	fixup_user_fault(current->mm, SECOND, 0, NULL);
}

#define ANON(title, names, source, function)                                   \
	LONE_TEST(title, names, source, map_anon, function)
#define OF_FILE(title, names, source, function)                                \
	LONE_TEST(title, names, source, map_file, function)
#define BAD_ANON(title, names, source, function, violation)                    \
	BAD_TEST(title, names, source, map_anon, function, violation)

DEFINE_SHIM_TESTS(
	mm_lookup,
	LONE_TEST(
		"mm/get_user_pages-refuses-device-memory-on-every-path",
		"get_user_pages_fast get_user_pages get_user_page_fast_only",
		"mm/gup.c, check_vma_flags(): -EFAULT where VM_IO or VM_PFNMAP is set, for reads as well",
		map_device, refuses_device),
	ANON("mm/get_user_pages-refuses-VM_IO", "get_user_pages_unlocked",
	     "mm/gup.c, check_vma_flags(): VM_IO alone is enough",
	     refuses_vm_io),
	OF_FILE("mm/FOLL_WRITE-of-a-read-only-file-mapping",
		"get_user_pages_fast get_user_page_fast_only",
		"mm/gup.c, check_vma_flags(): a shared mapping without VM_WRITE is not written, its entry is not writable",
		write_to_read_only_file),
	OF_FILE("mm/no-path-looks-up-memory-without-direct-map",
		"get_user_pages_fast get_user_page_fast_only",
		"mm/gup.c, check_vma_flags(): refused before anything is faulted in; gup_fast_folio_allowed(): and where it is mapped already",
		secret),
	ANON("mm/get_user_pages-outside-of-areas", "get_user_pages_fast",
	     "mm/gup.c, __get_user_pages(): -EFAULT where there is no area",
	     outside),
	OF_FILE("mm/get_user_pages-beyond-the-file", "get_user_pages_unlocked",
		"include/linux/mm.h, vm_fault_to_errno(): VM_FAULT_SIGBUS is -EFAULT",
		beyond_file),
	ANON("mm/FOLL_NOFAULT-faults-nothing-in", "get_user_pages_unlocked",
	     "include/linux/mm_types.h, FOLL_NOFAULT: do not fault in pages",
	     no_fault),
	ANON("mm/pinned-pages-are-unpinned-again",
	     "pin_user_pages_fast pin_user_pages_unlocked unpin_user_page",
	     "Documentation/core-api/pin_user_pages.rst: each pin needs an unpin_user_page()",
	     pins),
	ANON("mm/addresses-within-a-page",
	     "get_user_pages_fast get_user_pages_unlocked",
	     "mm/gup.c, gup_fast_fallback(): the start is rounded down to its page",
	     unaligned),
	ANON("mm/a-reference-outlives-munmap", "get_user_pages_fast put_page",
	     "mm/gup.c, get_user_pages_remote(): the page stays until put_page(), its address may be unmapped",
	     survives_unmap),
	ANON("mm/get_user_pages-stops-at-a-hole", "get_user_pages_unlocked",
	     "mm/gup.c, __get_user_pages(): returns what was found before the error",
	     stops_at_hole),
	BAD_ANON(
		"mm/get_user_pages_fast-may-sleep", "get_user_pages_fast",
		"mm/gup.c, gup_fast_fallback(): might_lock_read(mmap_lock) unless fast only",
		fast_in_atomic, V_SLEEP_IN_ATOMIC),
	ANON("mm/get_user_page_fast_only-in-atomic-context",
	     "get_user_page_fast_only get_user_pages_fast_only",
	     "mm/gup.c, get_user_pages_fast_only(): can be called from atomic context",
	     fast_only_in_atomic),
	BAD_ANON(
		"mm/get_user_pages_unlocked-may-sleep",
		"get_user_pages_unlocked",
		"mm/gup.c, get_user_pages_unlocked(): takes mmap_lock, may fault",
		slow_in_atomic, V_SLEEP_IN_ATOMIC),
	{ .name = "mm/the-fast-walk-does-without-mmap_lock",
	  .of = "get_user_page_fast_only get_user_pages_fast",
	  .follows =
		  "mm/gup.c, fast GUP: pins user pages by walking page tables without taking any lock",
	  .tasks = 2,
	  .setup = map_anon,
	  .task = { hold_mmap_lock, fast_beside_mmap_lock },
	  .expect = NO_VIOLATION },
	{ .name = "mm/the-slow-walk-takes-mmap_lock",
	  .of = "get_user_pages_unlocked mmap_read_lock",
	  .follows =
		  "mm/gup.c, get_user_pages_unlocked(): suitable to replace mmap_read_lock(), get_user_pages(), mmap_read_unlock()",
	  .tasks = 3,
	  .setup = map_anon,
	  .task = { hold_mmap_lock, slow_waits_for_mmap_lock, let_go },
	  .expect = NO_VIOLATION },
	ANON("mm/find_vma-and-vma_lookup",
	     "find_vma vma_lookup vma_pages vma_kernel_pagesize",
	     "mm/mmap.c, find_vma(): the first area that ends above the address; include/linux/mm.h, vma_lookup(): only if it contains it",
	     areas),
	ANON("mm/fixup_user_fault-and-its-errors", "fixup_user_fault",
	     "mm/gup.c, fixup_user_fault(): resolves a fault as if the access were made, without a page",
	     fixups),
	ANON("mm/fixup_user_fault-of-a-lost-page",
	     "fixup_user_fault vmf_error memory_failure",
	     "include/linux/mm.h, vm_fault_to_errno(): without FOLL_HWPOISON it is -EFAULT",
	     fixup_poisoned),
	BAD_ANON(
		"mm/fixup_user_fault-needs-mmap_lock", "fixup_user_fault",
		"mm/gup.c, fixup_user_fault(): the caller holds mmap_lock, which may be dropped",
		faults_of_others, V_CONTRACT));
