/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Address types and the pfn cache.
 *
 *   gpa, gfn   guest physical address, guest frame number
 *   hva, uhva  address in the VMM's address space
 *   hpa, pfn   host physical address, host page frame number
 *   khva       address in the kernel's address space
 */
#ifndef __KVM_TYPES_H__
#define __KVM_TYPES_H__

#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/spinlock.h>
#include <linux/types.h>

#include <asm/kvm_types.h>

struct kvm;
struct kvm_gfn_range;
struct kvm_memory_slot;
struct kvm_memslots;
struct kvm_vcpu;

enum kvm_mr_change;

typedef u64 gpa_t;
typedef u64 gfn_t;
typedef u64 hpa_t;
typedef u64 hfn_t;
typedef unsigned long gva_t;
typedef unsigned long hva_t;
typedef hfn_t kvm_pfn_t;

#define INVALID_GPA (~(gpa_t)0)

/*
 * One page of guest memory that the kernel keeps mapped for its own accesses.
 *
 * Owned by whoever embeds it.  No page reference is held: @valid says that
 * @khva may be used, and every invalidation of the page clears it before the
 * page can go.  An access reads @lock, checks with kvm_gpc_check(), and drops
 * @lock only when done.
 *
 * @refresh_lock serialises activate, refresh and deactivate, which alone
 * change anything but @valid; what they change is written under @lock.
 * kvm->gpc_lock protects @list.
 */
struct gfn_to_pfn_cache {
	struct kvm *kvm;
	struct list_head list;
	struct mutex refresh_lock;
	rwlock_t lock;
	/* INVALID_GPA where the cache was activated on a uhva. */
	gpa_t gpa;
	unsigned long uhva;
	/*
	 * The slot of @gpa in the memslots of @generation.  Dangles once that
	 * generation is over: dereference it only after comparing the
	 * generation, in the same SRCU read side section.
	 */
	struct kvm_memory_slot *memslot;
	u64 generation;
	kvm_pfn_t pfn;
	void *khva;
	/* @pfn came from guest_memfd; @uhva only gives it a place. */
	bool gmem;
	bool active;
	bool valid;
};

/* What asm/kvm_host.h embeds in its statistics; nothing is counted here. */
struct kvm_vm_stat_generic {
	u64 remote_tlb_flush, remote_tlb_flush_requests;
};

struct kvm_vcpu_stat_generic {
	u64 blocking;
};

#endif /* __KVM_TYPES_H__ */
