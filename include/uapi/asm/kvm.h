/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The architecture's part of the KVM interface.
 *
 * Fidelity: EMULATED - VM types are x86's; the vCPU's register structs are
 * placeholders, because no vCPU is created.
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

#endif /* _UAPI_ASM_KVM_H */
