// SPDX-License-Identifier: GPL-2.0-only
/*
 * Virtual machines, their ioctls, and the way from a uhva to a page.
 */
#include <linux/anon_inodes.h>
#include <linux/file.h>
#include <linux/kvm_host.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/sched/mm.h>
#include <linux/uaccess.h>

#include "kvm_mm.h"

/* ---- Pages ------------------------------------------------------------ */

void kvm_release_page_clean(struct page *page)
{
	if (page)
		put_page(page);
}

/* The pfn in the page table of an area whose pages count no references. */
static int hva_to_pfn_remapped(struct vm_area_struct *vma,
			       struct kvm_follow_pfn *kfp, kvm_pfn_t *pfn)
{
	struct follow_pfnmap_args args = { .vma = vma, .address = kfp->hva };
	bool write = kfp->flags & FOLL_WRITE;
	bool unlocked = false;
	int r;

	r = follow_pfnmap_start(&args);
	if (r) {
		/* Nobody has touched the page so far. */
		r = fixup_user_fault(current->mm, kfp->hva,
				     write ? FAULT_FLAG_WRITE : 0, &unlocked);
		/* The area may be gone. */
		if (unlocked)
			return -EAGAIN;
		if (!r)
			r = follow_pfnmap_start(&args);
		if (r)
			return r;
	}

	*pfn = args.pfn;
	if (write && !args.writable)
		*pfn = KVM_PFN_ERR_RO_FAULT;
	if (kfp->map_writable)
		*kfp->map_writable = args.writable;

	follow_pfnmap_end(&args);
	return 0;
}

/* For what get_user_pages() does not do. */
static kvm_pfn_t hva_to_pfn_special(struct kvm_follow_pfn *kfp)
{
	kvm_pfn_t pfn = KVM_PFN_ERR_FAULT;
	struct vm_area_struct *vma;
	int r;

	mmap_read_lock(current->mm);
	do {
		r = -EFAULT;
		vma = vma_lookup(current->mm, kfp->hva);
		if (vma && vma->vm_flags & (VM_IO | VM_PFNMAP))
			r = hva_to_pfn_remapped(vma, kfp, &pfn);
	} while (r == -EAGAIN);
	mmap_read_unlock(current->mm);

	return r ? KVM_PFN_ERR_FAULT : pfn;
}

kvm_pfn_t hva_to_pfn(struct kvm_follow_pfn *kfp)
{
	struct page *page;
	long r;

	*kfp->refcounted_page = NULL;

	r = get_user_pages_unlocked(kfp->hva, 1, &page,
				    kfp->flags | FOLL_HWPOISON);
	if (r == 1) {
		*kfp->refcounted_page = page;
		if (kfp->map_writable)
			*kfp->map_writable = kfp->flags & FOLL_WRITE;
		return page_to_pfn(page);
	}

	if (r == -EINTR)
		return KVM_PFN_ERR_SIGPENDING;
	if (r == -EHWPOISON)
		return KVM_PFN_ERR_HWPOISON;
	return hva_to_pfn_special(kfp);
}

kvm_pfn_t __kvm_faultin_pfn(const struct kvm_memory_slot *slot, gfn_t gfn,
			    unsigned int foll, bool *writable,
			    struct page **refcounted_page)
{
	struct kvm_follow_pfn kfp = {
		.flags = foll,
		.map_writable = writable,
		.refcounted_page = refcounted_page,
	};

	*refcounted_page = NULL;
	*writable = false;

	if (!slot || slot->flags & KVM_MEMSLOT_INVALID)
		return KVM_PFN_NOSLOT;
	if (slot->flags & KVM_MEM_READONLY) {
		if (foll & FOLL_WRITE)
			return KVM_PFN_ERR_RO_FAULT;
		kfp.map_writable = NULL;
	}

	kfp.hva = __gfn_to_hva_memslot(slot, gfn);
	return hva_to_pfn(&kfp);
}

/* ---- Life of a VM ----------------------------------------------------- */

static struct kvm *kvm_create_vm(unsigned long type)
{
	struct kvm *kvm = kvm_arch_alloc_vm();
	int r;

	if (!kvm)
		return ERR_PTR(-ENOMEM);

	KVM_MMU_LOCK_INIT(kvm);
	spin_lock_init(&kvm->gpc_lock);
	INIT_LIST_HEAD(&kvm->gpc_list);
	xa_init(&kvm->mem_attr_array);
	refcount_set(&kvm->users_count, 1);

	mmgrab(current->mm);
	kvm->mm = current->mm;

	r = init_srcu_struct(&kvm->srcu);
	if (r)
		goto err_free;
	kvm_init_memslots(kvm);

	r = kvm_arch_init_vm(kvm, type);
	if (r)
		goto err_srcu;
	r = kvm_init_mmu_notifier(kvm);
	if (r)
		goto err_arch;
	return kvm;

err_arch:
	kvm_arch_destroy_vm(kvm);
err_srcu:
	cleanup_srcu_struct(&kvm->srcu);
err_free:
	mmdrop(kvm->mm);
	kvm_arch_free_vm(kvm);
	return ERR_PTR(r);
}

