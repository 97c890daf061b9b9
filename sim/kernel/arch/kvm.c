// SPDX-License-Identifier: GPL-2.0-only
/*
 * The architecture's hooks that have nothing to do with the page table.
 *
 * Fidelity: EMULATED - a VM is of one of x86's two software types; hooks
 * without a comment of their own have nothing to do in this machine.
 */
#include <linux/fs.h>
#include <linux/kvm_host.h>

#include "../glue/glue.h"
#include "vcpu.h"

/* The reference kernel has neither statistics nor eventfds. */
#ifdef KVM_STATS_TYPE_SHIFT
const struct kvm_stats_desc kvm_vm_stats_desc[] = {};
const struct kvm_stats_desc kvm_vcpu_stats_desc[] = {};
const struct kvm_stats_header kvm_vm_stats_header;
const struct kvm_stats_header kvm_vcpu_stats_header;
#endif

int kvm_arch_init_vm(struct kvm *kvm, unsigned long type)
{
	if (type != KVM_X86_DEFAULT_VM && type != KVM_X86_SW_PROTECTED_VM)
		return -EINVAL;
	kvm->arch.vm_type = type;
	return 0;
}

void kvm_arch_destroy_vm(struct kvm *kvm)
{
	glue_vm_destroyed(kvm);
	arch_vcpu_destroy(kvm);
	kvm_destroy_vcpus(kvm);
}

void kvm_arch_sync_events(struct kvm *kvm)
{
}

void kvm_arch_free_memslot(struct kvm *kvm, struct kvm_memory_slot *slot)
{
}

void kvm_arch_memslots_updated(struct kvm *kvm, u64 gen)
{
}

int kvm_arch_prepare_memory_region(struct kvm *kvm,
				   const struct kvm_memory_slot *old,
				   struct kvm_memory_slot *new,
				   enum kvm_mr_change change)
{
	return 0;
}

void kvm_arch_sync_dirty_log(struct kvm *kvm, struct kvm_memory_slot *memslot)
{
}

/* The machine keeps no per-page state that freed guest memory must leave. */
#ifdef PFNSIM_HAVE_GMEM_RECLAIM
void kvm_arch_gmem_reclaim(kvm_pfn_t pfn, kvm_pfn_t nr_pages)
{
}
#else
void kvm_arch_gmem_invalidate(kvm_pfn_t start, kvm_pfn_t end)
{
}
#endif

/* Nor what must be told of a range of guest memory that goes. */
#ifdef PFNSIM_HAVE_GMEM_INVALIDATE_RANGE
void kvm_arch_gmem_invalidate_range(struct kvm *kvm,
				    struct kvm_gfn_range *range)
{
}
#endif

#ifdef GUEST_MEMFD_FLAG_INIT_SHARED
/* As on x86: private memory is not shared from its beginning. */
bool kvm_arch_supports_gmem_init_shared(struct kvm *kvm)
{
	return !kvm_arch_has_private_mem(kvm);
}
#endif

#ifdef KVM_CAP_IOEVENTFD
/* As without an irqchip: the list stays empty, ioeventfds are not emulated. */
void kvm_eventfd_init(struct kvm *kvm)
{
	INIT_LIST_HEAD(&kvm->ioeventfds);
}
#endif

int kvm_vm_ioctl_check_extension(struct kvm *kvm, long ext)
{
	switch (ext) {
	case KVM_CAP_SYNC_MMU:
	case KVM_CAP_READONLY_MEM:
		return 1;
	case KVM_CAP_VM_TYPES:
		return BIT(KVM_X86_DEFAULT_VM) | BIT(KVM_X86_SW_PROTECTED_VM);
	default:
		return 0;
	}
}

long kvm_arch_dev_ioctl(struct file *filp, unsigned int ioctl,
			unsigned long arg)
{
	return -EINVAL;
}

int kvm_arch_vm_ioctl(struct file *filp, unsigned int ioctl, unsigned long arg)
{
	return -ENOTTY;
}
