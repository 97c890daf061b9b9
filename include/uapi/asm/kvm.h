/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The architecture's part of the KVM interface.
 *
 * Fidelity: EMULATED - for the reference kernel; trees bring their own.  VM
 * types and attributes are x86's; the vCPU's register structs are placeholders,
 * because a vCPU runs no code.
 */
#ifndef _UAPI_ASM_KVM_H
#define _UAPI_ASM_KVM_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define __KVM_HAVE_READONLY_MEM
#define KVM_COALESCED_MMIO_PAGE_OFFSET 2

#define KVM_X86_DEFAULT_VM 0
#define KVM_X86_SW_PROTECTED_VM 1

struct kvm_regs {
	__u64 rip;
};

struct kvm_sregs {
	__u64 cr3;
};

struct kvm_fpu {
	__u16 fcw;
};

struct kvm_debug_exit_arch {
	__u64 pc;
};

struct kvm_guest_debug_arch {
	__u64 debugreg[8];
};

struct kvm_sync_regs {
	struct kvm_regs regs;
};

/* Attributes of a VM and of a vCPU that tell where Xen's areas are. */
#define KVM_XEN_ATTR_TYPE_LONG_MODE 0x0
#define KVM_XEN_ATTR_TYPE_SHARED_INFO 0x1
#define KVM_XEN_ATTR_TYPE_RUNSTATE_UPDATE_FLAG 0x5
#define KVM_XEN_ATTR_TYPE_SHARED_INFO_HVA 0x6

#define KVM_XEN_VCPU_ATTR_TYPE_VCPU_INFO 0x0
#define KVM_XEN_VCPU_ATTR_TYPE_VCPU_TIME_INFO 0x1
#define KVM_XEN_VCPU_ATTR_TYPE_RUNSTATE_ADDR 0x2
#define KVM_XEN_VCPU_ATTR_TYPE_VCPU_INFO_HVA 0x9

/* No address: the area is given up. */
#define KVM_XEN_INVALID_GFN ((__u64)-1)
#define KVM_XEN_INVALID_GPA ((__u64)-1)

/* What a VMM takes part in, and how the clocks are to look. */
#define KVM_XEN_HVM_CONFIG_EVTCHN_SEND (1 << 5)
#define KVM_XEN_HVM_CONFIG_PVCLOCK_TSC_UNSTABLE (1 << 7)

struct kvm_xen_hvm_config {
	__u32 flags;
	__u32 msr;
	__u64 blob[5];
};

struct kvm_xen_hvm_attr {
	__u16 type, pad[3];
	union {
		__u8 long_mode, runstate_update_flag;
		union {
			__u64 gfn, hva;
		} shared_info;
		__u64 pad[8];
	} u;
};

struct kvm_xen_vcpu_attr {
	__u16 type, pad[3];
	union {
		__u64 gpa, hva;
		__u64 pad[8];
	} u;
};

struct kvm_irq_routing_xen_evtchn {
	__u32 port, vcpu, priority;
};

#define KVM_IRQ_ROUTING_XEN_EVTCHN_PRIO_2LEVEL ((__u32)-1)

#endif /* _UAPI_ASM_KVM_H */
