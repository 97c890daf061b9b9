// SPDX-License-Identifier: GPL-2.0-only
/*
 * The process's address space: areas, mmap(), munmap(), its end.
 *
 * Fidelity: EMULATED - after mm/mmap.c and mm/vma.c.  munmap() takes the areas
 * out under mmap_lock for write, then zaps them under mmap_lock for read, so
 * that faults run beside it.  Areas are never merged; there is one process and
 * no fork().
 */
#include <linux/fs.h>
#include <linux/list.h>
#include <linux/mman.h>
#include <linux/rmap.h>
#include <linux/sched/mm.h>
#include <pfnsim/outside.h>

#include "user.h"

struct mm_struct *the_mm;

/* ---- Areas ------------------------------------------------------------ */

struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	list_for_each_entry(vma, &mm->areas, mm_link) {
		if (addr < vma->vm_end)
			return vma;
	}
	return NULL;
}

struct vm_area_struct *vma_lookup(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = find_vma(mm, addr);

	return vma && addr >= vma->vm_start ? vma : NULL;
}

unsigned long vma_kernel_pagesize(struct vm_area_struct *vma)
{
	return PAGE_SIZE;
}

static void insert_area(struct mm_struct *mm, struct vm_area_struct *vma)
{
	struct vm_area_struct *next = find_vma(mm, vma->vm_start);

	list_add_tail(&vma->mm_link, next ? &next->mm_link : &mm->areas);
}

static struct address_space *area_mapping(const struct vm_area_struct *vma)
{
	return vma->vm_file ? vma->vm_file->f_mapping : NULL;
}

static void link_file(struct vm_area_struct *vma)
{
	struct address_space *mapping = area_mapping(vma);

	if (!mapping)
		return;
	i_mmap_lock_write(mapping);
	list_add_tail(&vma->shared_link, &mapping->i_mmap);
	i_mmap_unlock_write(mapping);
}

static void unlink_file(struct vm_area_struct *vma)
{
	struct address_space *mapping = area_mapping(vma);

	if (!mapping)
		return;
	i_mmap_lock_write(mapping);
	list_del(&vma->shared_link);
	i_mmap_unlock_write(mapping);
}

/* ---- mmap ------------------------------------------------------------- */

static vm_flags_t area_flags(struct file *file, unsigned int flags)
{
	vm_flags_t vm_flags = VM_READ | VM_MAYREAD | VM_MAYWRITE | VM_MAYEXEC;

	if (!(flags & MM_MMAP_READONLY))
		vm_flags |= VM_WRITE;
	if (file && !(flags & MM_MMAP_PRIVATE))
		vm_flags |= VM_SHARED | VM_MAYSHARE;
	return vm_flags;
}

static int map_device(struct vm_area_struct *vma)
{
	if (vma->vm_pgoff + vma_pages(vma) > NR_DEVICE_PAGES)
		return -EINVAL;
	vma->vm_ops = &device_vm_ops;
	return remap_pfn_range(vma, vma->vm_start,
			       FIRST_DEVICE_PFN + vma->vm_pgoff,
			       vma->vm_end - vma->vm_start, PAGE_SHARED);
}

static int map_file(struct vm_area_struct *vma, struct file *file)
{
	int ret;

	if (!file->f_op->mmap)
		return -ENODEV;
	vma->vm_file = get_file(file);
	ret = outside(file->f_op->mmap(file, vma));
	if (ret)
		fput(file);
	return ret;
}

static struct vm_area_struct *new_area(struct mm_struct *mm, unsigned long uva,
				       unsigned long len, struct file *file,
				       unsigned long offset, unsigned int flags)
{
	static const struct slab_site site = { "vm_area_struct", NULL };
	struct vm_area_struct *vma = slab_alloc(sizeof(*vma),
						GFP_KERNEL | __GFP_ZERO, &site);

	if (!vma)
		return NULL;
	vma->vm_mm = mm;
	vma->vm_start = uva;
	vma->vm_end = uva + len;
	vma->vm_pgoff = offset >> PAGE_SHIFT;
	vma->vm_flags = area_flags(file, flags);
	vma->vm_page_prot = PAGE_SHARED;
	vma->page_table = heap_alloc(sizeof(*vma->page_table), sizeof(long));
	vma->page_table->base = uva;
	return vma;
}

