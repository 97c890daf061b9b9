/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Hyper-V's hypercalls.
 *
 * Fidelity: TRAP - a vCPU executes nothing that would ask; declarations alone.
 */
#ifndef PFNSIM_KVM_X86_HYPERV_H
#define PFNSIM_KVM_X86_HYPERV_H

#include <linux/kvm_host.h>

bool kvm_hv_hypercall_enabled(struct kvm_vcpu *vcpu);
int kvm_hv_hypercall(struct kvm_vcpu *vcpu);

#endif /* PFNSIM_KVM_X86_HYPERV_H */
