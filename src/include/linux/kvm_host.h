/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A virtual machine, as KVM's generic code and the architecture see it.
 *
 * Locks, outermost first:
 *
 *   kvm->slots_lock            all changes of memslots and memory attributes
 *   kvm->slots_arch_lock       the active memslots while a new set is built
 *   mapping->invalidate_lock   bindings and pages of a guest_memfd
 *   gpc->refresh_lock          one refresh of a cache at a time
 *   folio lock                 preparing a folio
 *   kvm_gmem_bind_lock         changes of bindings
 *   kvm->invalidate_lock       active_invalidate_count against the memslot swap
 *   kvm->gpc_lock              kvm->gpc_list
 *   gpc->lock                  a cache's state, held for read during an access
 *   kvm->mmu_lock              shadow pages, mmu_invalidate_*
 *
 * Readers of memslots hold kvm->srcu.  gpc->refresh_lock nests outside of
 * mmap_lock; MMU notifiers run under mmap_lock and take only the last four.
 */
#ifndef __KVM_HOST_H
#define __KVM_HOST_H

#include <linux/bitops.h>
#include <linux/bits.h>
#include <linux/bug.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/limits.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/mmu_notifier.h>
#include <linux/mutex.h>
#include <linux/nospec.h>
#include <linux/rcuwait.h>
#include <linux/refcount.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include <linux/srcu.h>
#include <linux/xarray.h>

#include <linux/kvm.h>
#include <linux/kvm_types.h>

#include <asm/kvm_host.h>

#ifndef KVM_MAX_NR_ADDRESS_SPACES
#define KVM_MAX_NR_ADDRESS_SPACES 1
#endif
#ifndef kvm_arch_nr_memslot_as_ids
#define kvm_arch_nr_memslot_as_ids(kvm) KVM_MAX_NR_ADDRESS_SPACES
#endif

/* ---- Addresses that are errors ---------------------------------------- */

/* Bits 52-62 of a pfn: an error; bit 63: no memslot. */
#define KVM_PFN_ERR_MASK GENMASK_ULL(62, 52)
#define KVM_PFN_NOSLOT BIT_ULL(63)
#define KVM_PFN_ERR_FAULT (KVM_PFN_ERR_MASK)
#define KVM_PFN_ERR_HWPOISON (KVM_PFN_ERR_MASK | 1)
#define KVM_PFN_ERR_RO_FAULT (KVM_PFN_ERR_MASK | 2)
#define KVM_PFN_ERR_SIGPENDING (KVM_PFN_ERR_MASK | 3)

static inline bool is_error_noslot_pfn(kvm_pfn_t pfn)
{
	return pfn & (KVM_PFN_ERR_MASK | KVM_PFN_NOSLOT);
}

static inline bool kvm_is_error_gpa(gpa_t gpa)
{
	return gpa == INVALID_GPA;
}

/* No uhva lies at or above PAGE_OFFSET. */
#define KVM_HVA_ERR_BAD PAGE_OFFSET
#define KVM_HVA_ERR_RO_BAD (KVM_HVA_ERR_BAD + PAGE_SIZE)

static inline bool kvm_is_error_hva(unsigned long hva)
{
	return hva >= KVM_HVA_ERR_BAD;
}

static inline gfn_t gpa_to_gfn(gpa_t gpa)
{
	return (gfn_t)(gpa >> PAGE_SHIFT);
}

static inline hpa_t pfn_to_hpa(kvm_pfn_t pfn)
{
	return (hpa_t)pfn << PAGE_SHIFT;
}

/* ---- Memslots --------------------------------------------------------- */

#define KVM_MEM_SLOTS_NUM SHRT_MAX
#define KVM_USER_MEM_SLOTS KVM_MEM_SLOTS_NUM
#define KVM_MEM_MAX_NR_PAGES (BIT_ULL(31) - 1)

/* The upper half of a slot's flags is KVM's own. */
#define KVM_MEMSLOT_INVALID (1UL << 16)
/* All of the slot's memory, shared or private, comes from its guest_memfd. */
#define KVM_MEMSLOT_GMEM_ONLY (1UL << 17)

/* Set in a generation while readers of the previous one may still run. */
#define KVM_MEMSLOT_GEN_UPDATE_IN_PROGRESS BIT_ULL(63)

