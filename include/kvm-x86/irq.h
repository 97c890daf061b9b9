/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Interrupts of a guest.
 *
 * Fidelity: TRAP - there is no local APIC to deliver one to.
 */
#ifndef PFNSIM_KVM_X86_IRQ_H
#define PFNSIM_KVM_X86_IRQ_H

#include <linux/kvm_host.h>

enum {
	APIC_DEST_PHYSICAL,
	APIC_DEST_NOSHORT = 0,
	APIC_DM_FIXED = 0,
};

struct kvm_lapic_irq {
	u32 vector;
	u16 delivery_mode;
	u16 dest_mode;
	bool level;
	u32 shorthand;
	u32 dest_id;
};

int kvm_irq_delivery_to_apic(struct kvm *kvm, void *src,
			     struct kvm_lapic_irq *irq, ...);

#endif /* PFNSIM_KVM_X86_IRQ_H */
