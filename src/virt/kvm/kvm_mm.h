/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the files of KVM's memory management share among themselves.
 */
#ifndef __KVM_MM_H__
#define __KVM_MM_H__

#include <linux/kvm_host.h>

#define KVM_MMU_LOCK_INIT(kvm) rwlock_init(&(kvm)->mmu_lock)
#define KVM_MMU_LOCK(kvm) write_lock(&(kvm)->mmu_lock)
#define KVM_MMU_UNLOCK(kvm) write_unlock(&(kvm)->mmu_lock)

/* ---- kvm_main.c ------------------------------------------------------- */

/* A lookup of one page by its uhva. */
struct kvm_follow_pfn {
	unsigned long hva;
	/* FOLL_WRITE or 0. */
	unsigned int flags;
	/* Out, may be NULL. */
	bool *map_writable;
	/* Out: the page with a new reference; NULL where pages have none. */
	struct page **refcounted_page;
};

/* A pfn, or one of KVM_PFN_ERR_*.  May sleep. */
kvm_pfn_t hva_to_pfn(struct kvm_follow_pfn *kfp);

/* ---- memslots.c ------------------------------------------------------- */

void kvm_init_memslots(struct kvm *kvm);
void kvm_free_memslots(struct kvm *kvm);

/* ---- mmu_notifier.c --------------------------------------------------- */

int kvm_init_mmu_notifier(struct kvm *kvm);
void kvm_destroy_mmu_notifier(struct kvm *kvm);

/*
 * Bracket every change after which a pfn may mean something else.  Between the
 * two, no pfn cache becomes valid and no memslots are swapped.
 */
void kvm_active_invalidate_start(struct kvm *kvm);
void kvm_active_invalidate_end(struct kvm *kvm);

/* ---- memory_attributes.c ---------------------------------------------- */

u64 kvm_supported_mem_attributes(struct kvm *kvm);
int kvm_vm_ioctl_set_mem_attributes(struct kvm *kvm,
				    struct kvm_memory_attributes *attrs);

/* ---- pfncache.c ------------------------------------------------------- */

/*
 * Clear the valid bit of the caches whose uhva lies in [@start, @end), or
 * whose gfn lies in [@start, @end) of @slot.  Within the bracket above, and
 * before the pages go.
 */
void gpc_invalidate_hva_range_start(struct kvm *kvm, unsigned long start,
				    unsigned long end);
void gpc_invalidate_memslot_range_start(struct kvm *kvm,
					const struct kvm_memory_slot *slot,
					gfn_t start, gfn_t end);

/* ---- guest_memfd.c ---------------------------------------------------- */

void kvm_gmem_init(struct module *module);
u64 kvm_gmem_get_supported_flags(struct kvm *kvm);
/* The new descriptor, or -EINVAL, -EMFILE, -ENOMEM. */
int kvm_gmem_create(struct kvm *kvm, struct kvm_create_guest_memfd *args);
/* Before @slot can be found, and after it cannot; with slots_lock held. */
int kvm_gmem_bind(struct kvm *kvm, struct kvm_memory_slot *slot,
		  unsigned int fd, u64 offset);
void kvm_gmem_unbind(struct kvm_memory_slot *slot);

#endif /* __KVM_MM_H__ */
