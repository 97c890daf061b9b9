/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Where kernels differ, for the glue and the architecture's model.
 *
 * The configure step probes a tree for interfaces, never for its version, and
 * defines PFNSIM_HAVE_... for what it found:
 *
 * FAULTIN_PFN		   __kvm_faultin_pfn() and pages instead of pfns
 *			   (6.13; before: __gfn_to_pfn_memslot())
 * MN_ACTIVE_INVALIDATE	   kvm->mn_active_invalidate_count
 * ACTIVE_INVALIDATE	   the same under a name that counts guest_memfd's
 *			   invalidations, too; a tree that has neither is not
 *			   asked whether its count returns to zero
 * GPC_SEQ		   kvm->gpc_invalidate_seq (7.x)
 * GMEM_ERROR_LOCKS	   guest_memfd takes the invalidate lock where the
 *			   caller holds the folio locked (6.8)
 * GPC_GMEM		   caches resolve private gfns through guest_memfd
 * GMEM_INVALIDATE_RANGE   the architecture is told what guest_memfd invalidates
 *			   (7.x); sim/kernel/arch/kvm.c
 * GMEM_RECLAIM		   the architecture's hook for freed folios counts pages
 *			   (7.x; before: kvm_arch_gmem_invalidate(), pfn to pfn);
 *			   sim/kernel/arch/kvm.c
 * YOUNG_BOOL		   the notifier's ageing callbacks return bool (7.x;
 *			   before: int); linux/mmu_notifier.h
 *
 * XEN			   arch/x86/kvm/xen.c compiles; glue/users.c
 *
 * Fidelity: EMULATED - thin wrappers; each calls the tree's own function.
 */
#ifndef PFNSIM_COMPAT_H
#define PFNSIM_COMPAT_H

#include <linux/kvm_host.h>

/* A page that a fault resolved, and what it takes to release it. */
struct compat_page {
	kvm_pfn_t pfn;
	struct page *page;
	bool writable;
};

#ifdef PFNSIM_HAVE_FAULTIN_PFN

static inline void compat_faultin_page(struct kvm_memory_slot *slot, gfn_t gfn,
				       bool write, struct compat_page *out)
{
	out->page = NULL;
	out->pfn = __kvm_faultin_pfn(slot, gfn, write ? FOLL_WRITE : 0,
				     &out->writable, &out->page);
}

static inline int compat_gmem_get_page(struct kvm *kvm,
				       struct kvm_memory_slot *slot, gfn_t gfn,
				       struct compat_page *out)
{
	int max_order;

	out->writable = true;
	return kvm_gmem_get_pfn(kvm, slot, gfn, &out->pfn, &out->page,
				&max_order);
}

static inline void compat_release_page(struct compat_page *page)
{
	kvm_release_page_clean(page->page);
}

#else

static inline void compat_faultin_page(struct kvm_memory_slot *slot, gfn_t gfn,
				       bool write, struct compat_page *out)
{
	out->pfn = __gfn_to_pfn_memslot(slot, gfn, false, false, NULL, write,
					&out->writable, NULL);
}

static inline int compat_gmem_get_page(struct kvm *kvm,
				       struct kvm_memory_slot *slot, gfn_t gfn,
				       struct compat_page *out)
{
	int max_order;

	out->writable = true;
	return kvm_gmem_get_pfn(kvm, slot, gfn, &out->pfn, &max_order);
}

static inline void compat_release_page(struct compat_page *page)
{
	kvm_release_pfn_clean(page->pfn);
}

#endif

/* Let a private gfn's page be prepared for the guest, where there is one. */
static inline void compat_gmem_prepare(struct kvm *kvm, gfn_t gfn)
{
	int idx = srcu_read_lock(&kvm->srcu);
	struct kvm_memory_slot *slot = gfn_to_memslot(kvm, gfn);
	struct compat_page page;

	if (slot && !compat_gmem_get_page(kvm, slot, gfn, &page))
		compat_release_page(&page);
	srcu_read_unlock(&kvm->srcu, idx);
}

/* Whether shared pages of @slot come from its guest_memfd, too (6.18). */
#ifdef KVM_MEMSLOT_GMEM_ONLY
#define compat_gmem_only(slot) ((slot)->flags & KVM_MEMSLOT_GMEM_ONLY)
#else
#define compat_gmem_only(slot) false
#endif

