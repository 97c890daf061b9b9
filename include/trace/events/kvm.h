/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * KVM's trace points.
 *
 * Fidelity: STUB - nobody can attach to them; their arguments are not
 * evaluated, as with tracing off.
 */
#ifndef _TRACE_EVENTS_KVM_H
#define _TRACE_EVENTS_KVM_H

#define trace_kvm_age_hva(...)                                                 \
	do {                                                                   \
	} while (0)
#define trace_kvm_async_pf_completed(...)                                      \
	do {                                                                   \
	} while (0)
#define trace_kvm_dirty_ring_exit(...)                                         \
	do {                                                                   \
	} while (0)
#define trace_kvm_dirty_ring_push(...)                                         \
	do {                                                                   \
	} while (0)
#define trace_kvm_dirty_ring_reset(...)                                        \
	do {                                                                   \
	} while (0)
#define trace_kvm_halt_poll_ns(...)                                            \
	do {                                                                   \
	} while (0)
#define trace_kvm_halt_poll_ns_grow(...)                                       \
	do {                                                                   \
	} while (0)
#define trace_kvm_halt_poll_ns_shrink(...)                                     \
	do {                                                                   \
	} while (0)
#define trace_kvm_test_age_hva(...)                                            \
	do {                                                                   \
	} while (0)
#define trace_kvm_unmap_hva_range(...)                                         \
	do {                                                                   \
	} while (0)
#define trace_kvm_userspace_exit(...)                                          \
	do {                                                                   \
	} while (0)
#define trace_kvm_vm_set_mem_attributes(...)                                   \
	do {                                                                   \
	} while (0)
#define trace_kvm_vcpu_wakeup(...)                                             \
	do {                                                                   \
	} while (0)

#endif /* _TRACE_EVENTS_KVM_H */