struct kvm_memory_slot {
	/* The slot's place in either set of its address space. */
	struct list_head node[2];
	u16 as_id;
	short id;
	u32 flags;
	gfn_t base_gfn;
	unsigned long npages;
	unsigned long userspace_addr;
	unsigned long *dirty_bitmap;
	struct kvm_arch_memory_slot arch;
	struct {
		/* Not counted: release() clears it, under slots_lock. */
		struct file *file;
		pgoff_t pgoff;
	} gmem;
};

/* Slots by ascending gfn, linked through node[node_idx]. */
struct kvm_memslots {
	u64 generation;
	int node_idx;
	struct list_head list;
};

struct kvm {
	rwlock_t mmu_lock;
	struct mutex slots_lock;
	struct mutex slots_arch_lock;
	struct mm_struct *mm;
	refcount_t users_count;

	unsigned long nr_memslot_pages;
	struct kvm_memslots __memslots[KVM_MAX_NR_ADDRESS_SPACES][2];
	/* The active set of each address space. */
	struct kvm_memslots __rcu *memslots[KVM_MAX_NR_ADDRESS_SPACES];
	struct srcu_struct srcu;
	/* KVM_MEMORY_ATTRIBUTE_* by gfn; written under slots_lock. */
	struct xarray mem_attr_array;

	/*
	 * Invalidations between their start and their end: of uhvas, of pages
	 * of guest_memfd and of attributes.  While there is one, no memslots
	 * are swapped and no cache becomes valid.
	 */
	spinlock_t invalidate_lock;
	unsigned long active_invalidate_count;
	/* Counts ends; written under invalidate_lock, read without. */
	unsigned long gpc_invalidate_seq;
	struct rcuwait memslots_update_rcuwait;

	struct mmu_notifier mmu_notifier;
	/* For shadow pages; under mmu_lock. */
	unsigned long mmu_invalidate_seq;
	long mmu_invalidate_in_progress;
	gfn_t mmu_invalidate_range_start;
	gfn_t mmu_invalidate_range_end;

	spinlock_t gpc_lock;
	struct list_head gpc_list;

	struct kvm_vcpu *vcpus[KVM_MAX_VCPUS];
	unsigned int online_vcpus;

	struct kvm_arch arch;
	bool vm_bugged;
	bool vm_dead;
};

/* Made by the architecture; it runs no guest code. */
struct kvm_vcpu {
	struct kvm *kvm;
	int vcpu_id;
	int vcpu_idx;
	unsigned long requests;
	struct kvm_vcpu_arch arch;
};

/* Requests above these are the architecture's. */
#define KVM_REQ_UNBLOCK 2
#define KVM_ARCH_REQ(nr) (8 + (nr))

/* NULL where there is none. */
static inline struct kvm_vcpu *kvm_get_vcpu(struct kvm *kvm, unsigned int i)
{
	if (i >= kvm->online_vcpus)
		return NULL;
	return kvm->vcpus[array_index_nospec(i, KVM_MAX_VCPUS)];
}

static inline void kvm_make_request(int req, struct kvm_vcpu *vcpu)
{
	set_bit(req, &vcpu->requests);
}

static inline void kvm_make_all_cpus_request(struct kvm *kvm, unsigned int req)
{
	for (unsigned int i = 0; i < kvm->online_vcpus; i++)
		kvm_make_request(req, kvm_get_vcpu(kvm, i));
}

/* Whether the vCPU was asked; it is not, from then on. */
static inline bool kvm_check_request(int req, struct kvm_vcpu *vcpu)
{
	return test_and_clear_bit(req, &vcpu->requests);
}

/* An event channel of Xen and the vCPU that it belongs to. */
struct kvm_xen_evtchn {
	u32 port;
	u32 vcpu_id;
	int vcpu_idx;
	u32 priority;
};

static inline void kvm_vm_bugged(struct kvm *kvm)
{
	kvm->vm_bugged = true;
	kvm->vm_dead = true;
}

/* Warns once a VM, after which its ioctls fail. */
#define KVM_BUG_ON(cond, kvm)                                                  \
	({                                                                     \
		bool __bug = (cond);                                           \
                                                                               \
		if (WARN_ON(__bug && !(kvm)->vm_bugged))                       \
			kvm_vm_bugged(kvm);                                    \
		unlikely(__bug);                                               \
	})

