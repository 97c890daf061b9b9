// SPDX-License-Identifier: GPL-2.0-only
/*
 * guest_memfd: memory of the guest that user space maps only where it is told
 * that it may.
 *
 *   struct file --private_data--> struct kvm_gmem --bindings--> memslots
 *       |                             | entry
 *   struct inode --i_mapping--> i_private_list; the folios
 *
 * The inode owns the memory, the file binds it to memslots.  The file pins the
 * VM, and a memslot does not pin the file: release() empties the bindings.
 *
 * mapping->invalidate_lock keeps bindings as they are from the start of an
 * invalidation to its end.  slots_lock keeps memslots from being freed while
 * release() looks at them, and release() from finishing while a memslot is
 * unbound.
 */
#include <linux/anon_inodes.h>
#include <linux/cleanup.h>
#include <linux/falloc.h>
#include <linux/file.h>
#include <linux/highmem.h>
#include <linux/kvm_host.h>
#include <linux/module.h>
#include <linux/pagemap.h>
#include <linux/set_memory.h>

#include "kvm_mm.h"

/*
 * Taken by whoever changes bindings or i_private_list, inside invalidate_lock.
 * Keeps both for memory_failure(), whose folio lock nests inside that.
 */
static DEFINE_MUTEX(kvm_gmem_bind_lock);

struct kvm_gmem {
	struct kvm *kvm;
	/* Memslots by page of the file. */
	struct xarray bindings;
	struct list_head entry;
};

/* GUEST_MEMFD_FLAG_* of the inode. */
static u64 kvm_gmem_flags(const struct inode *inode)
{
	return (unsigned long)inode->i_private;
}

static pgoff_t kvm_gmem_get_index(const struct kvm_memory_slot *slot, gfn_t gfn)
{
	return gfn - slot->base_gfn + slot->gmem.pgoff;
}

/* ---- Folios ----------------------------------------------------------- */

/* Make a locked folio fit for use by guest or user. 0 or -errno. */
static int kvm_gmem_prepare_folio(struct inode *inode, struct folio *folio)
{
	int r;

	if (folio_test_uptodate(folio))
		return 0;

	clear_highpage(folio_page(folio, 0));

	/* Last: there is no other address to clear the page through. */
	if (kvm_gmem_flags(inode) & GUEST_MEMFD_FLAG_NO_DIRECT_MAP) {
		r = folio_zap_direct_map(folio);
		if (r)
			return r;
	}

	folio_mark_uptodate(folio);
	return 0;
}

static void kvm_gmem_put_folio(struct folio *folio)
{
	folio_unlock(folio);
	folio_put(folio);
}

/*
 * The folio at @index, allocated where there is none, locked and with a
 * reference.  ERR_PTR(-EHWPOISON) where the hardware has lost the page.
 */
static struct folio *kvm_gmem_get_folio(struct inode *inode, pgoff_t index)
{
	struct folio *folio = filemap_grab_folio(inode->i_mapping, index);

	if (!IS_ERR(folio) && folio_test_hwpoison(folio)) {
		kvm_gmem_put_folio(folio);
		return ERR_PTR(-EHWPOISON);
	}
	return folio;
}

/* As kvm_gmem_get_folio(), prepared. */
static struct folio *kvm_gmem_get_prepared_folio(struct inode *inode,
						 pgoff_t index)
{
	struct folio *folio = kvm_gmem_get_folio(inode, index);
	int r;

	if (IS_ERR(folio))
		return folio;

	r = kvm_gmem_prepare_folio(inode, folio);
	if (r) {
		kvm_gmem_put_folio(folio);
		return ERR_PTR(r);
	}
	return folio;
}

int kvm_gmem_get_pfn(struct kvm *kvm, struct kvm_memory_slot *slot, gfn_t gfn,
		     kvm_pfn_t *pfn, struct page **page, int *max_order)
{
	pgoff_t index = kvm_gmem_get_index(slot, gfn);
	struct kvm_gmem *gmem;
	struct folio *folio;
	struct file *file;
	int r = 0;

	/* Fails where the last reference is gone, even before release(). */
	file = get_file_active(&slot->gmem.file);
	if (!file)
		return -EFAULT;

	gmem = file->private_data;
	if (WARN_ON_ONCE(xa_load(&gmem->bindings, index) != slot)) {
		r = -EIO;
		goto out;
	}

	folio = kvm_gmem_get_prepared_folio(file_inode(file), index);
	if (IS_ERR(folio)) {
		r = PTR_ERR(folio);
		goto out;
	}

	*page = folio_file_page(folio, index);
	*pfn = page_to_pfn(*page);
	if (max_order)
		*max_order = 0;

	/* The reference goes to the caller. */
	folio_unlock(folio);
out:
	fput(file);
	return r;
}