#ifdef PFNSIM_HAVE_ACTIVE_INVALIDATE
#define compat_active_invalidate_count(kvm) ((kvm)->active_invalidate_count)
#elif defined(PFNSIM_HAVE_MN_ACTIVE_INVALIDATE)
#define compat_active_invalidate_count(kvm) ((kvm)->mn_active_invalidate_count)
#else
#define compat_active_invalidate_count(kvm) 0UL
#endif

#ifdef PFNSIM_HAVE_GPC_SEQ
#define compat_gpc_invalidate_seq(kvm) ((kvm)->gpc_invalidate_seq)
#else
#define compat_gpc_invalidate_seq(kvm) 0UL
#endif

/* Flags of KVM_CREATE_GUEST_MEMFD; a flag that a tree lacks is refused. */
#define COMPAT_GMEM_UNKNOWN (1ULL << 63)
#ifdef GUEST_MEMFD_FLAG_MMAP
#define COMPAT_GMEM_MMAP GUEST_MEMFD_FLAG_MMAP
#else
#define COMPAT_GMEM_MMAP COMPAT_GMEM_UNKNOWN
#endif
#ifdef GUEST_MEMFD_FLAG_INIT_SHARED
#define COMPAT_GMEM_INIT_SHARED GUEST_MEMFD_FLAG_INIT_SHARED
#else
#define COMPAT_GMEM_INIT_SHARED COMPAT_GMEM_UNKNOWN
#endif
#ifdef GUEST_MEMFD_FLAG_NO_DIRECT_MAP
#define COMPAT_GMEM_NO_DIRECT_MAP GUEST_MEMFD_FLAG_NO_DIRECT_MAP
#else
#define COMPAT_GMEM_NO_DIRECT_MAP COMPAT_GMEM_UNKNOWN
#endif

/* kernel_desc.caps; an expression, because it initialises a constant. */
#ifdef GUEST_MEMFD_FLAG_MMAP
#define COMPAT_CAP_MMAP (1UL << CAP_GMEM_MMAP)
#else
#define COMPAT_CAP_MMAP 0
#endif
#ifdef GUEST_MEMFD_FLAG_INIT_SHARED
#define COMPAT_CAP_INIT_SHARED (1UL << CAP_GMEM_INIT_SHARED)
#else
#define COMPAT_CAP_INIT_SHARED 0
#endif
#ifdef GUEST_MEMFD_FLAG_NO_DIRECT_MAP
#define COMPAT_CAP_NO_DIRECT_MAP (1UL << CAP_GMEM_NO_DIRECT_MAP)
#else
#define COMPAT_CAP_NO_DIRECT_MAP 0
#endif
#ifdef PFNSIM_HAVE_GPC_GMEM
#define COMPAT_CAP_GPC_GMEM (1UL << CAP_GPC_GMEM)
#else
#define COMPAT_CAP_GPC_GMEM 0
#endif
#ifdef PFNSIM_HAVE_XEN
#define COMPAT_CAP_XEN (1UL << CAP_XEN)
#else
#define COMPAT_CAP_XEN 0
#endif
#ifdef PFNSIM_HAVE_GPC_SEQ
#define COMPAT_CAP_GPC_SEQ (1UL << CAP_GPC_SEQ)
#else
#define COMPAT_CAP_GPC_SEQ 0
#endif
#ifdef PFNSIM_HAVE_GMEM_ERROR_LOCKS
#define COMPAT_CAP_GMEM_ERROR_LOCKS (1UL << CAP_GMEM_ERROR_LOCKS)
#else
#define COMPAT_CAP_GMEM_ERROR_LOCKS 0
#endif
#define COMPAT_CAPS                                                            \
	(1UL << CAP_GMEM | 1UL << CAP_MEMORY_ATTRIBUTES | COMPAT_CAP_MMAP |    \
	 COMPAT_CAP_INIT_SHARED | COMPAT_CAP_NO_DIRECT_MAP |                   \
	 COMPAT_CAP_GPC_GMEM | COMPAT_CAP_XEN | COMPAT_CAP_GPC_SEQ |           \
	 COMPAT_CAP_GMEM_ERROR_LOCKS)

#endif /* PFNSIM_COMPAT_H */
