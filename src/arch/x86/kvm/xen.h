/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Guests that were made for Xen.
 *
 * Such a guest shares areas of its memory with the host: one page with its
 * event channels, and for each vCPU an information block, a clock and the times
 * that it spent in each state.  All of them are written through pfn caches.
 *
 * kvm->arch.xen.xen_lock is outermost; then kvm->srcu; then the locks of the
 * caches, of which only the two of a run state are ever held together.
 */
#ifndef __ARCH_X86_KVM_XEN_H__
#define __ARCH_X86_KVM_XEN_H__

#include <linux/kvm_host.h>
#include <asm/pvclock-abi.h>

/* States of a vCPU. */
enum {
	RUNSTATE_running,
	RUNSTATE_runnable,
	RUNSTATE_blocked,
	RUNSTATE_offline
};

/* Set in state_entry_time while the host writes the area. */
#define XEN_RUNSTATE_UPDATE (1ULL << 63)

struct vcpu_runstate_info {
	int state;
	u64 state_entry_time;
	u64 time[4];
};

struct vcpu_info {
	u8 evtchn_upcall_pending, evtchn_upcall_mask;
	unsigned long evtchn_pending_sel;
	unsigned long arch[2];
	struct pvclock_vcpu_time_info time;
};

struct shared_info {
	struct vcpu_info vcpu_info[32];
	unsigned long evtchn_pending[BITS_PER_LONG];
	unsigned long evtchn_mask[BITS_PER_LONG];
	struct pvclock_wall_clock wc;
	u32 wc_sec_hi;
};

void kvm_xen_init_vm(struct kvm *kvm);
void kvm_xen_destroy_vm(struct kvm *kvm);
void kvm_xen_init_vcpu(struct kvm_vcpu *vcpu);
void kvm_xen_destroy_vcpu(struct kvm_vcpu *vcpu);

/*
 * KVM_XEN_HVM_CONFIG: 0, or -EINVAL for flags that there are not and for a
 * hypercall page, which is not supported.  Sleeps.
 */
int kvm_xen_hvm_config(struct kvm *kvm, struct kvm_xen_hvm_config *xhc);

/*
 * Return 0, -ENOENT for an attribute that there is not, -EINVAL or -ENXIO for
 * an address that is not aligned, or what activating the cache said.  Sleep.
 */
int kvm_xen_hvm_set_attr(struct kvm *kvm, struct kvm_xen_hvm_attr *data);
int kvm_xen_vcpu_set_attr(struct kvm_vcpu *vcpu,
			  struct kvm_xen_vcpu_attr *data);

/* The vCPU changes to RUNSTATE_*.  To runnable, it must not sleep. */
void kvm_xen_update_runstate(struct kvm_vcpu *vcpu, int state);

/* Writes the area; without effect where @atomic and it would have to sleep. */
void kvm_xen_update_runstate_guest(struct kvm_vcpu *vcpu, bool atomic);

/*
 * Raises an event channel without sleeping.  Returns 1, 0 where it was raised
 * already, -ENOTCONN where it is masked, -EINVAL where there is none, or
 * -EWOULDBLOCK where the shared page must be refreshed first.
 */
int kvm_xen_set_evtchn_fast(struct kvm_xen_evtchn *xe, struct kvm *kvm);

/* KVM_XEN_HVM_EVTCHN_SEND: as above, but it sleeps instead; 0 or -errno. */
int kvm_xen_hvm_evtchn_send(struct kvm *kvm,
			    struct kvm_irq_routing_xen_evtchn *evtchn);

/* Moves what could not be told to the vCPU into its information block. */
void kvm_xen_inject_pending_events(struct kvm_vcpu *vcpu);

/* 1 where an event waits for the vCPU, or where looking would have to sleep. */
int __kvm_xen_has_interrupt(struct kvm_vcpu *vcpu);

#endif /* __ARCH_X86_KVM_XEN_H__ */