static void kvm_gmem_free_folio(struct folio *folio)
{
	struct page *page = folio_page(folio, 0);
	kvm_pfn_t pfn = page_to_pfn(page);

	/* The next owner expects to find the page there. */
	if (!kernel_page_present(page))
		WARN_ON_ONCE(folio_restore_direct_map(folio));

	kvm_arch_gmem_invalidate(pfn, pfn + folio_nr_pages(folio));
}

/* ---- Invalidation ----------------------------------------------------- */

static bool kvm_gmem_is_bound(struct kvm_gmem *gmem, pgoff_t start, pgoff_t end)
{
	unsigned long index = start;

	return xa_find(&gmem->bindings, &index, end - 1, XA_PRESENT);
}

/* The part of pages [@start, @end) of the file that @slot shows. */
static struct kvm_gfn_range kvm_gmem_range_of(struct kvm_memory_slot *slot,
					      pgoff_t start, pgoff_t end)
{
	pgoff_t first = slot->gmem.pgoff;
	pgoff_t last = first + slot->npages;
	struct kvm_gfn_range range = {
		.start = slot->base_gfn + max(first, start) - first,
		.end = slot->base_gfn + min(last, end) - first,
		.slot = slot,
		.attr_filter = KVM_FILTER_PRIVATE,
		.may_block = true,
	};

	if (kvm_memslot_is_gmem_only(slot))
		range.attr_filter |= KVM_FILTER_SHARED;
	return range;
}

static void kvm_gmem_invalidate_caches(struct kvm_gmem *gmem, pgoff_t start,
				       pgoff_t end)
{
	struct kvm_memory_slot *slot;
	struct kvm_gfn_range range;
	unsigned long index;

	xa_for_each_range(&gmem->bindings, index, slot, start, end - 1) {
		range = kvm_gmem_range_of(slot, start, end);
		gpc_invalidate_memslot_range_start(gmem->kvm, slot, range.start,
						   range.end);
	}
}

/* With mmu_lock held. */
static void kvm_gmem_unmap(struct kvm_gmem *gmem, pgoff_t start, pgoff_t end)
{
	struct kvm_memory_slot *slot;
	struct kvm_gfn_range range;
	unsigned long index;
	bool flush = false;

	xa_for_each_range(&gmem->bindings, index, slot, start, end - 1) {
		range = kvm_gmem_range_of(slot, start, end);
		flush |= kvm_mmu_unmap_gfn_range(gmem->kvm, &range);
	}
	if (flush)
		kvm_flush_remote_tlbs(gmem->kvm);
}

/*
 * Pages [@start, @end) of the file are about to go.  The caller holds
 * invalidate_lock, or kvm_gmem_bind_lock, until after
 * kvm_gmem_invalidate_end(), so that both see the same bindings.
 */
static void kvm_gmem_invalidate_start(struct kvm_gmem *gmem, pgoff_t start,
				      pgoff_t end)
{
	struct kvm *kvm = gmem->kvm;

	if (!kvm_gmem_is_bound(gmem, start, end))
		return;

	/* As for an MMU notifier: the count, the caches, the shadow pages. */
	kvm_active_invalidate_start(kvm);
	kvm_gmem_invalidate_caches(gmem, start, end);

	KVM_MMU_LOCK(kvm);
	kvm_mmu_invalidate_start(kvm);
	kvm_gmem_unmap(gmem, start, end);
	KVM_MMU_UNLOCK(kvm);
}

static void kvm_gmem_invalidate_end(struct kvm_gmem *gmem, pgoff_t start,
				    pgoff_t end)
{
	struct kvm *kvm = gmem->kvm;

	if (!kvm_gmem_is_bound(gmem, start, end))
		return;

	KVM_MMU_LOCK(kvm);
	kvm_mmu_invalidate_end(kvm);
	KVM_MMU_UNLOCK(kvm);

	kvm_active_invalidate_end(kvm);
}