void kvm_get_kvm(struct kvm *kvm);
void kvm_put_kvm(struct kvm *kvm);

/* For readers of address space @as_id: under srcu, or slots_lock to write. */
static inline struct kvm_memslots *__kvm_memslots(struct kvm *kvm, int as_id)
{
	return srcu_dereference_check(kvm->memslots[as_id], &kvm->srcu,
				      lockdep_is_held(&kvm->slots_lock));
}

static inline struct kvm_memslots *kvm_memslots(struct kvm *kvm)
{
	return __kvm_memslots(kvm, 0);
}

#define kvm_for_each_memslot(slot, slots)                                      \
	list_for_each_entry(slot, &(slots)->list, node[(slots)->node_idx])

#define kvm_for_each_memslot_in_gfn_range(slot, slots, start, end)             \
	kvm_for_each_memslot(slot, slots)                                      \
		if ((slot)->base_gfn < (end) &&                                \
		    (slot)->base_gfn + (slot)->npages > (start))

#define kvm_for_each_memslot_in_hva_range(slot, slots, start, end)             \
	kvm_for_each_memslot(slot, slots)                                      \
		if ((slot)->userspace_addr < (end) &&                          \
		    (slot)->userspace_addr + ((slot)->npages << PAGE_SHIFT) >  \
			    (start))

struct kvm_memory_slot *__gfn_to_memslot(struct kvm_memslots *slots, gfn_t gfn);
struct kvm_memory_slot *gfn_to_memslot(struct kvm *kvm, gfn_t gfn);
struct kvm_memory_slot *id_to_memslot(struct kvm_memslots *slots, int id);

/* An error hva where there is no slot, or one that cannot be written. */
unsigned long gfn_to_hva_memslot(struct kvm_memory_slot *slot, gfn_t gfn);

/* @gfn must lie in @slot. */
static inline unsigned long
__gfn_to_hva_memslot(const struct kvm_memory_slot *slot, gfn_t gfn)
{
	unsigned long index = gfn - slot->base_gfn;

	/* Keep a mispredicted gfn from reaching beyond the slot. */
	index = array_index_nospec(index, slot->npages);
	return slot->userspace_addr + index * PAGE_SIZE;
}

static inline gfn_t hva_to_gfn_memslot(unsigned long hva,
				       const struct kvm_memory_slot *slot)
{
	return slot->base_gfn + ((hva - slot->userspace_addr) >> PAGE_SHIFT);
}

static inline bool kvm_slot_has_gmem(const struct kvm_memory_slot *slot)
{
	return slot && (slot->flags & KVM_MEM_GUEST_MEMFD);
}

static inline bool kvm_memslot_is_gmem_only(const struct kvm_memory_slot *slot)
{
	return slot->flags & KVM_MEMSLOT_GMEM_ONLY;
}

static inline bool
kvm_slot_dirty_track_enabled(const struct kvm_memory_slot *slot)
{
	return slot->flags & KVM_MEM_LOG_DIRTY_PAGES;
}

/* Bytes of a bitmap with one bit a page, in whole words. */
static inline unsigned long
kvm_dirty_bitmap_bytes(const struct kvm_memory_slot *slot)
{
	return BITS_TO_LONGS(slot->npages) * sizeof(long);
}

void mark_page_dirty_in_slot(struct kvm *kvm,
			     const struct kvm_memory_slot *slot, gfn_t gfn);

/*
 * KVM_SET_USER_MEMORY_REGION2 with slots_lock held.  Returns 0, -EINVAL for
 * arguments that make no sense, -EEXIST for guest addresses that are taken,
 * -EBADF for a descriptor that is not open, or -ENOMEM.
 */
int kvm_set_memory_region(struct kvm *kvm,
			  const struct kvm_userspace_memory_region2 *mem);

/* ---- Pages ------------------------------------------------------------ */

/*
 * The pfn for @gfn of @slot, or one of KVM_PFN_ERR_* or KVM_PFN_NOSLOT.
 * @foll takes FOLL_WRITE.  The page, if it counts references, comes back with
 * one in @refcounted_page.
 */
