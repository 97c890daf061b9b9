/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The one vCPU that a VM can have.
 *
 * It exists from the first arch_vcpu() until the VM is destroyed; its memory is
 * never used again.  It executes nothing: operations do for it what its ioctls
 * and exits would.
 *
 * Fidelity: EMULATED - not made by KVM_CREATE_VCPU: no file, no run structure.
 */
#ifndef PFNSIM_ARCH_VCPU_H
#define PFNSIM_ARCH_VCPU_H

#include <linux/kvm_host.h>

/* Never NULL. */
struct kvm_vcpu *arch_vcpu(struct kvm *kvm);
/* Deactivates what the vCPU and Xen's part of the VM have active. */
void arch_vcpu_destroy(struct kvm *kvm);

#endif /* PFNSIM_ARCH_VCPU_H */
