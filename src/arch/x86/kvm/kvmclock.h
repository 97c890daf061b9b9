/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * kvm-clock: the time of a vCPU, in the guest's memory.
 *
 * Both run on behalf of the vCPU, inside a section of kvm->srcu.
 */
#ifndef PFNSIM_KVM_KVMCLOCK_H
#define PFNSIM_KVM_KVMCLOCK_H

#include <linux/kvm_host.h>

/*
 * MSR_KVM_SYSTEM_TIME was written: with bit 0 set, the clock is at the address
 * in the other bits from now on, else it is nowhere.  A cache that is active is
 * activated again as it is.  Returns 0, or what activating said, which a guest
 * does not learn.  Sleeps.
 */
int kvm_write_system_time(struct kvm_vcpu *vcpu, gpa_t system_time);

/*
 * Writes the vCPU's time through @gpc, at @offset.  Returns 0 once it was
 * written, else what the refresh said; the guest's clock stays behind then.
 * Sleeps where the cache has to be refreshed.
 */
int kvm_setup_guest_pvclock(struct kvm_vcpu *vcpu, struct gfn_to_pfn_cache *gpc,
			    unsigned int offset);

#endif /* PFNSIM_KVM_KVMCLOCK_H */