kvm_pfn_t __kvm_faultin_pfn(const struct kvm_memory_slot *slot, gfn_t gfn,
			    unsigned int foll, bool *writable,
			    struct page **refcounted_page);
/* NULL does nothing, so that pages without references need no care. */
void kvm_release_page_clean(struct page *page);

/*
 * The page of guest_memfd for @gfn, ready for use, with a reference in @page.
 * Returns 0, -EFAULT without a live file, -EHWPOISON, or what the page cache
 * says.  Out-parameters change on success only; @max_order may be NULL.
 */
int kvm_gmem_get_pfn(struct kvm *kvm, struct kvm_memory_slot *slot, gfn_t gfn,
		     kvm_pfn_t *pfn, struct page **page, int *max_order);

/* ---- Memory attributes ------------------------------------------------ */

static inline unsigned long kvm_get_memory_attributes(struct kvm *kvm,
						      gfn_t gfn)
{
	return xa_to_value(xa_load(&kvm->mem_attr_array, gfn));
}

static inline bool kvm_mem_is_private(struct kvm *kvm, gfn_t gfn)
{
	return kvm_get_memory_attributes(kvm, gfn) &
	       KVM_MEMORY_ATTRIBUTE_PRIVATE;
}

/* All of [@start, @end) has, of the bits in @mask, exactly @attrs. */
bool kvm_range_has_memory_attributes(struct kvm *kvm, gfn_t start, gfn_t end,
				     unsigned long mask, unsigned long attrs);

/* ---- Invalidation of shadow pages ------------------------------------- */

union kvm_mmu_notifier_arg {
	unsigned long attributes;
};

/* Which mappings of a range an event concerns. */
enum kvm_gfn_range_filter {
	KVM_FILTER_SHARED = 1,
	KVM_FILTER_PRIVATE = 2,
};

struct kvm_gfn_range {
	gfn_t start, end;
	struct kvm_memory_slot *slot;
	union kvm_mmu_notifier_arg arg;
	enum kvm_gfn_range_filter attr_filter;
	bool may_block;
};

/* All four with mmu_lock held for write. */
void kvm_mmu_invalidate_start(struct kvm *kvm);
void kvm_mmu_invalidate_range_add(struct kvm *kvm, gfn_t start, gfn_t end);
void kvm_mmu_invalidate_end(struct kvm *kvm);
bool kvm_mmu_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range);

void kvm_flush_remote_tlbs(struct kvm *kvm);
void kvm_flush_remote_tlbs_memslot(struct kvm *kvm,
				   const struct kvm_memory_slot *slot);

static inline bool mmu_invalidate_covers_gfn(struct kvm *kvm, gfn_t gfn)
{
	gfn_t start = READ_ONCE(kvm->mmu_invalidate_range_start);
	gfn_t end = READ_ONCE(kvm->mmu_invalidate_range_end);

	return READ_ONCE(kvm->mmu_invalidate_in_progress) && start <= gfn &&
	       gfn < end;
}

/*
 * True where a pfn for @gfn that was looked up after @mmu_seq was sampled may
 * be gone: under mmu_lock for certain, the unsafe one as a hint without.
 */
static inline bool mmu_invalidate_retry_gfn_unsafe(struct kvm *kvm,
						   unsigned long mmu_seq,
						   gfn_t gfn)
{
	return mmu_invalidate_covers_gfn(kvm, gfn) ||
	       READ_ONCE(kvm->mmu_invalidate_seq) != mmu_seq;
}

static inline bool mmu_invalidate_retry_gfn(struct kvm *kvm,
					    unsigned long mmu_seq, gfn_t gfn)
{
	lockdep_assert_held(&kvm->mmu_lock);

	return mmu_invalidate_retry_gfn_unsafe(kvm, mmu_seq, gfn);
}

/* ---- pfn caches ------------------------------------------------------- */

/* Once in a cache's life, before anything else. */
void kvm_gpc_init(struct gfn_to_pfn_cache *gpc, struct kvm *kvm);

/*
 * Let the kernel access @len bytes at @gpa or @uhva, all in one page.  Return
 * 0, -EINVAL for a range that is not, or -EFAULT where no writable memory is;
 * the cache is active either way, and a later refresh may find the memory.
 * Sleep; with a gpa, under kvm->srcu.
 */
