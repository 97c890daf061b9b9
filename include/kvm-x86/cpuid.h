/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * A guest's CPUID.
 *
 * Fidelity: TRAP - a vCPU executes nothing that would ask; declarations alone.
 */
#ifndef PFNSIM_KVM_X86_CPUID_H
#define PFNSIM_KVM_X86_CPUID_H

#include <linux/kvm_host.h>

struct kvm_cpuid_entry2 *kvm_find_cpuid_entry_index(struct kvm_vcpu *vcpu,
						    u32 function, u32 index);

#endif /* PFNSIM_KVM_X86_CPUID_H */