static long map_area(struct mm_struct *mm, unsigned long uva, unsigned long len,
		     struct file *file, unsigned long offset,
		     unsigned int flags)
{
	struct vm_area_struct *vma;
	int ret = 0;

	vma = new_area(mm, uva, len, file, offset, flags);
	if (!vma)
		return -ENOMEM;
	if (file == MM_DEVICE)
		ret = map_device(vma);
	else if (file)
		ret = map_file(vma, file);
	if (ret) {
		kfree(vma);
		return ret;
	}
	insert_area(mm, vma);
	link_file(vma);
	return 0;
}

static bool bad_range(unsigned long uva, unsigned long len)
{
	return !PAGE_ALIGNED(uva) || !len || len > TASK_SIZE ||
	       uva > TASK_SIZE - len;
}

static long unmap_locked(struct mm_struct *mm, unsigned long start,
			 unsigned long end);

long mm_mmap(unsigned long uva, unsigned long len, struct file *file,
	     unsigned long offset, unsigned int flags)
{
	struct mm_struct *mm = the_mm;
	struct vm_area_struct *vma;
	long ret = 0;

	len = PAGE_ALIGN(len);
	if (bad_range(uva, len) || !PAGE_ALIGNED(offset))
		return -EINVAL;
	mmap_write_lock(mm);
	vma = find_vma(mm, uva);
	if (vma && vma->vm_start < uva + len) {
		/* Drops mmap_lock. */
		ret = unmap_locked(mm, uva, uva + len);
		mmap_write_lock(mm);
	}
	if (!ret)
		ret = map_area(mm, uva, len, file, offset, flags);
	mmap_write_unlock(mm);
	return ret;
}

/* ---- munmap ----------------------------------------------------------- */

/* Cuts @vma at @addr; the part above becomes an area of its own. */
static int split_area(struct vm_area_struct *vma, unsigned long addr)
{
	struct address_space *mapping = area_mapping(vma);
	struct vm_area_struct *upper;

	if (vma->vm_ops && vma->vm_ops->may_split) {
		int ret = outside(vma->vm_ops->may_split(vma, addr));

		if (ret)
			return ret;
	}
	upper = kmemdup(vma, sizeof(*vma), GFP_KERNEL);
	if (!upper)
		return -ENOMEM;
	upper->vm_start = addr;
	upper->vm_pgoff += (addr - vma->vm_start) >> PAGE_SHIFT;
	if (upper->vm_file)
		get_file(upper->vm_file);
	if (upper->vm_ops && upper->vm_ops->open)
		outside_void(upper->vm_ops->open(upper));
	/* Who walks the areas of the file finds the old one or both new ones. */
	if (mapping)
		i_mmap_lock_write(mapping);
	vma->vm_end = addr;
	list_add(&upper->mm_link, &vma->mm_link);
	if (mapping) {
		list_add_tail(&upper->shared_link, &mapping->i_mmap);
		i_mmap_unlock_write(mapping);
	}
	return 0;
}

static int split_at(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = vma_lookup(mm, addr);

	return vma && vma->vm_start < addr ? split_area(vma, addr) : 0;
}

static void detach_areas(struct mm_struct *mm, unsigned long start,
			 unsigned long end, struct list_head *detached)
{
	struct vm_area_struct *vma, *next;

	list_for_each_entry_safe(vma, next, &mm->areas, mm_link) {
		if (vma->vm_start >= start && vma->vm_end <= end)
			list_move_tail(&vma->mm_link, detached);
	}
}

static void free_areas(struct list_head *areas)
{
	struct vm_area_struct *vma, *next;

	list_for_each_entry_safe(vma, next, areas, mm_link) {
		if (vma->vm_ops && vma->vm_ops->close)
			outside_void(vma->vm_ops->close(vma));
		if (vma->vm_file)
			fput(vma->vm_file);
		list_del(&vma->mm_link);
		kfree(vma);
	}
}