static void kvm_gmem_invalidate_all_start(struct address_space *mapping,
					  pgoff_t start, pgoff_t end)
{
	struct kvm_gmem *gmem;

	list_for_each_entry(gmem, &mapping->i_private_list, entry)
		kvm_gmem_invalidate_start(gmem, start, end);
}

static void kvm_gmem_invalidate_all_end(struct address_space *mapping,
					pgoff_t start, pgoff_t end)
{
	struct kvm_gmem *gmem;

	list_for_each_entry(gmem, &mapping->i_private_list, entry)
		kvm_gmem_invalidate_end(gmem, start, end);
}

/* The folio stays, and whoever asks for it again gets -EHWPOISON. */
static int kvm_gmem_error_folio(struct address_space *mapping,
				struct folio *folio)
{
	pgoff_t start = folio->index;
	pgoff_t end = start + folio_nr_pages(folio);

	mutex_lock(&kvm_gmem_bind_lock);
	kvm_gmem_invalidate_all_start(mapping, start, end);
	kvm_gmem_invalidate_all_end(mapping, start, end);
	mutex_unlock(&kvm_gmem_bind_lock);

	return MF_DELAYED;
}

static int kvm_gmem_migrate_folio(struct address_space *mapping,
				  struct folio *dst, struct folio *src,
				  enum migrate_mode mode)
{
	WARN_ON_ONCE(1);
	return -EINVAL;
}

static const struct address_space_operations kvm_gmem_aops = {
	.error_remove_folio = kvm_gmem_error_folio,
	.free_folio = kvm_gmem_free_folio,
	.migrate_folio = kvm_gmem_migrate_folio,
};

/* ---- fallocate() ------------------------------------------------------ */

static long kvm_gmem_punch_hole(struct inode *inode, loff_t offset, loff_t len)
{
	struct address_space *mapping = inode->i_mapping;
	pgoff_t start = offset >> PAGE_SHIFT;
	pgoff_t end = (offset + len) >> PAGE_SHIFT;

	filemap_invalidate_lock(mapping);
	kvm_gmem_invalidate_all_start(mapping, start, end);
	truncate_inode_pages_range(mapping, offset, offset + len - 1);
	kvm_gmem_invalidate_all_end(mapping, start, end);
	filemap_invalidate_unlock(mapping);
	return 0;
}

static long kvm_gmem_allocate(struct inode *inode, loff_t offset, loff_t len)
{
	pgoff_t end = (offset + len) >> PAGE_SHIFT;
	struct folio *folio;
	pgoff_t index;
	long r = 0;

	if (offset + len > i_size_read(inode))
		return -EINVAL;

	/* Allocation and truncation of one page must not alternate. */
	filemap_invalidate_lock_shared(inode->i_mapping);
	for (index = offset >> PAGE_SHIFT; index < end; index++) {
		folio = filemap_grab_folio(inode->i_mapping, index);
		if (IS_ERR(folio)) {
			r = PTR_ERR(folio);
			break;
		}
		kvm_gmem_put_folio(folio);
		cond_resched();
	}
	filemap_invalidate_unlock_shared(inode->i_mapping);
	return r;
}

static long kvm_gmem_fallocate(struct file *file, int mode, loff_t offset,
			       loff_t len)
{
	/* The size is that of the guest's memory: it never changes. */
	if (!(mode & FALLOC_FL_KEEP_SIZE) ||
	    mode & ~(FALLOC_FL_KEEP_SIZE | FALLOC_FL_PUNCH_HOLE))
		return -EOPNOTSUPP;
	if (!PAGE_ALIGNED(offset) || !PAGE_ALIGNED(len))
		return -EINVAL;

	if (mode & FALLOC_FL_PUNCH_HOLE)
		return kvm_gmem_punch_hole(file_inode(file), offset, len);
	return kvm_gmem_allocate(file_inode(file), offset, len);
}

/* ---- mmap() ----------------------------------------------------------- */

static vm_fault_t kvm_gmem_fault_user_mapping(struct vm_fault *vmf)
{
	struct inode *inode = file_inode(vmf->vma->vm_file);
	struct folio *folio;

	if ((loff_t)vmf->pgoff << PAGE_SHIFT >= i_size_read(inode))
		return VM_FAULT_SIGBUS;
	/* What can be mapped is not always user space's to look at. */
	if (!(kvm_gmem_flags(inode) & GUEST_MEMFD_FLAG_INIT_SHARED))
		return VM_FAULT_SIGBUS;

	folio = kvm_gmem_get_prepared_folio(inode, vmf->pgoff);
	if (IS_ERR(folio)) {
		if (PTR_ERR(folio) == -EHWPOISON)
			return VM_FAULT_HWPOISON;
		return PTR_ERR(folio) == -ENOMEM ? VM_FAULT_OOM :
						   VM_FAULT_SIGBUS;
	}

	/* Locked until it is mapped, so that truncation finds the mapping. */
	vmf->page = folio_file_page(folio, vmf->pgoff);
	return VM_FAULT_LOCKED;
}