static void kvm_destroy_vm(struct kvm *kvm)
{
	struct mm_struct *mm = kvm->mm;

	/* First: from here on, no notifier looks at the VM. */
	kvm_destroy_mmu_notifier(kvm);
	kvm_arch_destroy_vm(kvm);
	kvm_free_memslots(kvm);

	cleanup_srcu_struct(&kvm->srcu);
	xa_destroy(&kvm->mem_attr_array);
	kvm_arch_free_vm(kvm);
	mmdrop(mm);
}

void kvm_get_kvm(struct kvm *kvm)
{
	refcount_inc(&kvm->users_count);
}

void kvm_put_kvm(struct kvm *kvm)
{
	if (refcount_dec_and_test(&kvm->users_count))
		kvm_destroy_vm(kvm);
}

/* ---- ioctls of a VM --------------------------------------------------- */

static int kvm_vm_release(struct inode *inode, struct file *file)
{
	kvm_put_kvm(file->private_data);
	return 0;
}

static long kvm_check_extension(struct kvm *kvm, unsigned long ext)
{
	switch (ext) {
	case KVM_CAP_USER_MEMORY2:
	case KVM_CAP_GUEST_MEMFD:
		return 1;
	case KVM_CAP_NR_MEMSLOTS:
		return KVM_USER_MEM_SLOTS;
	case KVM_CAP_MULTI_ADDRESS_SPACE:
		return kvm ? kvm_arch_nr_memslot_as_ids(kvm) :
			     KVM_MAX_NR_ADDRESS_SPACES;
	case KVM_CAP_MEMORY_ATTRIBUTES:
		return kvm_supported_mem_attributes(kvm);
	case KVM_CAP_GUEST_MEMFD_FLAGS:
		return kvm_gmem_get_supported_flags(kvm);
	}
	return kvm_vm_ioctl_check_extension(kvm, ext);
}

static long kvm_vm_ioctl_set_memory_region(struct kvm *kvm, void __user *argp)
{
	struct kvm_userspace_memory_region2 mem;
	long r;

	if (copy_from_user(&mem, argp, sizeof(mem)))
		return -EFAULT;

	mutex_lock(&kvm->slots_lock);
	r = kvm_set_memory_region(kvm, &mem);
	mutex_unlock(&kvm->slots_lock);
	return r;
}

static long kvm_vm_ioctl(struct file *file, unsigned int ioctl,
			 unsigned long arg)
{
	void __user *argp = (void __user *)arg;
	struct kvm *kvm = file->private_data;
	struct kvm_create_guest_memfd gmem;
	struct kvm_memory_attributes attrs;

	/* uhvas mean something in one process only. */
	if (kvm->mm != current->mm || kvm->vm_dead)
		return -EIO;

	switch (ioctl) {
	case KVM_SET_USER_MEMORY_REGION2:
		return kvm_vm_ioctl_set_memory_region(kvm, argp);
	case KVM_SET_MEMORY_ATTRIBUTES:
		if (copy_from_user(&attrs, argp, sizeof(attrs)))
			return -EFAULT;
		return kvm_vm_ioctl_set_mem_attributes(kvm, &attrs);
	case KVM_CREATE_GUEST_MEMFD:
		if (copy_from_user(&gmem, argp, sizeof(gmem)))
			return -EFAULT;
		return kvm_gmem_create(kvm, &gmem);
	case KVM_CHECK_EXTENSION:
		return kvm_check_extension(kvm, arg);
	}
	return -ENOTTY;
}

static struct file_operations kvm_vm_fops = {
	.release = kvm_vm_release,
	.unlocked_ioctl = kvm_vm_ioctl,
	.llseek = noop_llseek,
};

/* ---- /dev/kvm --------------------------------------------------------- */

static long kvm_dev_ioctl_create_vm(unsigned long type)
{
	struct file *file;
	struct kvm *kvm;
	int fd;

	fd = get_unused_fd_flags(O_CLOEXEC);
	if (fd < 0)
		return fd;

	kvm = kvm_create_vm(type);
	if (IS_ERR(kvm)) {
		put_unused_fd(fd);
		return PTR_ERR(kvm);
	}

	file = anon_inode_getfile("kvm-vm", &kvm_vm_fops, kvm, O_RDWR);
	if (IS_ERR(file)) {
		kvm_put_kvm(kvm);
		put_unused_fd(fd);
		return PTR_ERR(file);
	}

	/* The file has taken over the reference to the VM. */
	fd_install(fd, file);
	return fd;
}

static long kvm_dev_ioctl(struct file *file, unsigned int ioctl,
			  unsigned long arg)
{
	switch (ioctl) {
	case KVM_GET_API_VERSION:
		return arg ? -EINVAL : KVM_API_VERSION;
	case KVM_CREATE_VM:
		return kvm_dev_ioctl_create_vm(arg);
	case KVM_CHECK_EXTENSION:
		return kvm_check_extension(NULL, arg);
	}
	return -ENOTTY;
}

static struct file_operations kvm_chardev_ops = {
	.unlocked_ioctl = kvm_dev_ioctl,
	.llseek = noop_llseek,
};

static struct miscdevice kvm_dev = {
	.minor = KVM_MINOR,
	.name = "kvm",
	.fops = &kvm_chardev_ops,
};

int kvm_init(unsigned int vcpu_size, unsigned int vcpu_align,
	     struct module *module)
{
	kvm_chardev_ops.owner = module;
	kvm_vm_fops.owner = module;
	kvm_gmem_init(module);

	return misc_register(&kvm_dev);
}

void kvm_exit(void)
{
	misc_deregister(&kvm_dev);
}