/* Called with mmap_lock held for write; drops it. */
static long unmap_locked(struct mm_struct *mm, unsigned long start,
			 unsigned long end)
{
	struct zap zap = { .event = MMU_NOTIFY_UNMAP };
	struct vm_area_struct *vma;
	LIST_HEAD(detached);
	long ret;

	ret = split_at(mm, start);
	if (!ret)
		ret = split_at(mm, end);
	if (ret) {
		mmap_write_unlock(mm);
		return ret;
	}
	detach_areas(mm, start, end, &detached);
	mmap_write_downgrade(mm);
	if (!list_empty(&detached))
		zap_areas(mm, &detached, start, end, &zap);
	/* Truncation may look for the areas until here. */
	list_for_each_entry(vma, &detached, mm_link)
		unlink_file(vma);
	mmap_read_unlock(mm);
	free_areas(&detached);
	return 0;
}

long mm_munmap(unsigned long uva, unsigned long len)
{
	len = PAGE_ALIGN(len);
	if (bad_range(uva, len))
		return -EINVAL;
	mmap_write_lock(the_mm);
	return unmap_locked(the_mm, uva, uva + len);
}

unsigned long vm_mmap(struct file *file, unsigned long addr, unsigned long len,
		      unsigned long prot, unsigned long flags,
		      unsigned long offset)
{
	host_trap(__func__);
}

int vm_munmap(unsigned long addr, size_t len)
{
	return mm_munmap(addr, len);
}

/* ---- The process ------------------------------------------------------ */

struct mm_struct *mm_create(void)
{
	static const struct slab_site site = { "mm_struct", NULL };
	static struct lock_class_key key;
	struct mm_struct *mm = slab_alloc(sizeof(*mm), GFP_KERNEL | __GFP_ZERO,
					  &site);

	if (!mm)
		host_trap("creation of the process's mm failed");
	__init_rwsem(&mm->mmap_lock, "mm->mmap_lock", &key);
	INIT_LIST_HEAD(&mm->areas);
	INIT_HLIST_HEAD(&mm->notifiers);
	mm->mm_users = 1;
	mm->mm_count = 1;
	the_mm = mm;
	return mm;
}

void mmgrab(struct mm_struct *mm)
{
	mm->mm_count++;
}

void mmdrop(struct mm_struct *mm)
{
	if (mm->mm_count <= 0)
		host_report(V_REFCOUNT, HOST_NO_PFN,
			    "mmdrop() of an mm that is free already");
	else if (--mm->mm_count == 0)
		kfree(mm);
}

void mmget(struct mm_struct *mm)
{
	mm->mm_users++;
}

bool mmget_not_zero(struct mm_struct *mm)
{
	if (!mm->mm_users)
		return false;
	mm->mm_users++;
	return true;
}

/* exit_mmap(): the notifiers' release comes first, so nobody hears the zap. */
static void mm_unmap_all(struct mm_struct *mm)
{
	struct zap zap = { .event = MMU_NOTIFY_UNMAP };
	struct vm_area_struct *vma;

	mmu_notifier_release(mm);
	mmap_read_lock(mm);
	if (!list_empty(&mm->areas))
		zap_areas(mm, &mm->areas, 0, TASK_SIZE, &zap);
	mmap_read_unlock(mm);
	mmap_write_lock(mm);
	list_for_each_entry(vma, &mm->areas, mm_link)
		unlink_file(vma);
	free_areas(&mm->areas);
	mmap_write_unlock(mm);
}

void mmput(struct mm_struct *mm)
{
	might_sleep();
	if (mm->mm_users <= 0) {
		host_report(V_REFCOUNT, HOST_NO_PFN,
			    "mmput() of an mm without users");
		return;
	}
	if (--mm->mm_users)
		return;
	mm_unmap_all(mm);
	if (mm == the_mm)
		the_mm = NULL;
	mmdrop(mm);
}

void mm_exit(struct mm_struct *mm)
{
	mmput(mm);
}