static const struct vm_operations_struct kvm_gmem_vm_ops = {
	.fault = kvm_gmem_fault_user_mapping,
};

static int kvm_gmem_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (!(kvm_gmem_flags(file_inode(file)) & GUEST_MEMFD_FLAG_MMAP))
		return -ENODEV;
	/* A private mapping would hide the guest's writes from the user. */
	if (!(vma->vm_flags & VM_SHARED))
		return -EINVAL;

	vma->vm_ops = &kvm_gmem_vm_ops;
	return 0;
}

/* ---- Life ------------------------------------------------------------- */

/* Make the memslots that @gmem is bound to live without it. */
static void kvm_gmem_forget_file(struct kvm_gmem *gmem)
{
	struct kvm_memory_slot *slot;
	unsigned long index;

	xa_for_each(&gmem->bindings, index, slot)
		WRITE_ONCE(slot->gmem.file, NULL);
}

static int kvm_gmem_release(struct inode *inode, struct file *file)
{
	struct address_space *mapping = inode->i_mapping;
	struct kvm_gmem *gmem = file->private_data;
	struct kvm *kvm = gmem->kvm;

	/* Keeps the slots in the bindings from being freed. */
	mutex_lock(&kvm->slots_lock);
	filemap_invalidate_lock(mapping);

	kvm_gmem_forget_file(gmem);
	/* The memory stays until the inode goes, but nobody may find it. */
	kvm_gmem_invalidate_start(gmem, 0, ULONG_MAX);
	kvm_gmem_invalidate_end(gmem, 0, ULONG_MAX);

	mutex_lock(&kvm_gmem_bind_lock);
	list_del(&gmem->entry);
	mutex_unlock(&kvm_gmem_bind_lock);

	filemap_invalidate_unlock(mapping);
	mutex_unlock(&kvm->slots_lock);

	xa_destroy(&gmem->bindings);
	kfree(gmem);
	/* Last: slots_lock was the VM's. */
	kvm_put_kvm(kvm);
	return 0;
}

static struct file_operations kvm_gmem_fops = {
	.release = kvm_gmem_release,
	.mmap = kvm_gmem_mmap,
	.fallocate = kvm_gmem_fallocate,
};

void kvm_gmem_init(struct module *module)
{
	kvm_gmem_fops.owner = module;
}

u64 kvm_gmem_get_supported_flags(struct kvm *kvm)
{
	u64 flags = GUEST_MEMFD_FLAG_MMAP;

	if (!kvm || kvm_arch_supports_gmem_init_shared(kvm))
		flags |= GUEST_MEMFD_FLAG_INIT_SHARED;
	if (can_set_direct_map())
		flags |= GUEST_MEMFD_FLAG_NO_DIRECT_MAP;
	return flags;
}

/* The size is that of the guest's memory, and nothing else may change. */
static int kvm_gmem_setattr(struct mnt_idmap *idmap, struct dentry *dentry,
			    struct iattr *attr)
{
	return -EINVAL;
}

static const struct inode_operations kvm_gmem_iops = {
	.setattr = kvm_gmem_setattr,
};

static void kvm_gmem_init_inode(struct inode *inode, loff_t size, u64 flags)
{
	struct address_space *mapping = inode->i_mapping;

	inode->i_private = (void *)(unsigned long)flags;
	inode->i_op = &kvm_gmem_iops;
	inode->i_mode |= S_IFREG;
	inode->i_size = size;

	mapping->a_ops = &kvm_gmem_aops;
	mapping_set_gfp_mask(mapping, GFP_HIGHUSER);
	/* No I/O, no reclaim, no migration. */
	mapping_set_inaccessible(mapping);
	if (flags & GUEST_MEMFD_FLAG_NO_DIRECT_MAP)
		mapping_set_no_direct_map(mapping);
}