int kvm_gpc_activate(struct gfn_to_pfn_cache *gpc, gpa_t gpa,
		     unsigned long len);
int kvm_gpc_activate_hva(struct gfn_to_pfn_cache *gpc, unsigned long uhva,
			 unsigned long len);

/*
 * True where @len bytes at gpc->khva may be accessed.  Holds as long as the
 * caller keeps gpc->lock, at least for read, and kvm->srcu.
 */
bool kvm_gpc_check(struct gfn_to_pfn_cache *gpc, unsigned long len);

/* Looks the page up again.  As activate; -EINVAL also where inactive. */
int kvm_gpc_refresh(struct gfn_to_pfn_cache *gpc, unsigned long len);

/* Idempotent.  The cache can be activated again. */
void kvm_gpc_deactivate(struct gfn_to_pfn_cache *gpc);

/* After a write through a cache that was checked, before gpc->lock goes. */
static inline void kvm_gpc_mark_dirty_in_slot(struct gfn_to_pfn_cache *gpc)
{
	lockdep_assert_held(&gpc->lock);

	if (gpc->memslot)
		mark_page_dirty_in_slot(gpc->kvm, gpc->memslot,
					gpa_to_gfn(gpc->gpa));
}

/* ---- What the architecture does --------------------------------------- */

enum kvm_mr_change {
	KVM_MR_CREATE,
	KVM_MR_DELETE,
	KVM_MR_MOVE,
	KVM_MR_FLAGS_ONLY,
};

static inline struct kvm *kvm_arch_alloc_vm(void)
{
	return kzalloc(sizeof(struct kvm), GFP_KERNEL_ACCOUNT);
}

static inline void kvm_arch_free_vm(struct kvm *kvm)
{
	kfree(kvm);
}

/* Called by the architecture, whose vCPUs have no state here. */
static inline void kvm_destroy_vcpus(struct kvm *kvm)
{
	kvm->online_vcpus = 0;
}

int kvm_arch_init_vm(struct kvm *kvm, unsigned long type);
void kvm_arch_destroy_vm(struct kvm *kvm);

/* In the order of an update. */
int kvm_arch_prepare_memory_region(struct kvm *kvm,
				   const struct kvm_memory_slot *old,
				   struct kvm_memory_slot *new,
				   enum kvm_mr_change change);
void kvm_arch_flush_shadow_memslot(struct kvm *kvm,
				   struct kvm_memory_slot *slot);
void kvm_arch_memslots_updated(struct kvm *kvm, u64 gen);
void kvm_arch_commit_memory_region(struct kvm *kvm, struct kvm_memory_slot *old,
				   const struct kvm_memory_slot *new,
				   enum kvm_mr_change change);
void kvm_arch_free_memslot(struct kvm *kvm, struct kvm_memory_slot *slot);
void kvm_arch_flush_shadow_all(struct kvm *kvm);

/* What KVM_CHECK_EXTENSION answers where it is up to the architecture. */
int kvm_vm_ioctl_check_extension(struct kvm *kvm, long ext);

/* Under mmu_lock; true where TLBs must be flushed. */
bool kvm_unmap_gfn_range(struct kvm *kvm, struct kvm_gfn_range *range);
/* Under mmu_lock; true where the guest accessed the range.  One forgets it. */
bool kvm_age_gfn(struct kvm *kvm, struct kvm_gfn_range *range);
bool kvm_test_age_gfn(struct kvm *kvm, struct kvm_gfn_range *range);
bool kvm_arch_pre_set_memory_attributes(struct kvm *kvm,
					struct kvm_gfn_range *range);
bool kvm_arch_post_set_memory_attributes(struct kvm *kvm,
					 struct kvm_gfn_range *range);

/* The pages of [@start, @end) leave guest_memfd. */
void kvm_arch_gmem_invalidate(kvm_pfn_t start, kvm_pfn_t end);
bool kvm_arch_supports_gmem_init_shared(struct kvm *kvm);

/* Entry and exit of the module, for the architecture's own. */
int kvm_init(unsigned int vcpu_size, unsigned int vcpu_align,
	     struct module *module);
void kvm_exit(void);

#endif /* __KVM_HOST_H */
