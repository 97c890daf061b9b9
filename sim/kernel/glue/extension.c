// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a VMM asks before it uses an interface: KVM_CHECK_EXTENSION.
 *
 * Fidelity: EMULATED - the VMM's side.  The answers are the kernel's own, but for
 * those that it leaves to the architecture (sim/kernel/arch/kvm.c).
 */
#include <linux/fs.h>
#include <linux/kvm.h>
#include <pfnsim/fs.h>

#include "glue.h"

/* Newer than some of the trees, which answer as to any number. */
#ifndef KVM_CAP_GUEST_MEMFD_FLAGS
#define KVM_CAP_GUEST_MEMFD_FLAGS 244
#endif
#define KVM_CAP_UNKNOWN 0xffff

static const unsigned int numbers[NR_EXTENSIONS] = {
	[EXT_SYNC_MMU] = KVM_CAP_SYNC_MMU,
	[EXT_USER_MEMORY2] = KVM_CAP_USER_MEMORY2,
	[EXT_READONLY_MEM] = KVM_CAP_READONLY_MEM,
	[EXT_NR_MEMSLOTS] = KVM_CAP_NR_MEMSLOTS,
	[EXT_MULTI_ADDRESS_SPACE] = KVM_CAP_MULTI_ADDRESS_SPACE,
	[EXT_VM_TYPES] = KVM_CAP_VM_TYPES,
	[EXT_MEMORY_ATTRIBUTES] = KVM_CAP_MEMORY_ATTRIBUTES,
	[EXT_GUEST_MEMFD] = KVM_CAP_GUEST_MEMFD,
	[EXT_GUEST_MEMFD_FLAGS] = KVM_CAP_GUEST_MEMFD_FLAGS,
	[EXT_UNKNOWN] = KVM_CAP_UNKNOWN,
};

long op_extension(struct op_args *args)
{
	long fd = args->a[0];

	if (args->a[1] >= NR_EXTENSIONS)
		return -EINVAL;
	return sys_ioctl(fd < 0 ? module_fd() : fd, KVM_CHECK_EXTENSION,
			 numbers[args->a[1]]);
}