static struct file *kvm_gmem_create_file(struct kvm *kvm, loff_t size,
					 u64 flags)
{
	struct kvm_gmem *gmem;
	struct inode *inode;
	struct file *file;

	gmem = kzalloc(sizeof(*gmem), GFP_KERNEL);
	if (!gmem)
		return ERR_PTR(-ENOMEM);

	file = anon_inode_create_getfile("[kvm-gmem]", &kvm_gmem_fops, gmem,
					 O_RDWR, NULL);
	if (IS_ERR(file)) {
		kfree(gmem);
		return file;
	}

	inode = file_inode(file);
	kvm_gmem_init_inode(inode, size, flags);

	kvm_get_kvm(kvm);
	gmem->kvm = kvm;
	xa_init(&gmem->bindings);
	list_add(&gmem->entry, &inode->i_mapping->i_private_list);
	return file;
}

int kvm_gmem_create(struct kvm *kvm, struct kvm_create_guest_memfd *args)
{
	loff_t size = args->size;
	struct file *file;
	int fd;

	if (args->flags & ~kvm_gmem_get_supported_flags(kvm))
		return -EINVAL;
	if (size <= 0 || !PAGE_ALIGNED(size))
		return -EINVAL;

	fd = get_unused_fd_flags(0);
	if (fd < 0)
		return fd;

	file = kvm_gmem_create_file(kvm, size, args->flags);
	if (IS_ERR(file)) {
		put_unused_fd(fd);
		return PTR_ERR(file);
	}
	fd_install(fd, file);
	return fd;
}

/* ---- Bindings --------------------------------------------------------- */

/* With invalidate_lock held. */
static int kvm_gmem_store_binding(struct kvm_gmem *gmem,
				  struct kvm_memory_slot *slot, void *entry)
{
	unsigned long start = slot->gmem.pgoff;
	unsigned long last = start + slot->npages - 1;

	guard(mutex)(&kvm_gmem_bind_lock);
	return xa_err(xa_store_range(&gmem->bindings, start, last, entry,
				     GFP_KERNEL));
}

static int __kvm_gmem_bind(struct file *file, struct kvm_memory_slot *slot,
			   pgoff_t start)
{
	struct kvm_gmem *gmem = file->private_data;
	int r;

	if (kvm_gmem_is_bound(gmem, start, start + slot->npages))
		return -EINVAL;

	slot->gmem.pgoff = start;
	/* What the user can map is no more private than it is shared. */
	if (kvm_gmem_flags(file_inode(file)) & GUEST_MEMFD_FLAG_MMAP)
		slot->flags |= KVM_MEMSLOT_GMEM_ONLY;

	r = kvm_gmem_store_binding(gmem, slot, slot);
	if (r)
		kvm_gmem_store_binding(gmem, slot, NULL);
	else
		WRITE_ONCE(slot->gmem.file, file);
	return r;
}

int kvm_gmem_bind(struct kvm *kvm, struct kvm_memory_slot *slot,
		  unsigned int fd, u64 offset)
{
	u64 size = (u64)slot->npages << PAGE_SHIFT;
	struct kvm_gmem *gmem;
	struct inode *inode;
	struct file *file;
	int r = -EINVAL;

	lockdep_assert_held(&kvm->slots_lock);

	file = fget(fd);
	if (!file)
		return -EBADF;
	if (file->f_op != &kvm_gmem_fops)
		goto out;

	gmem = file->private_data;
	inode = file_inode(file);
	if (gmem->kvm != kvm || offset + size > i_size_read(inode))
		goto out;

	filemap_invalidate_lock(inode->i_mapping);
	r = __kvm_gmem_bind(file, slot, offset >> PAGE_SHIFT);
	filemap_invalidate_unlock(inode->i_mapping);
out:
	/* The slot has no reference: the file may go before it. */
	fput(file);
	return r;
}

void kvm_gmem_unbind(struct kvm_memory_slot *slot)
{
	struct file *file = slot->gmem.file;
	struct address_space *mapping;

	/* release() has been there, or the VM is gone. */
	if (!file)
		return;

	/*
	 * The file is still there even if its last reference is not: release()
	 * has to take slots_lock, which the caller holds.  In that case, too,
	 * the binding must go now, as @slot will not be there for release().
	 */
	mapping = file_inode(file)->i_mapping;
	filemap_invalidate_lock(mapping);
	kvm_gmem_store_binding(file->private_data, slot, NULL);
	WRITE_ONCE(slot->gmem.file, NULL);
	filemap_invalidate_unlock(mapping);
}
