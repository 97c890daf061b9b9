/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The architecture under KVM: an x86-like machine with software protected VMs.
 *
 * A VM has one shadow page table for shared and private memory, as x86's
 * software protected VMs have.  struct kvm_arch belongs to struct kvm and its
 * page table is protected by kvm->mmu_lock: held for read to install, for
 * write to zap.
 *
 * Fidelity: EMULATED - 4 KiB mappings only; the table holds NR_SPTES entries
 * and makes room by zapping the oldest, as a limit on shadow pages does.
 */
#ifndef _ASM_KVM_HOST_H
#define _ASM_KVM_HOST_H

#include <linux/hrtimer.h>
#include <linux/idr.h>
#include <linux/io.h>
#include <linux/ktime.h>
#include <linux/kvm_types.h>
#include <linux/math64.h>
#include <linux/mutex.h>
#include <linux/timer.h>
#include <linux/set_memory.h>
#include <linux/types.h>
#include <linux/vmstat.h>
#include <asm/kvm.h>
#include <asm/pvclock-abi.h>

struct kvm;
struct kvm_vcpu;
struct module;

#define KVM_MAX_VCPUS 8
#define KVM_MAX_NR_ADDRESS_SPACES 2
#define KVM_HALT_POLL_NS_DEFAULT 0
#define KVM_HAVE_MMU_RWLOCK
#define KVM_DIRTY_LOG_MANUAL_CAPS                                              \
	(KVM_DIRTY_LOG_MANUAL_PROTECT_ENABLE | KVM_DIRTY_LOG_INITIALLY_SET)

#define __KVM_HAVE_ARCH_FLUSH_REMOTE_TLBS
#define __KVM_HAVE_ARCH_FLUSH_REMOTE_TLBS_RANGE

/* Requests that make a vCPU look at the clocks, numbered after the generic. */
#define KVM_REQ_CLOCK_UPDATE KVM_ARCH_REQ(0)
#define KVM_REQ_MASTERCLOCK_UPDATE KVM_ARCH_REQ(1)

#define NR_SPTES 32

/* One entry of the shadow page table: the guest's @gfn is at @pfn. */
struct pfnsim_spte {
	gfn_t gfn;
	kvm_pfn_t pfn;
	/* page_life() of the page when it was mapped. */
	unsigned int life;
	bool present;
	bool writable;
	bool accessed;
};

/*
 * What Xen guests share with their host.  Fields that the trees' versions of
 * arch/x86/kvm/xen.c use, under their names.
 */
struct kvm_xen {
	/* Protects all but the caches, which have locks of their own. */
	struct mutex xen_lock;
	u32 xen_version;
	bool long_mode;
	bool runstate_update_flag;
	u8 upcall_vector;
	struct gfn_to_pfn_cache shinfo_cache;
	struct idr evtchn_ports;
	unsigned long poll_mask[1];
	struct kvm_xen_hvm_config hvm_config;
};

struct kvm_vcpu_xen {
	u64 hypercall_rip;
	u32 current_runstate;
	u8 upcall_vector;
	struct gfn_to_pfn_cache vcpu_info_cache;
	struct gfn_to_pfn_cache vcpu_time_info_cache;
	/* The area of the run state, and what of it lies in the next page. */
	struct gfn_to_pfn_cache runstate_cache;
	struct gfn_to_pfn_cache runstate2_cache;
	u64 last_steal;
	u64 runstate_entry_time;
	u64 runstate_times[4];
	unsigned long evtchn_pending_sel;
	u32 vcpu_id;
	u32 timer_virq;
	u64 timer_expires;
	atomic_t timer_pending;
	struct hrtimer timer;
	int poll_evtchn;
	struct timer_list poll_timer;
	struct {
		u32 base, limit;
	} cpuid;
};

struct kvm_arch {
	unsigned long vm_type;
	/* See sim/kernel/arch/vcpu.h. */
	struct kvm_vcpu *vcpu;
	/* See get_kvmclock_ns(). */
	u64 clock_ns;
	bool use_master_clock;
	struct kvm_xen_hvm_config xen_hvm_config;
	struct kvm_xen xen;
	/* The entry that is replaced next. */
	unsigned int next_spte;
	struct pfnsim_spte sptes[NR_SPTES];
};

struct kvm_arch_memory_slot {
};

struct kvm_vcpu_arch {
	/* Where kvm-clock is written, and what was written there last. */
	struct gfn_to_pfn_cache pv_time;
	struct pvclock_vcpu_time_info hv_clock;
	unsigned int hw_tsc_khz;
	s8 pvclock_tsc_shift;
	u32 pvclock_tsc_mul;
	int mp_state;
	int (*complete_userspace_io)(struct kvm_vcpu *vcpu);
	struct kvm_vcpu_xen xen;
};

struct kvm_vm_stat {
	struct kvm_vm_stat_generic generic;
};

struct kvm_vcpu_stat {
	struct kvm_vcpu_stat_generic generic;
};

#define kvm_arch_has_private_mem(kvm)                                          \
	((kvm)->arch.vm_type == KVM_X86_SW_PROTECTED_VM)
/* As on x86: a VM with private memory has no system management mode. */
#define kvm_arch_nr_memslot_as_ids(kvm) (kvm_arch_has_private_mem(kvm) ? 1 : 2)
#define kvm_arch_vcpu_memslots_id(vcpu) 0
/* Of series under review, which differ in whether they ask for a VM. */
#define kvm_arch_gmem_supports_no_direct_map(...) can_set_direct_map()

/* Makes sure that the TLBs hold nothing that was zapped; returns 0. */
int kvm_arch_flush_remote_tlbs(struct kvm *kvm);
int kvm_arch_flush_remote_tlbs_range(struct kvm *kvm, gfn_t gfn, u64 nr_pages);

static inline void kvm_arch_sched_in(struct kvm_vcpu *vcpu, int cpu)
{
}
static inline void kvm_arch_vcpu_blocking(struct kvm_vcpu *vcpu)
{
}
static inline void kvm_arch_vcpu_unblocking(struct kvm_vcpu *vcpu)
{
}

#endif /* _ASM_KVM_HOST_H */
