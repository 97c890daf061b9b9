/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What a VMM sees of KVM: ioctls, their arguments, capabilities and flags.
 *
 * Numbers and layouts are the kernel's ABI.  Only what the reference kernel
 * implements is listed.
 */
#ifndef _UAPI_LINUX_KVM_H
#define _UAPI_LINUX_KVM_H

#include <linux/const.h>
#include <linux/types.h>
#include <linux/ioctl.h>
#include <asm/kvm.h>

#define KVM_API_VERSION 12
#define KVMIO 0xAE

/* On /dev/kvm. */
#define KVM_GET_API_VERSION _IO(KVMIO, 0x00)
#define KVM_CREATE_VM _IO(KVMIO, 0x01)
/* On /dev/kvm and on a VM. */
#define KVM_CHECK_EXTENSION _IO(KVMIO, 0x03)
/* On a VM. */
#define KVM_SET_USER_MEMORY_REGION2                                            \
	_IOW(KVMIO, 0x49, struct kvm_userspace_memory_region2)
#define KVM_SET_MEMORY_ATTRIBUTES                                              \
	_IOW(KVMIO, 0xd2, struct kvm_memory_attributes)
#define KVM_CREATE_GUEST_MEMFD _IOWR(KVMIO, 0xd4, struct kvm_create_guest_memfd)

#define KVM_CAP_NR_MEMSLOTS 10
#define KVM_CAP_SYNC_MMU 16
#define KVM_CAP_READONLY_MEM 81
#define KVM_CAP_MULTI_ADDRESS_SPACE 118
#define KVM_CAP_USER_MEMORY2 231
#define KVM_CAP_MEMORY_ATTRIBUTES 233
#define KVM_CAP_GUEST_MEMFD 234
#define KVM_CAP_VM_TYPES 235
#define KVM_CAP_GUEST_MEMFD_FLAGS 244

/* Bits 0-15 of slot: the slot's number; bits 16-31: its address space. */
struct kvm_userspace_memory_region2 {
	__u32 slot, flags;
	__u64 guest_phys_addr, memory_size;
	__u64 userspace_addr;
	__u64 guest_memfd_offset;
	__u32 guest_memfd, pad1;
	__u64 pad2[14];
};

#define KVM_MEM_LOG_DIRTY_PAGES (1UL << 0)
#define KVM_MEM_READONLY (1UL << 1)
#define KVM_MEM_GUEST_MEMFD (1UL << 2)

struct kvm_memory_attributes {
	__u64 address, size;
	__u64 attributes;
	__u64 flags;
};

#define KVM_MEMORY_ATTRIBUTE_PRIVATE (1ULL << 3)

struct kvm_create_guest_memfd {
	__u64 size, flags;
	__u64 reserved[6];
};

/* The file can be mapped by user space. */
#define GUEST_MEMFD_FLAG_MMAP (1ULL << 0)
/* Its pages are shared with user space from the start. */
#define GUEST_MEMFD_FLAG_INIT_SHARED (1ULL << 1)
/* Its pages leave the kernel's direct map while the guest owns them. */
#define GUEST_MEMFD_FLAG_NO_DIRECT_MAP (1ULL << 2)

#endif /* _UAPI_LINUX_KVM_H */
