/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * Trace points of arch/x86/kvm.
 *
 * Fidelity: STUB - nobody can attach to them; their arguments are not
 * evaluated, as with tracing off.
 */
#ifndef PFNSIM_KVM_X86_TRACE_H
#define PFNSIM_KVM_X86_TRACE_H

#define trace_kvm_xen_hypercall(...)                                           \
	do {                                                                   \
	} while (0)

#endif /* PFNSIM_KVM_X86_TRACE_H */
