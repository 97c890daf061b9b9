// SPDX-License-Identifier: GPL-2.0-only
/*
 * kvm-clock.  Trees are run with this file, too: theirs keep it in
 * arch/x86/kvm/x86.c, which is too much of an architecture to be emulated.  The
 * protocol is that of kvm_setup_guest_pvclock() and kvm_write_system_time()
 * there.
 */
#include "kvmclock.h"

#include <asm/barrier.h>
#include <asm/pvclock-abi.h>
#include <pfnsim/khva.h>

#define VERSION_BYTES sizeof_field(struct pvclock_vcpu_time_info, version)

int kvm_write_system_time(struct kvm_vcpu *vcpu, gpa_t system_time)
{
	struct gfn_to_pfn_cache *gpc = &vcpu->arch.pv_time;

	if (system_time & 1)
		return kvm_gpc_activate(gpc, system_time & ~1ULL,
					sizeof(struct pvclock_vcpu_time_info));
	kvm_gpc_deactivate(gpc);
	return 0;
}

/* Under gpc->lock, after a check. */
static void write_clock(struct pvclock_vcpu_time_info *clock, void *guest)
{
	struct pvclock_vcpu_time_info old;

	khva_read(guest, &old, sizeof(old));
	clock->version = (old.version + 1) | 1;
	clock->flags |= old.flags & PVCLOCK_GUEST_STOPPED;
	khva_write(guest, &clock->version, VERSION_BYTES);
	/* No field before the guest can see that they change. */
	smp_wmb();
	khva_write(guest, clock, sizeof(*clock));
	/* No even version before the last field. */
	smp_wmb();
	clock->version++;
	khva_write(guest, &clock->version, VERSION_BYTES);
}

int kvm_setup_guest_pvclock(struct kvm_vcpu *vcpu, struct gfn_to_pfn_cache *gpc,
			    unsigned int offset)
{
	unsigned long len = offset + sizeof(struct pvclock_vcpu_time_info);
	struct pvclock_vcpu_time_info clock = vcpu->arch.hv_clock;
	unsigned long flags;
	int ret;

	read_lock_irqsave(&gpc->lock, flags);
	while (!kvm_gpc_check(gpc, len)) {
		read_unlock_irqrestore(&gpc->lock, flags);
		ret = kvm_gpc_refresh(gpc, len);
		if (ret)
			return ret;
		/* What was refreshed may be gone again. */
		read_lock_irqsave(&gpc->lock, flags);
	}
	write_clock(&clock, gpc->khva + offset);
	kvm_gpc_mark_dirty_in_slot(gpc);
	read_unlock_irqrestore(&gpc->lock, flags);
	vcpu->arch.hv_clock = clock;
	return 0;
}
